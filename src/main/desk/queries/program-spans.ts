import { atWallClock } from '../../../shared/rules/expand-recurrence';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** Spans of time on the clock of each program's place. A month of Accra begins at another moment than one of London. */

export interface ProgramClock {
  id: string;
  code: string;
  name: string;
  timeZone: string;
}

/** None asked for means all. The list is bound twice. */
export const chosen = (column: string): string => `(? = '[]' or ${column} in (select value from json_each(?)))`;

export function programClocks(db: Readable, programs: readonly string[]): ProgramClock[] {
  const list = JSON.stringify(programs);
  return statement(
    db,
    `select p.id, p.code, p.name, p.time_zone as timeZone from programs p where ${chosen('p.id')} order by lower(p.name), p.id`,
  ).all(list, list) as ProgramClock[];
}

/** `2026-12` -> `2027-01`. */
export function monthAfter(month: string, months = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

export function monthsBetween(from: string, until: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= until && months.length < longest; month = monthAfter(month)) months.push(month);
  return months;
}
const longest = 240;

/** A span of a program's time, the end not included. */
export type Span = [programId: string, name: string, start: number, until: number];

export const monthSpans = (clocks: readonly ProgramClock[], months: readonly string[]): Span[] =>
  clocks.flatMap(({ id, timeZone }) => {
    const starts = [...months, ...months.slice(-1).map((last) => monthAfter(last))].map((month) =>
      atWallClock(`${month}-01`, '00:00', timeZone),
    );
    return months.map((month, at): Span => [id, month, starts[at]!, starts[at + 1]!]);
  });

/** Spans as a table `m`, to be bound as JSON. */
export const spansTable = `m (program_id, name, start, until) as materialized (
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?))`;
