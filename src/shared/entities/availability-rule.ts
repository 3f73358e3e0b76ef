import { boolean, date, defineEntity, integer, recurrence, reference, time } from '../model';

/** Hours of the wall clock where the mentor lives: a rule keeps its hour when daylight saving begins or ends. */
export const availabilityRule = defineEntity('availability_rules', {
  number: 30,
  labels: { one: 'Availability rule', many: 'Availability rules' },
  meaning: 'When a mentor can be booked, again and again.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['mentorId', 'startTime', 'recurrence'],
  sort: ['mentorId', 'startsOn'],
  fields: {
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, contained: true, fixed: true }),
    startsOn: date({ label: 'First day', required: true }),
    startTime: time({ label: 'From', required: true }),
    endTime: time({ label: 'To', required: true, help: 'At or before the start: it ends on the next day.' }),
    slotMinutes: integer({
      label: 'Slot length',
      min: 5,
      max: 1440,
      unit: 'min',
      default: 60,
      help: 'The hours are offered in slots of this length; empty: as one slot.',
    }),
    recurrence: recurrence({ label: 'Repeats', required: true, default: 'FREQ=WEEKLY;COUNT=52' }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
});
