import type { Readable } from '../local/handles';
import type { PriceKey, PriceRow } from '../../../shared/rules/pricing';
import { readRows } from '../local/rows';
import { statement } from '../local/statements';

/** The prices of a course, of one facility or of all. */
export const pricesOf = (db: Readable, courseId: string, facilityId?: string): PriceRow[] =>
  readRows(
    db,
    'facility_course_pricing',
    facilityId ? 'where t.course_id = ? and t.facility_id = ?' : 'where t.course_id = ?',
    ...(facilityId ? [courseId, facilityId] : [courseId]),
  ) as unknown as PriceRow[];

/** The active prices of a program: of fifty thousand, only what deciding about them needs is read. */
export const activePrices = (db: Readable, programId: string): PriceRow[] =>
  (
    statement(
      db,
      `select id, facility_id as facilityId, course_id as courseId, age_group as ageGroup, location_type as locationType,
         session_type as sessionType, price, currency, effective_date as effectiveDate, end_date as endDate
       from facility_course_pricing where program_id = ? and is_active = 1`,
    ).all(programId) as Omit<PriceRow, 'isActive'>[]
  ).map((row) => Object.assign(row, { isActive: true }));

/** `Group, Adults, At the client's` as the program calls it. */
export function configurationText(
  db: Readable,
  programId: string,
  key: Pick<PriceKey, 'ageGroup' | 'locationType' | 'sessionType'>,
): string {
  const label = (kind: string, code: string): string =>
    (readRows(
      db,
      'program_options',
      'where t.program_id = ? and t.option_kind = ? and t.code = ?',
      programId,
      kind,
      code,
    )[0]?.['label'] as string | undefined) ?? code;
  return [
    label('age_group', key.ageGroup),
    label('location_type', key.locationType),
    label('session_type', key.sessionType),
  ].join(', ');
}
