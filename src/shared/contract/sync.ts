import { z } from 'zod';
import type { EntityName } from '../entities';
import type { StoredFile } from './exchange';
import type { NeedsYou } from './needs-you';

/** What is asked and ordered in the sync centre, beside what waits and what came back. */

export const syncRequests = {
  /** What sending would do, without doing it. */
  'sync.rehearse': z.object({}),
  /** Stops sending, or goes on. Others' changes arrive either way. */
  'sync.hold': z.object({ held: z.boolean() }),
  'sync.devices': z.object({}),
  'sync.sign-out-device': z.object({ deviceId: z.uuid() }),
  /** What others' changes brought here lately. */
  'sync.arrived': z.object({ limit: z.number().int().min(1).max(200).default(100) }),
  'sync.parts': z.object({}),
  'sync.prove': z.object({ scope: z.string().max(200) }),
  /** Writes what waits into a file for somebody to carry. */
  'sync.bundle': z.object({}),
  /** Reads a file that was carried here. Without `commit`, changes are only rehearsed; receipts are filed at once. */
  'sync.bring': z.object({ file: z.uuid(), commit: z.boolean().default(false) }),
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

export interface Device {
  deviceId: string;
  name: string | null;
  /** The console's version. */
  client: string | null;
  lastSeenAt: number;
  since: number;
  isThis: boolean;
}

export interface Arrival {
  at: number;
  entity: EntityName;
  id: string;
  title: string;
  by: string | null;
  what: 'added' | 'changed' | 'gone';
  /** It can be opened. */
  isHere: boolean;
}

/** A part of the data this desk holds and can compare with the server. */
export interface ProvablePart {
  scope: string;
  /** Null where it belongs to no program. */
  program: string | null;
  part: string;
  isLoaded: boolean;
}

/** `differing`: how many of its 256 shares differed and were fetched anew; 0 where all is proven equal. */
export interface ProvenPart {
  rows: number;
  differing: number;
}

export type BundleCounts = Record<'apply' | 'merge' | 'conflict' | 'refuse', number>;

/** What a carried file held, and what became, or would become, of it. */
export type Brought =
  | {
      kind: 'changes';
      author: string;
      desk: string | null;
      /** When it was saved. */
      at: number;
      changes: number;
      counts: BundleCounts;
      committed: boolean;
      /** Everything in it had arrived before; `by` is who brought it, null where that desk sent it itself. */
      already: { at: number; by: string | null } | null;
      /** For the author to take back. */
      receipt: StoredFile | null;
    }
  | { kind: 'receipt'; changes: number; counts: BundleCounts };

export interface SyncOutputs {
  'sync.devices': Device[];
  'sync.sign-out-device': { ended: number };
  'sync.arrived': Arrival[];
  'sync.parts': ProvablePart[];
  'sync.prove': ProvenPart;
  'sync.bundle': StoredFile & { changes: number; more: number };
  'sync.bring': Brought;
  'sync.rehearse': Rehearsal;
  'sync.hold': { held: boolean };
}
