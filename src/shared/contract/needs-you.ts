import { z } from 'zod';
import { entityNames, type EntityName } from '../entities';
import type { Clash, ClashNews, FieldConflict, RefusalDetail, WayBack } from './wire';

/** What came back and waits for its person: what is told of it, and how it is settled. */

const entity = z.enum(entityNames as [EntityName, ...EntityName[]]);
const id = z.uuid();
const field = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);

export const settlement = z.object({
  mutationId: id,
  /** What becomes of all that is not said one by one below. */
  choice: z.enum(['keep-mine', 'take-theirs', 'resend', 'discard']),
  /** `other`: neither mine nor theirs, but this value. */
  fields: z
    .array(z.object({ entity, id, field, take: z.enum(['mine', 'theirs', 'other']), value: z.unknown().optional() }))
    .max(200_000)
    .optional(),
  /** Of rows that one deletes and another works on. */
  rows: z
    .array(z.object({ entity, id, take: z.enum(['mine', 'theirs']) }))
    .max(10_000)
    .optional(),
});
export type Settlement = z.output<typeof settlement>;

export const needsYouRequests = {
  'sync.needs-you': z.object({}),
  'sync.resolve': settlement,
  /** Several at once: all of them or none. */
  'sync.resolve-all': z.object({ settlements: z.array(settlement).min(1).max(500) }),
  /** Takes back that changes were let go of: they wait for a decision again. */
  'sync.reopen': z.object({ mutationIds: z.array(id).min(1).max(500) }),
} as const;

export interface NeedsYouOutputs {
  'sync.needs-you': NeedsYou[];
  'sync.resolve': Settled;
  'sync.resolve-all': Settled;
  'sync.reopen': { reopened: number };
}

export interface Settled {
  /** Changes that still need their person. */
  left: number;
  /** The mutations that were made of what is kept. */
  sent: string[];
}

/** A change that came back: conflicting fields, a row one deletes and another works on, or a refusal in words. It never blocks another. */
export interface NeedsYou {
  mutationId: string;
  at: number;
  label: string;
  kind: 'conflict' | 'refused';
  conflicts: (Omit<FieldConflict, 'theirsName'> & { title: string; theirsName: string | null })[];
  clashes: RowClash[];
  refusal: (RefusalDetail & { message: string; next: string }) | null;
  /** What the person wanted, row by row. */
  rows: { entity: EntityName; id: string; title: string; op: string; values: Record<string, unknown> }[];
  /** The change in this list whose coming to nothing made this one come back. */
  dependsOn: string | null;
  /** Who could do it, where this person may not: the program's own people first. */
  ask: { name: string; email: string; role: string }[];
}

/**
 * One person deletes what another works on.
 * `gone`: they deleted the row; `parent-gone`: they deleted what it hangs from; `changed`: they worked on what I delete.
 */
export type RowClash = Omit<Clash, 'clash' | 'entity' | 'theirsName' | 'restore' | 'news' | 'total'> & {
  entity: EntityName;
  theirsName: string | null;
} & (
    | { kind: 'gone' | 'parent-gone'; restore: (WayBack & { entity: EntityName })[] }
    | {
        kind: 'changed';
        news: (Omit<ClashNews, 'entity' | 'byName'> & { entity: EntityName; byName: string | null })[];
        total: number;
      }
  );
