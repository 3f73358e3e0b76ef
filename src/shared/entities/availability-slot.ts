import { choice, defineEntity, reference, timeRange } from '../model';

/** Invariant: slots of one mentor never overlap. */
export const availabilitySlot = defineEntity('availability_slots', {
  number: 31,
  labels: { one: 'Availability slot', many: 'Availability slots' },
  meaning: 'A stretch of time a mentor offers.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['mentorId', 'period'],
  sort: ['period'],
  fields: {
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, contained: true, fixed: true }),
    ruleId: reference({ label: 'From rule', to: 'availability_rules', fixed: true, hidden: true }),
    period: timeRange({ label: 'When', required: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['available', 'held', 'booked', 'blocked'],
      default: 'available',
    }),
  },
});
