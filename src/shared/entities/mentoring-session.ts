import { choice, defineEntity, markdown, reference, timestamp } from '../model';

export const mentoringSession = defineEntity('mentoring_sessions', {
  number: 34,
  labels: { one: 'Mentoring session', many: 'Mentoring sessions' },
  meaning: 'What became of a booking: the session as it was held.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['bookingId'],
  fields: {
    bookingId: reference({ label: 'Booking', to: 'bookings', required: true, contained: true, fixed: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['upcoming', 'active', 'completed', 'cancelled'],
      default: 'upcoming',
    }),
    startedAt: timestamp({ label: 'Started' }),
    endedAt: timestamp({ label: 'Ended' }),
    cancelledAt: timestamp({ label: 'Cancelled', readOnly: true }),
    notes: markdown({ label: 'Notes', onConflict: 'last' }),
  },
  unique: [['bookingId']],
});
