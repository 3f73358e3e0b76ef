import { choice, currency, defineEntity, money, reference, text, timestamp } from '../model';

/** Invariant: exactly one of enrollment, booking and subscription is what was paid for. */
export const payment = defineEntity('payments', {
  number: 48,
  labels: { one: 'Payment', many: 'Payments' },
  meaning: 'Money somebody paid for an enrollment, a booking or a subscription.',
  scope: 'program',
  dataClass: 'finance',
  area: 'commerce',
  access: { create: 'program_admin', update: 'program_admin', remove: 'super_admin' },
  title: ['payerId', 'amount'],
  sort: ['-createdAt'],
  fields: {
    payerId: reference({ label: 'Paid by', to: 'users', required: true, fixed: true }),
    enrollmentId: reference({ label: 'Enrollment', to: 'course_enrollments', fixed: true }),
    bookingId: reference({ label: 'Booking', to: 'bookings', fixed: true }),
    subscriptionId: reference({ label: 'Subscription', to: 'subscriptions', fixed: true }),
    amount: money({ label: 'Amount', required: true, fixed: true, currency: 'currency', min: 1 }),
    currency: currency({ label: 'Currency', required: true, fixed: true, default: 'NGN', hidden: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['pending', 'succeeded', 'failed', 'refunded'],
      default: 'pending',
    }),
    paidAt: timestamp({ label: 'Paid' }),
    provider: text({ label: 'Provider', max: 50, search: true }),
    providerPaymentId: text({ label: 'Provider’s number', max: 255, search: true }),
    commission: money({
      label: 'Commission',
      currency: 'currency',
      readOnly: true,
      help: 'The platform’s share of a booking, by the rate in force on the day.',
    }),
  },
});
