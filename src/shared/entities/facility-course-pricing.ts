import { boolean, currency, date, defineEntity, money, option, reference } from '../model';

/** Invariant: of active rows, the ranges [effectiveDate, endDate] for one combination never overlap. */
export const facilityCoursePricing = defineEntity('facility_course_pricing', {
  number: 13,
  labels: { one: 'Price', many: 'Prices' },
  meaning: 'What a course costs at a facility for an age group, a location type and a session type, and when.',
  scope: 'program',
  area: 'pricing',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['courseId', 'facilityId', 'ageGroup', 'sessionType'],
  sort: ['facilityId', 'courseId', 'ageGroup'],
  fields: {
    facilityId: reference({ label: 'Facility', to: 'facilities', required: true, contained: true }),
    courseId: reference({ label: 'Course', to: 'courses', required: true, contained: true }),
    ageGroup: option({ label: 'Age group', required: true, optionKind: 'age_group' }),
    locationType: option({ label: 'Location', required: true, optionKind: 'location_type' }),
    sessionType: option({ label: 'Session', required: true, optionKind: 'session_type' }),
    price: money({ label: 'Price', required: true, currency: 'currency', min: 0 }),
    currency: currency({ label: 'Currency', required: true, default: 'NGN', hidden: true }),
    effectiveDate: date({ label: 'From', required: true }),
    endDate: date({ label: 'Until', help: 'The last day of this price. Empty: until further notice.' }),
    isActive: boolean({ label: 'Active', required: true, default: true }),
  },
});
