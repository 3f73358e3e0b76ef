import { boolean, choice, currency, defineEntity, integer, markdown, money, option, reference, slug, text, url } from '../model';

export const course = defineEntity('courses', {
  number: 8,
  labels: { one: 'Course', many: 'Courses' },
  meaning: 'What a program teaches. Its length is derived from the lessons of its curricula.',
  scope: 'program',
  area: 'curriculum',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['code'],
  fields: {
    code: text({ label: 'Code', required: true, max: 50, search: true }),
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    slug: slug({ label: 'Slug', required: true, from: 'name', hidden: true }),
    category: option({ label: 'Category', optionKind: 'course_category' }),
    level: integer({ label: 'Level', min: 0, max: 1000 }),
    difficulty: choice({ label: 'Difficulty', values: ['beginner', 'intermediate', 'advanced'] }),
    instructorId: reference({ label: 'Instructor', to: 'users', where: { role: ['tutor', 'program_coordinator', 'program_admin'] } }),
    listPrice: money({ label: 'List price', currency: 'currency', min: 0 }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN', hidden: true }),
    description: markdown({ label: 'Description', search: true }),
    thumbnailUrl: url({ label: 'Picture', hidden: true }),
    published: boolean({ label: 'Published', required: true, default: false }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
  unique: [
    ['programId', 'code'],
    ['programId', 'slug'],
  ],
});
