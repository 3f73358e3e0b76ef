/**
 * What a desk and the central database say to each other. The desk calls one `api` function per message; every argument and result is one of
 * these shapes as JSON, but for `api.load_<entity>`, which streams rows by COPY.
 */

/** Spoken by this console. A server refuses a desk below its `minProtocol`; a desk refuses a server below its own `minProtocol`. */
export const protocol = 1;
export const minServerProtocol = 1;

/** Which slice of the data: a data class, and whose (a program's id, a user's id, or the zero id for the platform). Written `class:owner`. */
export type ScopeClass =
  'platform' | 'admin' | 'catalogue' | 'people' | 'confidential' | 'finance' | 'own' | 'teaching';
export type ScopeKey = `${ScopeClass}:${string}`;
export const platformOwner = '00000000-0000-0000-0000-000000000000';

/** `api.hello()`: no session needed. */
export interface Hello {
  product: 'provost';
  protocol: number;
  minProtocol: number;
  /** System identifier, timeline and restore counter of the server: cursors are worth nothing under another epoch. */
  epoch: string;
  /** Server clock, milliseconds. */
  now: number;
  isPrimary: boolean;
}

/** `api.sign_in(email, password, device, device_name, client)`. Failures are returned, not raised, so that counters stay. */
export type SignInResult =
  | { ok: true; token: string; expiresAt: number; session: SessionFacts }
  | {
      ok: false;
      reason: 'wrong-password' | 'locked-out' | 'suspended' | 'pending' | 'no-console-access' | 'password-too-long';
      retryAt?: number;
    };

/** Who the token belongs to now. `api.session(token)` returns it, or `{err: 'signed-out'}`. */
export interface SessionFacts {
  userId: string;
  fullName: string;
  email: string;
  role: 'super_admin' | 'program_admin' | 'program_coordinator' | 'tutor';
  programs: string[];
  scopes: ScopeKey[];
  /** The server asks that stores on computers be encrypted. Missing where it is older than the question. */
  encryptStores?: boolean;
  /** Names, by user, of people who may have acted on rows of this session and whose accounts it does not hold. Missing where the server is older. */
  names?: Record<string, string>;
}

export type RowOp = 'insert' | 'update' | 'delete' | 'restore' | 'reveal';

/** One row's part of a mutation. Keys of `base` and `patch` are field names; values are canonical (see `FieldValues`). */
export interface Op {
  entity: string;
  op: RowOp;
  id: string;
  /** The row version the person saw; 0 for an insert. */
  version: number;
  /** Old values of the patched fields, as the person saw them. */
  base?: Record<string, unknown>;
  patch?: Record<string, unknown>;
  /** For a deletion, the versions the person saw of what the row holds, by id. Where it holds more than that, somebody is to be asked. */
  contents?: Record<string, number>;
  /** Why, where a reason is asked (reveal, override). */
  reason?: string;
}

/** One human action: atomic, in order per device. */
export interface Mutation {
  seq: number;
  id: string;
  /** How the person did it, for provenance: typed, paste, fill, import 12, undo … */
  via?: string;
  ops: Op[];
}

export type MutationStatus = 'applied' | 'merged' | 'noop' | 'conflict' | 'rejected';

/** Why a mutation was not applied. `code` is listed in `shared/rules/refusals.ts`; `detail` fills its sentence. */
export interface RefusalDetail {
  code: string;
  entity?: string;
  id?: string;
  fields?: string[];
  detail?: Record<string, unknown>;
}

/** A field both changed: what the person saw, what they typed, and what stands on the server now. */
export interface FieldConflict {
  entity: string;
  id: string;
  field: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  theirsBy: string | null;
  theirsAt: number | null;
  /** As the server knows them: they may work where this desk knows nobody. */
  theirsName?: string | null | undefined;
}

/** A row to be restored, and what comes back with it. `needs`: who may, where this session may not. */
export interface WayBack {
  entity: string;
  id: string;
  title: string;
  needs: string | null;
  holds: Record<string, number> | null;
}

/** What somebody did to a row, or to something in it, that another deletes. */
export interface ClashNews {
  entity: string;
  id: string;
  title: string;
  /** The deleting person had not seen it. */
  isNew: boolean;
  fields: string[];
  by: string | null;
  byName?: string | null | undefined;
  at: number;
}

/** Travels among the conflicts: one person deletes what another works on. */
export type Clash = {
  entity: string;
  id: string;
  title: string;
  theirsBy: string | null;
  theirsAt: number | null;
  theirsName?: string | null | undefined;
} & ({ clash: 'gone'; restore: WayBack[] } | { clash: 'changed'; news: ClashNews[]; total: number });
export const isClash = (conflict: FieldConflict | Clash): conflict is Clash => 'clash' in conflict;

export interface MutationResult {
  seq: number;
  id: string;
  status: MutationStatus;
  /** True where the server had this mutation already (a lost acknowledgement). */
  repeated?: boolean;
  refusal?: RefusalDetail;
  conflicts?: (FieldConflict | Clash)[];
}

/** `api.push(token, device, protocol, mutations)`. */
export type PushResult =
  | { results: MutationResult[]; lastSeq: number }
  | { err: 'signed-out' | 'device-owner' | 'protocol-too-old' | 'too-large' }
  | { err: 'fork'; lastSeq: number; results: MutationResult[] }
  | { err: 'gap'; lastSeq: number; results: MutationResult[] };

/** `api.rehearse(token, protocol, mutations)`: what a push would answer; nothing is changed and no number is used up. */
export type RehearsalResult = { results: RehearsedResult[] } | { err: 'signed-out' | 'protocol-too-old' | 'too-large' };

export interface RehearsedResult extends Omit<MutationResult, 'seq'> {
  /** For `merged`: who changed the same rows since, and which fields. */
  with?: { entity: string; id: string; userId: string | null; userName: string | null; at: number; fields: string[] }[];
}

/** `api.pull(token, protocol, cursors, after, limit)`: cursors by scope are `pg_snapshot` texts. */
export type PullResult =
  | {
      epoch: string;
      snapshot: string;
      session: SessionFacts;
      /** [scope, entity, row id, P put | D deleted | L left the scope, row] in keyset order. */
      changes: [scope: ScopeKey, entity: string, id: string, op: 'P' | 'D' | 'L', row: WireRow | null][];
      /** Hand back as `after` for the next page; null at the end of the round. */
      after: unknown;
    }
  | { err: 'signed-out' | 'protocol-too-old' | 'standby' };

/** A whole row in canonical values, keyed by field name, with its stamp. */
export type WireRow = {
  id: string;
  rowVersion: number;
  createdAt: number;
  updatedAt: number;
  createdBy: string | null;
  updatedBy: string | null;
} & Record<string, unknown>;

/** `api.history(token, entity, row id, before, limit)`: newest first. */
export interface AuditEntry {
  id: number;
  at: number;
  userId: string | null;
  userName: string | null;
  /** The database role, for changes made by an operator's own SQL. */
  databaseUser: string | null;
  deviceId: string | null;
  deviceName: string | null;
  mutationId: string | null;
  via: string | null;
  entity: string;
  rowId: string;
  action: 'insert' | 'update' | 'delete' | 'restore' | 'reveal' | 'sign-out';
  /** Field -> [old, new]. */
  changes: Record<string, [unknown, unknown]>;
  reason: string | null;
}

/** `api.digest(token, scope)`: 256 buckets of [count, hash]. */
export type Digest = Record<string, [count: number, hash: string]>;
