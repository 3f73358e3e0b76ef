import { defineEntity, reference } from '../model';

export const mentorExpertise = defineEntity('mentor_expertise', {
  number: 29,
  labels: { one: 'Expertise', many: 'Expertise' },
  meaning: 'A mentor knows about something.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['mentorId', 'tagId'],
  fields: {
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, contained: true, fixed: true }),
    tagId: reference({ label: 'Tag', to: 'expertise_tags', required: true, fixed: true }),
  },
  unique: [['mentorId', 'tagId']],
});
