import { z } from 'zod';
import type { EntityName } from '../entities';
import type { NeedsYou } from './requests';

/** What is asked and ordered in the sync centre, beside what waits and what came back. */

export const syncRequests = {
  /** What sending would do, without doing it. */
  'sync.rehearse': z.object({}),
  /** Stops sending, or goes on. Others' changes arrive either way. */
  'sync.hold': z.object({ held: z.boolean() }),
} as const;

/** What would become of a waiting change. `same`: the server has it so already; `sent`: it arrived, only the answer got lost. */
export type RehearsedOutcome = 'apply' | 'same' | 'merge' | 'conflict' | 'refuse' | 'sent';

export interface RehearsedChange {
  mutationId: string;
  at: number;
  label: string;
  outcome: RehearsedOutcome;
  rows: number;
  /** For `merge`: who else changed the same rows, and which of their fields. */
  merges: { entity: EntityName; id: string; title: string; by: string | null; at: number; fields: string[] }[];
  /** For `conflict` and `refuse`: the card it would become. */
  card: NeedsYou | null;
}

export interface Rehearsal {
  at: number;
  /** Oldest first, as they would be sent. */
  changes: RehearsedChange[];
  counts: Record<RehearsedOutcome, number>;
  /** Waiting changes beyond those that are rehearsed at once. */
  more: number;
}

export interface SyncOutputs {
  'sync.rehearse': Rehearsal;
  'sync.hold': { held: boolean };
}
