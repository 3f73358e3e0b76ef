import { entityOf, type EntityName } from '../../../shared/entities';
import { whyNot } from '../../../shared/rules/permit';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readerOf } from '../local/rows';
import { statement } from '../local/statements';
import { forbidden } from './refuse';

/** The op that brings a deleted row back; where this desk deleted it, it shows again at once. */
export function restoreOp(context: CommandContext, name: EntityName, id: string): LocalOp {
  const row = lastSeen(context, name, id);
  const reason = whyNot(context.session, entityOf(name), 'remove', row ?? undefined, readerOf(context.db));
  if (reason) throw forbidden(reason);
  return { entity: name, op: 'restore', id, version: 0, ...(row ? { row } : {}) };
}

function lastSeen(context: CommandContext, name: EntityName, id: string): Record<string, unknown> | null {
  const steps = statement(context.db, 'select inverse from undo_log order by id desc').pluck().all() as string[];
  for (const step of steps) {
    if (!step.includes(id)) continue;
    const found = (JSON.parse(step) as LocalOp[]).find(
      (op) => op.entity === name && op.id === id && op.op === 'restore',
    );
    if (found?.row) return found.row;
  }
  return null;
}
