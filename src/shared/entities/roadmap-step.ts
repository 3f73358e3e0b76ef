import { defineEntity, markdown, order, reference, text } from '../model';

export const roadmapStep = defineEntity('roadmap_steps', {
  number: 41,
  labels: { one: 'Roadmap step', many: 'Roadmap steps' },
  meaning: 'One step of a roadmap, perhaps with a resource or a course to go with it.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['title'],
  sort: ['roadmapId', 'sequenceOrder'],
  fields: {
    roadmapId: reference({ label: 'Roadmap', to: 'career_roadmaps', required: true, contained: true, fixed: true }),
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', search: true, hidden: true }),
    resourceId: reference({ label: 'Resource', to: 'resources' }),
    courseId: reference({ label: 'Course', to: 'courses' }),
    sequenceOrder: order({ label: 'Position', within: 'roadmapId', required: true, default: 1, onConflict: 'last' }),
  },
});
