import { z } from 'zod';
import { entityNames, type EntityName } from '../entities';
import type { AuditEntry } from './wire';

/** The audit trail over all records. It is kept by the central database, which answers; nothing of it is kept here. */

const id = z.uuid();
const entity = z.enum(entityNames as [EntityName, ...EntityName[]]);
const entryId = z.number().int().min(0);

/** All of these hold. Times in milliseconds, `until` not included. */
export const trailFilter = z.strictObject({
  userId: id.optional(),
  deviceId: id.optional(),
  programs: z.array(id).max(200).optional(),
  from: z.number().int().optional(),
  until: z.number().int().optional(),
  entity: entity.optional(),
  rowId: id.optional(),
  /** A curriculum in all its versions, with its modules and lessons. */
  curriculumId: id.optional(),
  field: z.string().max(60).optional(),
  action: z.enum(['insert', 'update', 'delete', 'restore', 'reveal', 'sign-out']).optional(),
  via: z.string().max(40).optional(),
  mutationId: id.optional(),
  /** Who assigned whom where: enrollments added, or moved to another facility. */
  assigned: z.literal(true).optional(),
});
export type TrailFilter = z.infer<typeof trailFilter>;

/** What is taken back: everything one act did; everything since an entry, of a record or of one field of it. */
export const restoreWhat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), mutationId: id }),
  z.object({ kind: z.literal('record'), entity, id, from: entryId }),
  z.object({ kind: z.literal('field'), entity, id, from: entryId, field: z.string().max(60) }),
]);
export type RestoreWhat = z.infer<typeof restoreWhat>;

export const trailRequests = {
  'audit.search': z.object({
    filter: trailFilter.default({}),
    before: entryId.optional(),
    /** Acts of the last page: where they reach into this one they are not told again. */
    seen: z.array(id).max(100).default([]),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  'audit.count': z.object({ filter: trailFilter.default({}) }),
  'audit.batch': z.object({ mutationId: id, before: entryId.optional() }),
  /** One slice of an export, as lines of JSON that prove themselves. */
  'audit.proof': z.object({ filter: trailFilter.default({}), before: entryId.optional() }),
  'audit.chains': z.object({}),
  'audit.verify': z.object({ programId: id, after: entryId.nullable() }),
  'audit.plan': z.object({ what: restoreWhat }),
  'audit.restore': z.object({ what: restoreWhat }),
} as const;

export interface TrailEntry extends AuditEntry {
  programId: string | null;
  /** What a deleted record was, where it may be told. */
  row: Record<string, unknown> | null;
}

/** What one act did, newest first: the first few entries of those that match. */
export interface TrailGroup {
  mutationId: string | null;
  count: number;
  /** There are more than `count`. */
  isMore: boolean;
  entries: TrailEntry[];
}

export interface TrailChain {
  programId: string;
  /** The first link here comes after this; earlier ones are archived. */
  from: number;
  to: number;
  root: string;
}

export interface BrokenLink {
  id: number;
  at: number | null;
  userName: string | null;
  via: string | null;
  entity: string | null;
  rowId: string | null;
  action: string | null;
}

export interface PlannedChange {
  entity: EntityName;
  id: string;
  title: string;
  /** What becomes of the record. */
  act: 'change' | 'delete' | 'bring-back';
  /** Field -> [as it is, as it will be]. */
  values: Record<string, [unknown, unknown]>;
}

export interface SkippedChange {
  entity: EntityName;
  id: string;
  title: string;
  /** Empty: the record as a whole. */
  field: string;
  /** Who changed it since and when, or null where something else holds it. */
  by: string | null;
  at: number | null;
}

export interface RestorePlan {
  /** The first of them; `count` says how many there are. */
  changes: PlannedChange[];
  count: number;
  skipped: SkippedChange[];
  /** Why nothing of it can be done, in words; null where it can. */
  stops: string | null;
}

export interface TrailOutputs {
  'audit.search': { groups: TrailGroup[]; next: number | null };
  'audit.count': { count: number; isMore: boolean };
  'audit.batch': { entries: TrailEntry[]; next: number | null };
  'audit.proof': { lines: string[]; next: number | null };
  'audit.chains': TrailChain[];
  'audit.verify': { next: number | null; problem: string | null; broken: BrokenLink | null };
  'audit.plan': RestorePlan;
  'audit.restore': { mutationId: string | null; count: number; skipped: SkippedChange[] };
}
