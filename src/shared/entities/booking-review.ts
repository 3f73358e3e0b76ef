import { defineEntity, integer, reference, text } from '../model';

/** Invariant: the booking was completed, and the reviewer is its client. The average of a mentor’s ratings is the reputation. */
export const bookingReview = defineEntity('booking_reviews', {
  number: 35,
  labels: { one: 'Booking review', many: 'Booking reviews' },
  meaning: 'What the client of a completed booking thought of the mentor.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['bookingId'],
  fields: {
    bookingId: reference({ label: 'Booking', to: 'bookings', required: true, fixed: true }),
    reviewerId: reference({ label: 'By', to: 'users', required: true, fixed: true }),
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, fixed: true }),
    rating: integer({ label: 'Rating', required: true, min: 1, max: 5 }),
    comment: text({ label: 'Comment', max: 4000, search: true }),
  },
  unique: [['bookingId']],
});
