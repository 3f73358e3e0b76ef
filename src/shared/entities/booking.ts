import { choice, defineEntity, reference, text, timeRange, timestamp, url } from '../model';

/** Invariant: inside a slot of the mentor, and never over another booking of the same mentor that is not cancelled. */
export const booking = defineEntity('bookings', {
  number: 33,
  labels: { one: 'Booking', many: 'Bookings' },
  meaning: 'A client takes time of a mentor.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['clientId', 'mentorId', 'period'],
  sort: ['-period'],
  fields: {
    mentorId: reference({
      label: 'Mentor',
      to: 'mentors',
      required: true,
      fixed: true,
      refuseWhile: { status: ['pending', 'confirmed'] },
    }),
    clientId: reference({ label: 'Client', to: 'users', required: true, fixed: true }),
    serviceId: reference({
      label: 'Service',
      to: 'services',
      refuseWhile: { status: ['pending', 'confirmed'] },
    }),
    slotId: reference({
      label: 'Slot',
      to: 'availability_slots',
      hidden: true,
      refuseWhile: { status: ['pending', 'confirmed'] },
    }),
    period: timeRange({ label: 'When', required: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['pending', 'confirmed', 'completed', 'cancelled_client', 'cancelled_mentor'],
      names: { cancelled_client: 'Cancelled by the client', cancelled_mentor: 'Cancelled by the mentor' },
      default: 'pending',
    }),
    sessionType: choice({
      label: 'Session',
      required: true,
      values: ['video', 'phone', 'in_person'],
      names: { in_person: 'In person' },
      default: 'video',
    }),
    meetingId: text({ label: 'Meeting', max: 255, hidden: true }),
    meetingUrl: url({ label: 'Meeting link' }),
    cancelledAt: timestamp({ label: 'Cancelled', readOnly: true }),
  },
});
