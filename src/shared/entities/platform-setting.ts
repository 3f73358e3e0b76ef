import { defineEntity, json, slug } from '../model';

export const platformSetting = defineEntity('platform_settings', {
  number: 7,
  labels: { one: 'Platform setting', many: 'Platform settings' },
  meaning: 'A value for the whole platform, such as the default currency or the marketplace commission.',
  scope: 'platform',
  area: 'platform',
  access: { create: 'super_admin', update: 'super_admin', remove: 'super_admin' },
  title: ['key'],
  sort: ['key'],
  fields: {
    key: slug({ label: 'Key', required: true, fixed: true, search: true }),
    value: json({ label: 'Value', required: true }),
  },
  unique: [['key']],
});
