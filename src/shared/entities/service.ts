import { boolean, currency, defineEntity, integer, markdown, money, reference, text } from '../model';

export const service = defineEntity('services', {
  number: 32,
  labels: { one: 'Service', many: 'Services' },
  meaning: 'What a mentor offers, for how long and at what price.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['title'],
  sort: ['mentorId', 'title'],
  fields: {
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, contained: true, fixed: true }),
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', search: true }),
    price: money({ label: 'Price', required: true, currency: 'currency', min: 0 }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN', hidden: true }),
    durationMinutes: integer({ label: 'Minutes', required: true, min: 5, max: 1440, unit: 'min' }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
});
