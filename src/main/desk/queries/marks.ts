import type { EntityName } from '../../../shared/entities';
import type { RowMark } from '../../../shared/contract/requests';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

const weight: Record<RowMark, number> = { waiting: 1, refused: 2, conflict: 3 };
const markOf: Record<string, RowMark> = {
  pending: 'waiting',
  'in-flight': 'waiting',
  conflict: 'conflict',
  rejected: 'refused',
};

/** The state of rows that are not plainly confirmed; of several, the one that needs a person most. */
export function marksOf(db: Readable, name: EntityName, ids: readonly string[]): Record<string, RowMark> {
  // Mostly nothing is under way at all.
  if (statement(db, 'select 1 from outbox_rows limit 1').get() === undefined) return {};
  const rows = statement(
    db,
    `select r.row_id as id, o.state from outbox_rows r join outbox o on o.position = r.position
     where r.entity = ? and r.row_id in (select value from json_each(?)) and o.state in ('pending', 'in-flight', 'conflict', 'rejected')`,
  ).all(name, JSON.stringify(ids)) as { id: string; state: string }[];
  const marks: Record<string, RowMark> = {};
  for (const { id, state } of rows) {
    const mark = markOf[state];
    const now = marks[id];
    if (mark && (!now || weight[mark] > weight[now])) marks[id] = mark;
  }
  return marks;
}
