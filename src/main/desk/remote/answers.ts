/**
 * Every answer of the central database is checked before anything of it is used: a server that is broken, hostile or no Provost server at all
 * must change nothing here.
 *
 * Rows are checked value by value against the entity's declaration, by code of ours rather than by zod: a pull may bring thousands.
 * What a newer server knows and this console does not (entities, fields, scope classes) is passed over, never an error.
 */
import { z } from 'zod';
import type {
  AuditEntry,
  Clash,
  Digest,
  Hello,
  PullResult,
  PushResult,
  RehearsalResult,
  ScopeKey,
  SessionFacts,
  SignInResult,
  WireRow,
} from '../../../shared/contract/wire';
import { entityOf, isEntityName } from '../../../shared/entities';
import { isId, type Field, type FieldKind } from '../../../shared/model';
import { nonsense } from './remote-error';

const count = z.number().int().min(0);
const millis = z.number().min(-8.64e15).max(8.64e15);
const id = z.string().refine(isId);
const scope = z
  .string()
  .max(200)
  .regex(/^[a-z_]+:[0-9a-f-]{36}$/)
  .transform((key) => key as ScopeKey);

export const hello = z.object({
  product: z.literal('provost'),
  protocol: count,
  minProtocol: count,
  epoch: z.string().min(1).max(200),
  now: millis,
  isPrimary: z.boolean(),
}) satisfies z.ZodType<Hello>;

export const sessionFacts = z.object({
  userId: id,
  fullName: z.string().max(1000),
  email: z.string().max(1000),
  role: z.enum(['super_admin', 'program_admin', 'program_coordinator', 'tutor']),
  programs: z.array(id),
  scopes: z.array(scope),
  encryptStores: z.boolean().optional(),
  names: z.record(id, z.string().max(1000)).optional(),
}) satisfies z.ZodType<SessionFacts>;

export const signInResult = z.union([
  z.object({ ok: z.literal(true), token: z.string().min(16).max(500), expiresAt: millis, session: sessionFacts }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(['wrong-password', 'locked-out', 'suspended', 'pending', 'no-console-access', 'password-too-long']),
    retryAt: millis.optional(),
  }),
]) satisfies z.ZodType<SignInResult>;

export const signedOut = z.object({ err: z.literal('signed-out') });
export const sessionResult = z.union([signedOut, sessionFacts]);

const otherWriter = z.object({
  entity: z.string(),
  id,
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  at: millis,
  fields: z.array(z.string()).max(1000),
});

const named = { entity: z.string().max(100), id, title: z.string().max(2000) };
const personName = z.string().max(1000).nullish();
const theirs = { theirsBy: z.string().nullable(), theirsAt: z.number().nullable(), theirsName: personName };
/** What comes with a refusal is told without its nulls. */
const orNull = <T>(given: z.ZodType<T>) => given.nullish().transform((value) => value ?? null);
const clash = z.discriminatedUnion('clash', [
  z.object({
    clash: z.literal('gone'),
    ...named,
    theirsBy: orNull(z.string()),
    theirsAt: orNull(z.number()),
    theirsName: personName,
    restore: z
      .array(z.object({ ...named, needs: orNull(z.string().max(200)), holds: orNull(z.record(z.string(), count)) }))
      .max(100),
  }),
  z.object({
    clash: z.literal('changed'),
    ...named,
    ...theirs,
    news: z
      .array(
        z.object({
          ...named,
          isNew: z.boolean(),
          fields: z.array(z.string()).max(1000),
          by: z.string().nullable(),
          byName: personName,
          at: millis,
        }),
      )
      .max(100),
    total: count,
  }),
]) satisfies z.ZodType<Clash>;

const mutationResult = z.object({
  seq: count,
  id,
  status: z.enum(['applied', 'merged', 'noop', 'conflict', 'rejected']),
  repeated: z.boolean().optional(),
  refusal: z
    .object({
      code: z.string().max(200),
      entity: z.string().optional(),
      id: z.string().optional(),
      fields: z.array(z.string()).optional(),
      detail: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  conflicts: z
    .array(
      z.union([
        clash,
        z.object({
          entity: z.string(),
          id: z.string(),
          field: z.string(),
          base: z.unknown(),
          mine: z.unknown(),
          theirs: z.unknown(),
          ...theirs,
        }),
      ]),
    )
    .optional(),
});

export const pushResult = z.union([
  z.object({ err: z.enum(['signed-out', 'device-owner', 'protocol-too-old', 'too-large']) }),
  z.object({ err: z.enum(['fork', 'gap']), lastSeq: count, results: z.array(mutationResult) }),
  z.object({ err: z.undefined().optional(), results: z.array(mutationResult), lastSeq: count }),
]) as unknown as z.ZodType<PushResult>;

export const rehearsalResult = z.union([
  z.object({ err: z.enum(['signed-out', 'protocol-too-old', 'too-large']) }),
  z.object({
    err: z.undefined().optional(),
    results: z.array(mutationResult.omit({ seq: true }).extend({ with: z.array(otherWriter).optional() })),
  }),
]) as unknown as z.ZodType<RehearsalResult>;

const status = z.enum(['applied', 'merged', 'noop', 'conflict', 'rejected']);

export const brought = z.union([
  z.object({ err: z.string().max(100) }),
  z.object({
    userName: z.string(),
    deviceName: z.string().nullable(),
    at: millis,
    changes: count,
    statuses: z.array(status),
    already: z.object({ at: millis, by: z.string().nullable() }).optional(),
    receipt: z.string().nullish(),
  }),
]);

export const receiptContent = z.object({ results: z.array(mutationResult) });

export const deviceList = z.union([
  signedOut,
  z.object({
    answer: z.array(
      z.object({
        deviceId: id,
        name: z.string().nullable(),
        client: z.string().nullable(),
        lastSeenAt: millis,
        since: millis,
        isThis: z.boolean().nullable().transform(Boolean),
      }),
    ),
  }),
]);
export const signedOutDevices = z.union([signedOut, z.object({ answer: count })]);

/** The cursor goes back into a query as it is: nothing but a snapshot may pass. */
export const snapshot = z
  .string()
  .max(1_000_000)
  .regex(/^\d+:\d+:[\d,]*$/);

const pullFrame = z.union([
  z.object({ err: z.enum(['signed-out', 'protocol-too-old', 'standby']) }),
  z.object({
    err: z.undefined().optional(),
    epoch: z.string().min(1).max(200),
    snapshot,
    session: sessionFacts,
    changes: z.array(z.unknown()).max(100_000),
    after: z.unknown(),
  }),
]);

const auditEntry = z.object({
  id: z.number(),
  at: millis,
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  databaseUser: z.string().nullable(),
  deviceId: z.string().nullable(),
  deviceName: z.string().nullable(),
  mutationId: z.string().nullable(),
  via: z.string().nullable(),
  entity: z.string(),
  rowId: z.string(),
  action: z.enum(['insert', 'update', 'delete', 'restore', 'reveal', 'sign-out']),
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  reason: z.string().nullable(),
});
export const auditEntries = z.array(auditEntry) satisfies z.ZodType<AuditEntry[]>;

const trailEntry = auditEntry.extend({
  programId: z.string().nullable(),
  row: z.record(z.string(), z.unknown()).nullable(),
});
const next = count.nullable();

/** Answers about the audit trail, by question. */
export const trailAnswers = {
  'trail-search': z.object({
    groups: z.array(
      z.object({ mutationId: z.string().nullable(), count, isMore: z.boolean(), entries: z.array(trailEntry).min(1) }),
    ),
    next,
  }),
  'trail-count': z.object({ count, isMore: z.boolean() }),
  'trail-list': z.object({
    entries: z.array(
      trailEntry.extend({
        link: z
          .object({
            chain: z.string(),
            seq: count,
            hash: z.string(),
            previous: z.string(),
            text: z.string().nullable(),
          })
          .nullable()
          .optional(),
      }),
    ),
    next,
  }),
  'trail-since': z.array(
    z.object({ entity: z.string(), rowId: z.string(), field: z.string(), at: millis, userName: z.string().nullable() }),
  ),
  'trail-chains': z.array(z.object({ programId: id, from: count, to: count, root: z.string() })),
  'trail-verify': z.union([
    z.object({ refused: z.literal(true) }),
    z.object({
      refused: z.undefined().optional(),
      next,
      problem: z.string().nullable(),
      broken: z
        .object({
          id: count,
          at: millis.nullable(),
          userName: z.string().nullable(),
          via: z.string().nullable(),
          entity: z.string().nullable(),
          rowId: z.string().nullable(),
          action: z.string().nullable(),
        })
        .nullable(),
    }),
  ]),
};
export type TrailQuestion = keyof typeof trailAnswers;
export type TrailAnswer<Q extends TrailQuestion> = z.output<(typeof trailAnswers)[Q]>;

export const digest = z.record(z.string(), z.tuple([count, z.string()])) satisfies z.ZodType<Digest>;

export const rowsAhead = z.object({ rows: count });

/** The answer in its shape, or RemoteError `nonsense`. */
export function understand<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw nonsense();
  return parsed.data;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const isOfKind: Record<FieldKind, (value: unknown) => boolean> = {
  text: isText,
  markdown: isText,
  email: isText,
  slug: isText,
  url: isText,
  integer: isWhole,
  money: isWhole,
  currency: isText,
  percent: isWhole,
  boolean: (value) => typeof value === 'boolean',
  choice: isText,
  option: isText,
  reference: isId,
  list: (value) => Array.isArray(value) && value.every(isText),
  json: () => true,
  date: (value) => typeof value === 'string' && /^\d{4,6}-\d\d-\d\d$/.test(value),
  timestamp: isWhole,
  time: (value) => typeof value === 'string',
  timeRange: (value) => Array.isArray(value) && value.length === 2 && value.every(isWhole),
  recurrence: isText,
  order: isWhole,
  sensitive: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isText),
  generated: isText,
};

const checks = new Map<string, [name: string, field: Field][]>();
const fieldsOf = (entity: string): [string, Field][] => {
  let fields = checks.get(entity);
  if (!fields) checks.set(entity, (fields = isEntityName(entity) ? Object.entries(entityOf(entity).fields) : []));
  return fields;
};
const isStampTime = (value: unknown): boolean => value === null || isWhole(value);
const isStampUser = (value: unknown): boolean => value === null || isId(value);

/** A whole row of a known entity: the stamp, and every declared field present and of its kind (or null). */
function isWireRow(entity: string, rowId: string, value: unknown): value is WireRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const row = value as Record<string, unknown>;
  if (row['id'] !== rowId || !isWhole(row['rowVersion'])) return false;
  if (!isStampTime(row['createdAt']) || !isStampTime(row['updatedAt'])) return false;
  if (!isStampUser(row['createdBy'] ?? null) || !isStampUser(row['updatedBy'] ?? null)) return false;
  for (const [name, field] of fieldsOf(entity)) {
    const cell = row[name];
    if (cell === undefined) return false;
    if (cell !== null && !isOfKind[field.kind](cell)) return false;
  }
  return true;
}

type Change = Extract<PullResult, { changes: unknown }>['changes'][number];

function isChange(value: unknown, scopes: ReadonlySet<string>): value is Change {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [of, entity, rowId, op, row] = value as unknown[];
  if (typeof of !== 'string' || typeof entity !== 'string' || !isId(rowId)) return false;
  // Security: a row of a scope this session does not hold must not be kept, whatever sent it (I4).
  if (!scopes.has(of)) return false;
  if (op === 'D' || op === 'L') return row === null;
  return op === 'P' && (!isEntityName(entity) || isWireRow(entity, rowId, row));
}

/** A page of changes, checked to the last value; RemoteError `nonsense` otherwise. */
export function understandPull(answer: unknown): PullResult {
  const frame = understand(pullFrame, answer);
  if (frame.err !== undefined) return { err: frame.err };
  const scopes = new Set<string>(frame.session.scopes);
  const { changes } = frame;
  for (const change of changes) if (!isChange(change, scopes)) throw nonsense();
  return {
    epoch: frame.epoch,
    snapshot: frame.snapshot,
    session: frame.session,
    changes: changes as Change[],
    after: frame.after ?? null,
  };
}
