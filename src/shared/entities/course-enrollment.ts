import { choice, currency, date, defineEntity, integer, money, option, percent, reference, text } from '../model';

/** Invariant: the configuration had a price in force on the enrollment date, and that price is the one agreed. */
export const courseEnrollment = defineEntity('course_enrollments', {
  number: 17,
  labels: { one: 'Enrollment', many: 'Enrollments' },
  meaning: 'A student takes a course at a facility in one configuration, at the price agreed on the day.',
  scope: 'program',
  dataClass: 'people',
  area: 'enrollments',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['studentId', 'courseId'],
  sort: ['-enrollmentDate'],
  fields: {
    studentId: reference({ label: 'Student', to: 'students', required: true, fixed: true, refuseWhile: { status: ['active', 'paused'] } }),
    courseId: reference({ label: 'Course', to: 'courses', required: true, fixed: true, refuseWhile: { status: ['active', 'paused'] } }),
    facilityId: reference({ label: 'Facility', to: 'facilities', required: true, refuseWhile: { status: ['active', 'paused'] } }),
    ageGroup: option({ label: 'Age group', required: true, optionKind: 'age_group' }),
    locationType: option({ label: 'Location', required: true, optionKind: 'location_type' }),
    sessionType: option({ label: 'Session', required: true, optionKind: 'session_type' }),
    priceAgreed: money({ label: 'Price agreed', currency: 'currency', readOnly: true, help: 'The price in force on the enrollment date; it stays.' }),
    currency: currency({ label: 'Currency', hidden: true, readOnly: true }),
    status: choice({ label: 'Status', required: true, values: ['active', 'paused', 'completed', 'withdrawn'], default: 'active' }),
    enrollmentDate: date({ label: 'Enrolled', required: true }),
    completionDate: date({ label: 'Ended' }),
    progressPercentage: percent({ label: 'Progress', required: true, default: 0 }),
    creditsAwarded: integer({ label: 'Credits', min: 0, max: 1000, hidden: true }),
    assignmentType: choice({
      label: 'How assigned',
      required: true,
      fixed: true,
      values: ['direct', 'parent_assigned', 'bulk_assigned'],
      names: { parent_assigned: 'By a parent', bulk_assigned: 'In bulk' },
      default: 'direct',
    }),
    assignmentNotes: text({ label: 'Notes', max: 2000, onConflict: 'last' }),
    assignedBy: reference({ label: 'Assigned by', to: 'users', readOnly: true }),
  },
});
