import { defineEntity, reference, text, timestamp } from '../model';

export const notification = defineEntity('notifications', {
  number: 18,
  labels: { one: 'Notification', many: 'Notifications' },
  meaning: 'Something one user should know.',
  scope: 'user',
  area: 'overview',
  access: { create: 'nobody', update: 'own', remove: 'own' },
  title: ['title'],
  sort: ['-createdAt'],
  fields: {
    userId: reference({
      label: 'For',
      to: 'users',
      required: true,
      contained: true,
      readOnly: true,
      fixed: true,
      hidden: true,
    }),
    type: text({ label: 'Kind', required: true, max: 50, readOnly: true }),
    title: text({ label: 'Title', required: true, max: 255, readOnly: true, search: true }),
    message: text({ label: 'Message', required: true, max: 4000, readOnly: true, search: true }),
    readAt: timestamp({ label: 'Read', onConflict: 'last' }),
  },
});
