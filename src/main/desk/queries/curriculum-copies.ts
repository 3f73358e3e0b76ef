import { entityOf } from '../../../shared/entities';
import type { Copyable } from '../../../shared/contract/curriculum';
import type { AnyRow } from '../../../shared/model';
import { overlapping, type PriceRow } from '../../../shared/rules/pricing';
import { rankOf, whyNot } from '../../../shared/rules/permit';
import type { Query, QueryContext } from '../context';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { pricesOf } from './prices';

/** The prices of a course that count from today on, without those another course has a price of its own for. */
export function pricesToCopy(
  { read, now }: QueryContext,
  from: string,
  to: string | null,
): { rows: PriceRow[]; skipped: number } {
  const today = new Date(now()).toISOString().slice(0, 10);
  const there = to === null ? [] : pricesOf(read, to);
  const all = pricesOf(read, from).filter(
    ({ isActive, endDate }) => isActive && (endDate === null || endDate >= today),
  );
  const rows = all.filter((row) => overlapping(there, { ...row, id: '', courseId: to ?? '' }).length === 0);
  return { rows, skipped: all.length - rows.length };
}

/** Why a curriculum cannot be copied to a program; null where it can. Whoever copies may see the one and add to the other. */
export function whyNotCopied({ session, read }: QueryContext, source: AnyRow, programId: string): string | null {
  const entity = entityOf('curricula');
  if (rankOf(session.role) < 4 && !session.programs.includes(String(source['programId'])))
    return 'The curriculum belongs to a program you are not assigned to. A super admin can assign you.';
  if (!readRow(read, 'programs', programId)) return 'This program is not in the data on this computer. Choose another.';
  return whyNot(session, entity, 'create', { programId });
}

export const copyable: Query<'curriculum.copyable'> = (context, { curriculumId, programId, courseId }): Copyable => {
  const { read } = context;
  const source = readRow(read, 'curricula', curriculumId);
  const none = { modules: 0, lessons: 0, minutes: 0, isTracked: false };
  const noPrices = { count: 0, skipped: 0, whyNot: null };
  if (!source) return { ...none, prices: noPrices, whyNot: 'This curriculum is no longer there. Choose another.' };
  const counts = statement(
    read,
    `select count(distinct m.id) as modules, count(l.id) as lessons, coalesce(sum(l.duration_minutes), 0) as minutes
     from modules m left join lessons l on l.module_id = m.id where m.curriculum_id = ?`,
  ).get(curriculumId) as Pick<Copyable, 'modules' | 'lessons' | 'minutes'>;
  return {
    ...counts,
    isTracked: source['state'] === 'published',
    whyNot: whyNotCopied(context, source, programId),
    prices: prices(),
  };

  function prices(): Copyable['prices'] {
    const because = (why: string) => ({ ...noPrices, whyNot: why });
    if (source!['programId'] !== programId)
      return because('Prices belong to facilities, and another program has its own. Set prices there.');
    if (source!['courseId'] === courseId) return because('It is the same course: its prices are there already.');
    const { rows, skipped } = pricesToCopy(context, String(source!['courseId']), courseId);
    if (rows.length === 0)
      return because(skipped > 0 ? 'That course has prices of its own for all of these.' : 'The course has no prices.');
    return { count: rows.length, skipped, whyNot: null };
  }
};
