import type { CellFate, CellStory } from '../../../shared/contract/requests';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import type { OutboxState } from '../local/outbox';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { titleOf } from './titles';

const fates: Record<OutboxState, CellFate> = {
  pending: 'waiting',
  'in-flight': 'waiting',
  acknowledged: 'sent',
  done: 'confirmed',
  conflict: 'conflict',
  rejected: 'refused',
  discarded: 'let-go',
};

/** Who wrote a cell, when and how, as far as this desk knows by itself: what was done here lately, and the row's own stamp. */
export const cellStory: Query<'cell.story'> = ({ read }, { entity, id, field }) => {
  const row = readRow(read, entity, id);
  return {
    own: lastAct(read, entity, id, field),
    row: row && {
      createdAt: row.createdAt,
      createdBy: nameOf(read, row.createdBy),
      updatedAt: row.updatedAt,
      updatedBy: nameOf(read, row.updatedBy),
      isSent: row.rowVersion > 0,
    },
  };
};

const nameOf = (db: Readable, id: string | null): string | null =>
  id === null ? null : titleOf(db, 'users', id) || null;

/** The journal keeps what was sent for some days: it is short, and read from its end. */
function lastAct(db: Readable, entity: string, id: string, field: string): CellStory['own'] {
  const entries = statement(
    db,
    'select at, via, label, ops, state from outbox where instr(ops, ?) > 0 order by position desc limit 50',
  ).all(id) as { at: number; via: string; label: string; ops: string; state: OutboxState }[];
  for (const { ops, state, ...act } of entries) {
    const isOfCell = (JSON.parse(ops) as LocalOp[]).some(
      (op) => op.id === id && op.entity === entity && Object.hasOwn(op.patch ?? {}, field),
    );
    if (isOfCell) return { ...act, state: fates[state] };
  }
  return null;
}
