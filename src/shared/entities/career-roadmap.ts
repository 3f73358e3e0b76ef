import { choice, date, defineEntity, markdown, reference, text } from '../model';

export const careerRoadmap = defineEntity('career_roadmaps', {
  number: 40,
  labels: { one: 'Roadmap', many: 'Roadmaps' },
  meaning: 'A person’s way to a goal, in ordered steps.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['title'],
  sort: ['title'],
  fields: {
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true }),
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    goal: markdown({ label: 'Goal', search: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['active', 'completed', 'abandoned'],
      default: 'active',
    }),
    targetDate: date({ label: 'Wanted by' }),
  },
});
