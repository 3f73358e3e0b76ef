/**
 * The names of constraints and indexes. The push function turns a violated constraint into a sentence for people by its name, so names are
 * made in one place and read back in one place (`sql/meanings.ts`).
 */
import { columnOf, type Entity } from '../shared/model';

export const checkName = (entity: Entity, field: string): string => `${entity.name}_${columnOf(field)}_check`;
/** A rule between fields of one row, by the field it names. */
export const rowRuleName = (entity: Entity, field: string): string => `${entity.name}_${columnOf(field)}_rule`;
export const foreignKeyName = (entity: Entity, field: string): string => `${entity.name}_${columnOf(field)}_fk`;
export const uniqueName = (entity: Entity, fields: readonly string[]): string =>
  `${entity.name}_${fields.map(columnOf).join('_')}_uq`;

export const publishedCurriculumName = 'curricula_published_uq';
export const activeEnrollmentName = 'course_enrollments_active_uq';
export const priceOverlapName = 'facility_course_pricing_no_overlap';
export const slotOverlapName = 'availability_slots_no_overlap';
export const bookingOverlapName = 'bookings_no_overlap';

/** Texts that are unique whatever their case. */
export const ignoresCase = (entity: Entity, field: string): boolean =>
  entity.fields[field]?.kind === 'email' || (entity.name === 'users' && field === 'username');
