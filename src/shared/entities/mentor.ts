import { boolean, currency, defineEntity, markdown, money, reference, text } from '../model';

export const mentor = defineEntity('mentors', {
  number: 26,
  labels: { one: 'Mentor', many: 'Mentors' },
  meaning: 'A user who gives sessions and offers services.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['userId'],
  fields: {
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true, where: { role: ['mentor'] } }),
    headline: text({ label: 'Headline', max: 255, search: true }),
    bio: markdown({ label: 'Biography', search: true, hidden: true }),
    hourlyRate: money({ label: 'Hourly rate', currency: 'currency', min: 0 }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN', hidden: true }),
    timeZone: text({
      label: 'Time zone',
      required: true,
      max: 64,
      timeZone: true,
      default: 'Africa/Lagos',
      help: 'The hours of availability are hours of this place, summer and winter.',
    }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
  unique: [['userId']],
});
