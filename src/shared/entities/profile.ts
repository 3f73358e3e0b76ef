import { date, defineEntity, json, markdown, reference, text, url } from '../model';

export const profile = defineEntity('profiles', {
  number: 2,
  labels: { one: 'Profile', many: 'Profiles' },
  meaning: 'What is known about a user beyond the account: biography, picture, place, date of birth.',
  scope: 'account',
  dataClass: 'people',
  area: 'people',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['userId'],
  fields: {
    userId: reference({ label: 'User', to: 'users', required: true, contained: true, fixed: true }),
    bio: markdown({ label: 'Biography', search: true }),
    avatarUrl: url({ label: 'Picture', hidden: true }),
    location: text({ label: 'Location', max: 255, search: true }),
    dateOfBirth: date({ label: 'Date of birth' }),
    linkedinUrl: url({ label: 'LinkedIn' }),
    facilitatorDetails: json({ label: 'Facilitator details', hidden: true }),
    institutionDetails: json({ label: 'Institution details', hidden: true }),
  },
  unique: [['userId']],
});
