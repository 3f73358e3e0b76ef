import { choice, defineEntity, reference, url } from '../model';

export const socialLink = defineEntity('social_links', {
  number: 19,
  labels: { one: 'Social link', many: 'Social links' },
  meaning: 'A public page of a user elsewhere.',
  scope: 'account',
  dataClass: 'people',
  area: 'people',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['platform', 'userId'],
  fields: {
    userId: reference({ label: 'User', to: 'users', required: true, contained: true, fixed: true }),
    platform: choice({
      label: 'Platform',
      required: true,
      values: ['linkedin', 'x', 'facebook', 'instagram', 'youtube', 'github', 'website', 'other'],
      names: { linkedin: 'LinkedIn', x: 'X', youtube: 'YouTube', github: 'GitHub' },
    }),
    url: url({ label: 'Link', required: true }),
  },
  unique: [['userId', 'platform', 'url']],
});
