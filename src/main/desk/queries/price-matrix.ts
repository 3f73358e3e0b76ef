import type { MatrixCell, PriceMatrix, PriceStep } from '../../../shared/contract/pricing';
import { Refusal } from '../../../shared/contract/outcome';
import { entityOf } from '../../../shared/entities';
import { whyNot } from '../../../shared/rules/permit';
import { usualRange } from '../../../shared/rules/price-edits';
import { dayAfter } from '../../../shared/rules/pricing';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';

/** What a program's courses cost on a day, in one pass over its prices. */
export const priceMatrix: Query<'pricing.matrix'> = ({ read, session }, { programId, asOf }): PriceMatrix => {
  const program = readRow(read, 'programs', programId);
  if (!program)
    throw new Refusal({ kind: 'not-found', message: 'This program is not on this computer. Choose another.' });
  const facilities = statement(
    read,
    'select id, name, capacity, status from facilities where program_id = ? order by lower(name), id',
  ).all(programId) as PriceMatrix['facilities'];
  const courses = statement(
    read,
    'select id, name, code from courses where program_id = ? and is_active = 1 order by lower(name), id',
  ).all(programId) as PriceMatrix['courses'];
  const lists = {
    ageGroups: options(read, programId, 'age_group'),
    locationTypes: options(read, programId, 'location_type'),
    sessionTypes: options(read, programId, 'session_type'),
  };
  const cells = cellsOf(read, programId, asOf, { facilities, courses, ...lists });
  const prices = cells.flatMap((cell) => (cell[5] === null ? [] : [cell[5]]));
  const reason = whyNot(session, entityOf('facility_course_pricing'), 'create', { programId });
  return {
    asOf,
    currency: String(program['currency']),
    facilities,
    courses,
    ...lists,
    cells,
    usual: usualRange(prices),
    nextChange: nextChange(cells, asOf),
    canEdit: reason === null,
    whyNot: reason,
  };
};

const options = (db: Readable, programId: string, kind: string): { code: string; label: string }[] =>
  statement(
    db,
    'select code, label from program_options where program_id = ? and option_kind = ? order by is_active desc, sequence, id',
  ).all(programId, kind) as { code: string; label: string }[];

type Lists = Pick<PriceMatrix, 'facilities' | 'courses' | 'ageGroups' | 'locationTypes' | 'sessionTypes'>;

type PriceTuple = [
  facility: string,
  course: string,
  age: string,
  location: string,
  session: string,
  price: number,
  from: string,
  until: string | null,
];

const places = (list: readonly { id?: string; code?: string }[]): Map<string, number> =>
  new Map(list.map((item, at) => [item.id ?? item.code ?? '', at]));

function cellsOf(db: Readable, programId: string, asOf: string, lists: Lists): MatrixCell[] {
  const at = [lists.facilities, lists.courses, lists.ageGroups, lists.locationTypes, lists.sessionTypes].map(places);
  const cells = new Map<string, MatrixCell>();
  const cellFor = (keys: readonly string[]): MatrixCell | null => {
    const name = keys.join('\n');
    const known = cells.get(name);
    if (known) return known;
    const [facility, course, age, location, session] = keys.map((key, i) => at[i]!.get(key));
    if (facility === undefined || course === undefined) return null;
    if (age === undefined || location === undefined || session === undefined) return null;
    const cell: MatrixCell = [facility, course, age, location, session, null, null, null, null, null, null, 0];
    cells.set(name, cell);
    return cell;
  };
  const configuration = 'facility_id, course_id, age_group, location_type, session_type';
  const prices = statement(
    db,
    `select ${configuration}, price, effective_date, end_date from facility_course_pricing where program_id = ? and is_active = 1`,
  )
    .raw()
    .iterate(programId) as IterableIterator<PriceTuple>;
  for (const [facility, course, age, location, session, price, from, until] of prices) {
    const cell = cellFor([facility, course, age, location, session]);
    if (!cell) continue;
    if (from > asOf) {
      if (cell[9] === null || from < cell[9]) [cell[8], cell[9]] = [price, from];
    } else if (until === null || until >= asOf) [cell[5], cell[6], cell[7]] = [price, from, until];
    else if (cell[10] === null || until > cell[10]) cell[10] = until;
  }
  const learners = statement(
    db,
    `select ${configuration}, count(*) from course_enrollments where program_id = ? and status in ('active', 'paused')
     group by ${configuration}`,
  )
    .raw()
    .iterate(programId) as IterableIterator<[string, string, string, string, string, number]>;
  for (const [facility, course, age, location, session, count] of learners) {
    const cell = cellFor([facility, course, age, location, session]);
    if (cell) cell[11] = count;
  }
  return [...cells.values()];
}

function nextChange(cells: readonly MatrixCell[], asOf: string): string | null {
  let next: string | null = null;
  for (const cell of cells) {
    const days = [cell[9], cell[7] === null ? null : dayAfter(cell[7])];
    for (const day of days) if (day !== null && day > asOf && (next === null || day < next)) next = day;
  }
  return next;
}

/** Every price of one cell, the earliest first. */
export const priceTimeline: Query<'pricing.timeline'> = ({ read }, key): PriceStep[] =>
  (
    statement(
      read,
      `select id, price, currency, effective_date as "from", end_date as until, is_active as isActive from facility_course_pricing
       where facility_id = ? and course_id = ? and age_group = ? and location_type = ? and session_type = ? order by effective_date, id`,
    ).all(key.facilityId, key.courseId, key.ageGroup, key.locationType, key.sessionType) as (Omit<
      PriceStep,
      'isActive'
    > & {
      isActive: number;
    })[]
  ).map((step) => ({ ...step, isActive: step.isActive === 1 }));
