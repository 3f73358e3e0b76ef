import { choice, currency, date, defineEntity, money, reference, text, timestamp } from '../model';

export const subscription = defineEntity('subscriptions', {
  number: 47,
  labels: { one: 'Subscription', many: 'Subscriptions' },
  meaning: 'A person pays for a plan, period by period.',
  scope: 'program',
  dataClass: 'finance',
  area: 'commerce',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['userId', 'plan'],
  sort: ['-periodStart'],
  fields: {
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true }),
    plan: text({ label: 'Plan', required: true, max: 100, search: true }),
    price: money({ label: 'Price', required: true, currency: 'currency', min: 0 }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN', hidden: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['trialing', 'active', 'past_due', 'cancelled', 'expired'],
      names: { trialing: 'On trial', past_due: 'Past due' },
      default: 'active',
    }),
    periodStart: date({ label: 'Period from', required: true }),
    periodEnd: date({ label: 'Period until', required: true }),
    cancelledAt: timestamp({ label: 'Cancelled' }),
  },
});
