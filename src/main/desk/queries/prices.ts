import type { Readable } from '../local/handles';
import type { PriceKey, PriceRow } from '../../../shared/rules/pricing';
import { readRows } from '../local/rows';

/** The prices of a course, of one facility or of all. */
export const pricesOf = (db: Readable, courseId: string, facilityId?: string): PriceRow[] =>
  readRows(
    db,
    'facility_course_pricing',
    facilityId ? 'where t.course_id = ? and t.facility_id = ?' : 'where t.course_id = ?',
    ...(facilityId ? [courseId, facilityId] : [courseId]),
  ) as unknown as PriceRow[];

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
