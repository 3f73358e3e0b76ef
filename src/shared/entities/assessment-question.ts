import { boolean, choice, defineEntity, json, order, reference, text } from '../model';

export const assessmentQuestion = defineEntity('assessment_questions', {
  number: 38,
  labels: { one: 'Question', many: 'Questions' },
  meaning: 'One question of an assessment, with what may be answered and what it scores.',
  scope: 'program',
  area: 'careers',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['prompt'],
  sort: ['assessmentId', 'sequenceOrder'],
  fields: {
    assessmentId: reference({ label: 'Assessment', to: 'assessments', required: true, contained: true, fixed: true }),
    prompt: text({ label: 'Question', required: true, max: 2000, search: true }),
    questionType: choice({
      label: 'Type',
      required: true,
      values: ['single', 'multiple', 'scale', 'text'],
      names: { single: 'One answer', multiple: 'Several answers', scale: 'Scale', text: 'Free text' },
      default: 'single',
    }),
    options: json({ label: 'Answers', hidden: true, help: 'A list of {value, label}; for a scale {min, max, step}.' }),
    scoring: json({ label: 'Scoring', hidden: true, help: 'Points by answer value, or {dimension: points}.' }),
    isRequired: boolean({ label: 'Must be answered', required: true, default: true }),
    sequenceOrder: order({
      label: 'Position',
      within: 'assessmentId',
      required: true,
      default: 1,
      onConflict: 'last',
    }),
  },
});
