import type { NeedsYou, RowClash } from '../../../shared/contract/needs-you';
import type { Input } from '../../../shared/contract/requests';
import { isEntityName, type EntityName } from '../../../shared/entities';

/** How a change that came back is settled: what is chosen on its card, and the order that says it to the desk. */

export type Conflict = NeedsYou['conflicts'][number];
export type Side = 'mine' | 'theirs';

/** `other`: neither, but this value; `problem` while it cannot be read. */
export type FieldChoice = { take: Side } | { take: 'other'; value: unknown; problem: string | null };

export interface Decisions {
  /** By `keyOf`. What is not said is taken as recommended. */
  fields: Readonly<Record<string, FieldChoice>>;
  rows: Readonly<Record<string, Side>>;
}
export const undecided: Decisions = { fields: {}, rows: {} };

/** A field of the same change that nobody else touched. */
export interface Untouched {
  entity: EntityName;
  id: string;
  field: string;
  value: unknown;
}

export const keyOf = ({ entity, id, field }: { entity: string; id: string; field: string }): string =>
  `${entity}/${id}/${field}`;

export const choiceOf = ({ fields }: Decisions, conflict: Conflict): FieldChoice =>
  fields[keyOf(conflict)] ?? { take: 'mine' };

/** Who may restore what is to be restored, where it is not this person. */
export const whoRestores = (clash: RowClash): string | null =>
  clash.kind === 'changed' ? null : (clash.restore.find(({ needs }) => needs !== null)?.needs ?? null);

/** Recommended is what loses nobody's work: what is deleted is kept or restored, where that can be done. */
export const recommended = (clash: RowClash): Side =>
  clash.kind === 'changed' || whoRestores(clash) !== null ? 'theirs' : 'mine';

export const rowKeyOf = ({ entity, id }: { entity: string; id: string }): string => `${entity}/${id}`;
export const sideOf = ({ rows }: Decisions, clash: RowClash): Side => rows[rowKeyOf(clash)] ?? recommended(clash);

/** The same for all of it, as far as it can be had. */
export function allOf(item: NeedsYou, side: Side): Decisions {
  return {
    fields: Object.fromEntries(item.conflicts.map((conflict) => [keyOf(conflict), { take: side }])),
    rows: Object.fromEntries(
      item.clashes.map((clash) => [rowKeyOf(clash), whoRestores(clash) === null ? side : 'theirs']),
    ),
  };
}

/** Whether all of it goes one way; `mixed` where it does not, or where a third value is typed. */
export function verdict(item: NeedsYou, decisions: Decisions): Side | 'mixed' {
  const takes = new Set([
    ...item.conflicts.map((conflict) => choiceOf(decisions, conflict).take),
    ...item.clashes.map((clash) => sideOf(decisions, clash)),
  ]);
  const [only] = takes;
  return takes.size === 1 && (only === 'mine' || only === 'theirs') ? only : 'mixed';
}

/** What else the person changed in the same act. It is kept whichever side is taken of the fields in conflict. */
export function untouched({ rows, conflicts, clashes }: Pick<NeedsYou, 'rows' | 'conflicts' | 'clashes'>): Untouched[] {
  const inConflict = new Set(conflicts.map(keyOf));
  const clashing = new Set(clashes.map(({ id }) => id));
  return rows.flatMap(({ entity, id, op, values }) =>
    op === 'update' && !clashing.has(id)
      ? Object.entries(values)
          .map(([field, value]) => ({ entity, id, field, value }))
          .filter((one) => !inConflict.has(keyOf(one)))
      : [],
  );
}

/** The order that settles it, field by field and row by row. */
export function settlement(item: NeedsYou, decisions: Decisions): Input<'sync.resolve'> {
  const chosen = item.conflicts.flatMap((conflict) => {
    const { entity, id, field } = conflict;
    const choice = choiceOf(decisions, conflict);
    if (!isEntityName(entity)) return [];
    return [{ entity, id, field, take: choice.take, ...(choice.take === 'other' ? { value: choice.value } : {}) }];
  });
  const kept = untouched(item).map(({ entity, id, field }) => ({ entity, id, field, take: 'mine' as const }));
  return {
    mutationId: item.mutationId,
    choice: verdict(item, decisions) === 'theirs' ? 'take-theirs' : 'keep-mine',
    fields: [...chosen, ...kept],
    rows: item.clashes.map((clash) => ({ entity: clash.entity, id: clash.id, take: sideOf(decisions, clash) })),
  };
}

/** Conflicts that ask the same question: the same fields of the same kind of record, or the same clash of the same kind. */
export function alikeKey({ conflicts, clashes }: NeedsYou): string {
  const fields = conflicts.map(({ entity, field }) => `${entity}.${field}`);
  const kinds = clashes.map(({ kind, entity }) => `${kind} ${entity}`);
  return [...new Set([...fields, ...kinds])].sort().join(', ');
}
