import { boolean, choice, defineEntity, markdown, text } from '../model';

export const assessment = defineEntity('assessments', {
  number: 37,
  labels: { one: 'Assessment', many: 'Assessments' },
  meaning: 'A questionnaire about interests, skills or character.',
  scope: 'program',
  area: 'careers',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['title'],
  sort: ['title'],
  fields: {
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', search: true }),
    category: choice({
      label: 'Category',
      required: true,
      values: ['interests', 'skills', 'personality', 'aptitude', 'values', 'other'],
      default: 'interests',
    }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
  unique: [['programId', 'title']],
});
