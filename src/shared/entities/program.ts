import { boolean, choice, currency, defineEntity, markdown, reference, text } from '../model';

export const program = defineEntity('programs', {
  number: 5,
  labels: { one: 'Program', many: 'Programs' },
  meaning: 'The unit of work and of isolation: nobody but a super admin sees two programs unless assigned to both.',
  scope: 'self',
  area: 'platform',
  access: { create: 'super_admin', update: 'program_admin', remove: 'super_admin' },
  title: ['name'],
  sort: ['name'],
  fields: {
    institutionId: reference({ label: 'Institution', to: 'institutions', required: true }),
    code: text({ label: 'Code', required: true, min: 2, max: 20, search: true }),
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', hidden: true }),
    programType: choice({
      label: 'Type',
      required: true,
      values: ['bachelors', 'masters', 'doctorate', 'certificate', 'trade'],
      names: { bachelors: 'Bachelor’s', masters: 'Master’s' },
    }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN' }),
    timeZone: text({ label: 'Time zone', required: true, max: 64, timeZone: true, default: 'Africa/Lagos' }),
    usesWaitlist: boolean({
      label: 'Uses waitlists',
      required: true,
      default: false,
      hidden: true,
      help: 'Where every seat is taken, students may wait for one. A seat that is given back is offered to the first who waits.',
    }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
  unique: [['code']],
});
