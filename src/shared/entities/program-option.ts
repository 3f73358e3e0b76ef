import { boolean, choice, defineEntity, order, slug, text } from '../model';

export const programOption = defineEntity('program_options', {
  number: 6,
  labels: { one: 'Program option', many: 'Program options' },
  meaning: 'A value of a list that a program configures for itself: its age groups, session types, course categories.',
  scope: 'program',
  area: 'platform',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['label'],
  sort: ['optionKind', 'sequence'],
  fields: {
    optionKind: choice({
      label: 'List',
      required: true,
      fixed: true,
      values: ['age_group', 'location_type', 'session_type', 'course_category'],
      names: {
        age_group: 'Age group',
        location_type: 'Location type',
        session_type: 'Session type',
        course_category: 'Course category',
      },
    }),
    code: slug({ label: 'Code', required: true, fixed: true, from: 'label' }),
    label: text({ label: 'Label', required: true, max: 100, search: true }),
    sequence: order({ label: 'Position', within: 'optionKind', required: true, default: 1 }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
  unique: [['programId', 'optionKind', 'code']],
});
