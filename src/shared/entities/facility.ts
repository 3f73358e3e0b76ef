import { choice, defineEntity, integer, list, text } from '../model';

/** Capacity counts people at one time. */
export const facility = defineEntity('facilities', {
  number: 12,
  labels: { one: 'Facility', many: 'Facilities' },
  meaning: 'A place where a program teaches. Capacity counts people at one time.',
  scope: 'program',
  area: 'facilities',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['name'],
  fields: {
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    facilityType: choice({
      label: 'Type',
      required: true,
      values: ['pool', 'court', 'gym', 'field', 'classroom', 'lab'],
    }),
    capacity: integer({ label: 'Capacity', min: 0, max: 100_000, unit: 'people' }),
    equipment: list({ label: 'Equipment', of: 'text' }),
    amenities: list({ label: 'Amenities', of: 'text' }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['active', 'maintenance', 'inactive'],
      default: 'active',
    }),
  },
  unique: [['programId', 'name']],
});
