import type { BoardCard, BoardColumn, BoardGroup } from '../../../../shared/contract/assignment';
import { isWaiting } from '../../../../shared/rules/capacity';
import { seatKey, type Configuration, type Proposal } from '../../../../shared/rules/assignment';

/** What stands in a column, from above: groups by configuration, each with its learners, with those proposed for it and with those who wait. */
export type BoardItem =
  | { kind: 'group'; key: string; group: BoardGroup; proposed: number }
  | { kind: 'card'; key: string; card: BoardCard }
  /** Who waits follows; the first of them for the seats that are free. */
  | { kind: 'waiting'; key: string; waiting: number; offered: string[] }
  | { kind: 'ghost'; key: string; proposal: Proposal };

export const heights = { group: 28, card: 52, ghost: 52, waiting: 28 } as const;

type Label = (configuration: Configuration) => string;

export function itemsOf(column: BoardColumn, proposals: readonly Proposal[], label: Label): BoardItem[] {
  const here = Map.groupBy(
    proposals.filter(({ facilityId }) => facilityId === column.id),
    seatKey,
  );
  const keyOf = (one: Omit<Configuration, 'facilityId'>): string => seatKey({ ...one, facilityId: column.id });
  const cards = Map.groupBy(column.cards, keyOf);
  const known = column.groups.map((group) => [keyOf(group), group] as const);
  const added = [...here].flatMap(([key, [first]]) =>
    first && !known.some(([held]) => held === key)
      ? [[key, { ...first, label: label(first), taken: 0, provisional: 0, waiting: 0 } satisfies BoardGroup] as const]
      : [],
  );
  return [...known, ...added].flatMap(([key, group]): BoardItem[] => {
    const all = cards.get(key) ?? [];
    const coming = here.get(key) ?? [];
    // Of a configuration that another course fills, the heading alone would say nothing.
    if (all.length + coming.length === 0) return [];
    const proposed = new Set(coming.map(({ enrollmentId }) => enrollmentId));
    const held = all.filter(({ status }) => !isWaiting(status));
    const waiting = all.filter(({ id, status }) => isWaiting(status) && !proposed.has(id));
    const free = column.capacity === null ? waiting.length : column.capacity - group.taken - coming.length;
    const offered = column.status === 'active' ? waiting.slice(0, Math.max(0, free)).map(({ id }) => id) : [];
    return [
      { kind: 'group', key, group, proposed: coming.length },
      ...held.map((card): BoardItem => ({ kind: 'card', key: card.id, card })),
      ...coming.map((proposal): BoardItem => ({
        ...{ kind: 'ghost', key: `ghost ${proposal.enrollmentId ?? proposal.studentId}`, proposal },
      })),
      ...(waiting.length === 0
        ? []
        : [{ kind: 'waiting', key: `waiting ${key}`, waiting: waiting.length, offered } satisfies BoardItem]),
      ...waiting.map((card): BoardItem => ({ kind: 'card', key: card.id, card })),
    ];
  });
}

/** Where each item begins, and at the end how high all are together. */
export function offsetsOf(items: readonly BoardItem[]): number[] {
  const offsets = [0];
  for (const { kind } of items) offsets.push((offsets.at(-1) ?? 0) + heights[kind]);
  return offsets;
}

/** The items within a window of a column, and some beyond its edges. */
export function within(
  offsets: readonly number[],
  top: number,
  height: number,
  spare = 300,
): [from: number, to: number] {
  const from = offsets.findIndex((_, i) => (offsets[i + 1] ?? Infinity) > top - spare);
  const to = offsets.findIndex((at) => at > top + height + spare);
  return [Math.max(0, from), to < 0 ? offsets.length - 1 : to];
}

export interface Seats {
  taken: number;
  provisional: number;
  proposed: number;
  /** Null where there is no limit. */
  of: number | null;
  groups: number;
}

/** The seats of a facility over the configurations in use: each has the facility's capacity. */
export function seatsOf({ capacity, groups, id }: BoardColumn, proposals: readonly Proposal[]): Seats {
  const here = proposals.filter(({ facilityId }) => facilityId === id);
  const keys = new Set([...groups.map((group) => seatKey({ ...group, facilityId: id })), ...here.map(seatKey)]);
  const sum = (part: 'taken' | 'provisional'): number => groups.reduce((all, group) => all + group[part], 0);
  return {
    ...{ taken: sum('taken') - sum('provisional'), provisional: sum('provisional'), proposed: here.length },
    ...{ of: capacity === null ? null : capacity * Math.max(1, keys.size), groups: keys.size },
  };
}
