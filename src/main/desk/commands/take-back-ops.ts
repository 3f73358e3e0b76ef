import type { SkippedChange, TrailEntry } from '../../../shared/contract/trail';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { AnyRow, Field } from '../../../shared/model';
import { isMasked } from '../../../shared/rules/masking';
import type { Readable } from '../local/handles';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import type { ToTakeBack } from './entries-to-take-back';

type Kept = Omit<SkippedChange, 'by' | 'at'>;

/** What several entries did to one record, taken together. */
interface Sum {
  entity: EntityName;
  id: string;
  wasThere: boolean;
  isThere: boolean;
  /** Field -> [before the first, after the last]. */
  changes: Record<string, [unknown, unknown]>;
  row: Record<string, unknown> | null;
}

/** The ops that take entries of the trail back, and what of them only the system could. */
export function takeBackOps(db: Readable, { what, entries }: ToTakeBack): { ops: LocalOp[]; kept: Kept[] } {
  const sums = sumUp(entries);
  const ops: LocalOp[] = [];
  const kept: Kept[] = [];
  const field = what.kind === 'field' ? what.field : null;
  const reshaped = new Set(sums.filter((sum) => sum.wasThere !== sum.isThere).map((sum) => sum.entity));
  const gone = new Set(sums.filter((sum) => sum.wasThere && !sum.isThere).map((sum) => sum.id));
  for (const sum of sums) {
    const op = { entity: sum.entity, id: sum.id, version: 0 };
    if (field === null && sum.wasThere && !sum.isThere) {
      const isPart = isPartOf(sum, gone);
      ops.push({ ...op, op: 'restore', ...(sum.row ? { row: sum.row } : {}), ...(isPart ? { implied: true } : {}) });
    } else if (field === null && !sum.wasThere && sum.isThere) ops.push({ ...op, op: 'delete' });
    else if (sum.wasThere && sum.isThere) {
      const back = updateBack(db, sum, field, what.kind !== 'batch', reshaped, kept);
      if (back) ops.push(back);
    }
  }
  return { ops: ordered(ops), kept };
}

/** Restores come first: what else is taken back may stand on them. */
const ordered = (ops: LocalOp[]): LocalOp[] => [
  ...ops.filter((op) => op.op === 'restore'),
  ...ops.filter((op) => op.op !== 'restore'),
];

function sumUp(entries: readonly TrailEntry[]): Sum[] {
  const sums = new Map<string, Sum>();
  // Newest first: the first seen says what is, the last seen what was.
  for (const entry of entries) {
    if (!isEntityName(entry.entity) || entry.action === 'reveal' || entry.action === 'sign-out') continue;
    const key = `${entry.entity} ${entry.rowId}`;
    const wasThere = entry.action === 'update' || entry.action === 'delete';
    const isThere = entry.action !== 'delete';
    const sum = sums.get(key) ?? {
      entity: entry.entity,
      id: entry.rowId,
      wasThere,
      isThere,
      changes: {},
      row: entry.row,
    };
    sum.wasThere = wasThere;
    sum.row ??= entry.row;
    for (const [field, [old, now]] of Object.entries(entry.changes))
      sum.changes[field] = [old, sum.changes[field] ? sum.changes[field][1] : now];
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** A deleted row whose container went with it comes back with that. */
function isPartOf({ entity, row }: Sum, gone: ReadonlySet<string>): boolean {
  return Object.entries(entityOf(entity).fields).some(
    ([name, field]) => field.kind === 'reference' && field.options.contained === true && gone.has(String(row?.[name])),
  );
}

function updateBack(
  db: Readable,
  sum: Sum,
  only: string | null,
  isWilled: boolean,
  reshaped: ReadonlySet<EntityName>,
  kept: Kept[],
): LocalOp | null {
  const { fields } = entityOf(sum.entity);
  const row: AnyRow | null = isWilled ? readRow(db, sum.entity, sum.id) : null;
  const base: Record<string, unknown> = {};
  const patch: Record<string, unknown> = {};
  for (const [name, [old, now]] of Object.entries(sum.changes)) {
    const field = fields[name];
    if (!field || (only !== null && name !== only)) continue;
    // Where rows came or went, the others were numbered anew by the server, and will be again.
    if (field.kind === 'order' && reshaped.has(sum.entity)) continue;
    if (isKept(field) || isMasked(old) || isMasked(now)) {
      if (!field.options.readOnly || only !== null)
        kept.push({ entity: sum.entity, id: sum.id, title: titleOf(db, sum.entity, sum.id), field: name });
      continue;
    }
    // A record or a field is taken to where it was on purpose, whatever came in between.
    base[name] = row ? (row[name] ?? null) : now;
    patch[name] = old;
  }
  if (Object.keys(patch).length === 0) return null;
  return { entity: sum.entity, id: sum.id, op: 'update', version: 0, base, patch };
}

/** What the system keeps, and what stays as it was set when the record was added. */
const isKept = (field: Field): boolean =>
  field.options.readOnly === true || field.options.fixed === true || field.kind === 'generated';
