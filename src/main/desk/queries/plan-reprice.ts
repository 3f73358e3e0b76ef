import type { Reprice } from '../../../shared/contract/assignment';
import type { AnyRow } from '../../../shared/model';
import { priceInForce, type PriceKey } from '../../../shared/rules/pricing';
import type { Query } from '../context';
import { readRows } from '../local/rows';
import { missingText } from './quote';
import { pricesOf } from './prices';
import { titlesOf } from './titles';

/** Who may change what was agreed: the trigger of the table asks for a reason besides. */
const mayReprice = (role: string): boolean => role === 'program_admin' || role === 'super_admin';

/** What enrollments would cost at the prices in force on a day, beside what was agreed. */
export const planReprice: Query<'assignment.plan-reprice'> = ({ read, session }, { enrollments, date }): Reprice => {
  const rows = readRows(
    read,
    'course_enrollments',
    "where t.id in (select value from json_each(?)) and t.status in ('active', 'paused')",
    JSON.stringify(enrollments),
  );
  const names = (entity: 'students' | 'courses' | 'facilities', field: string): Map<string, string> =>
    titlesOf(
      read,
      entity,
      rows.map((row) => String(row[field])),
    );
  const [students, courses, facilities] = [
    names('students', 'studentId'),
    names('courses', 'courseId'),
    names('facilities', 'facilityId'),
  ];
  const name = (titles: Map<string, string>, row: AnyRow, field: string): string =>
    titles.get(String(row[field])) ?? '';
  const plan: Reprice = {
    ...{ lines: [], same: 0, unpriced: [], difference: 0 },
    canReprice: mayReprice(session.role),
    whyNot: mayReprice(session.role)
      ? null
      : 'The price agreed stays. Only program admins can change it, with a reason.',
  };
  for (const row of rows) {
    const key = row as unknown as PriceKey;
    const found = priceInForce(pricesOf(read, key.courseId, key.facilityId), key, date);
    const student = name(students, row, 'studentId');
    if (!found) {
      const reason = `No price for ${missingText(read, key, String(row['programId']))}.`;
      const { courseId, facilityId, ageGroup, locationType, sessionType } = key;
      const next = { kind: 'add-price' as const, key: { courseId, facilityId, ageGroup, locationType, sessionType } };
      plan.unpriced.push({ id: row.id, student, reason, next });
      continue;
    }
    const agreed = row['priceAgreed'] as number | null;
    if (agreed === found.price) {
      plan.same++;
      continue;
    }
    plan.difference += found.price - (agreed ?? 0);
    plan.lines.push({
      ...{ id: row.id, student, course: name(courses, row, 'courseId'), facility: name(facilities, row, 'facilityId') },
      ...{ before: agreed, after: found.price, currency: found.currency },
    });
  }
  return plan;
};
