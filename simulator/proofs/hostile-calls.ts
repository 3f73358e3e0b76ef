/**
 * What somebody says who has the password of the desks, a session of their own, and any SQL they like: drawn calls, each aimed at a program
 * they have nothing to do with.
 */
import type { Entity } from '../../src/shared/model';
import { allEntities } from '../../src/shared/entities';
import { newId } from '../../src/shared/model';
import type { Chance } from '../chance';

/** A function of schema `api`, as the catalogue names it. */
export interface ApiFunction {
  name: string;
  names: string[];
  types: string[];
  isTable: boolean;
}

/** What the attacker knows: ids leak. */
export interface Target {
  program: string;
  people: string[];
  devices: string[];
  rows: { entity: string; id: string; row: Record<string, unknown> }[];
}

export interface Attacker {
  user: string;
  token: string;
  device: string;
  program: string;
  /** The last number the server took of this device. */
  seq: number;
  /** Batches that were sent, with what was answered. */
  sent: { values: unknown[]; answer: string }[];
}

export interface Call {
  kind: string;
  text: string;
  values: unknown[];
  /** A batch that was answered before: the same answer must come, and nothing may happen. */
  expected?: string;
  /** A push that may be taken, and then is the next number. */
  push?: { seq: number };
}

const sqlTexts = [
  "'; drop table app.students; --",
  "' or '1'='1",
  '"; select * from app.students; --',
  "$$; update app.users set role = 'super_admin'; $$",
  "\\'; delete from audit.entry; --",
  "x') union select token_hash::text from auth.session --",
  '%s%n%I%L%1$s',
  '../../etc/passwd',
  '\u202e{0}',
];
const values = [
  null,
  true,
  0,
  -1,
  9e15,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  { a: { b: [] } },
  '9999-12-31',
  '{',
  '1:1:',
  'NaN',
];

const push = (
  { token, device }: Attacker,
  ops: unknown,
  seq: unknown,
  id: unknown = newId(),
  from = device,
): Pick<Call, 'text' | 'values'> => ({
  text: 'select api.push($1, $2, $3, $4) as r',
  values: [token, from, 1, JSON.stringify([{ seq, id, via: 'typed', ops }])],
});

export function drawCall(chance: Chance, me: Attacker, target: Target, functions: readonly ApiFunction[]): Call {
  const dice = chance.below(1000);
  const next = me.seq + 1;
  if (dice < 260)
    return { kind: 'a foreign row changed', ...push(me, [foreignOp(chance, me, target)], next), push: { seq: next } };
  if (dice < 340)
    return {
      kind: 'a foreign row named in one of mine',
      ...push(me, [ownOp(chance, me, target)], next),
      push: { seq: next },
    };
  if (dice < 400 && me.sent.length > 0) {
    const { values: again, answer } = chance.pick(me.sent);
    return { kind: 'a batch again', text: 'select api.push($1, $2, $3, $4) as r', values: again, expected: answer };
  }
  if (dice < 440)
    return {
      kind: 'the device of another',
      ...push(me, [foreignOp(chance, me, target)], 1 + chance.below(9), newId(), chance.pick(target.devices)),
    };
  if (dice < 480)
    return {
      kind: 'numbers out of order',
      ...push(me, [foreignOp(chance, me, target)], chance.pick([0, -1, next + 5, 1, 'x', null, 2 ** 53])),
    };
  if (dice < 484) return { kind: 'oversize', ...oversize(chance, me, target, next) };
  if (dice < 560)
    return {
      kind: 'SQL in every string',
      ...push(me, sqlOps(chance), next, chance.pick([newId(), ...sqlTexts])),
      push: { seq: next },
    };
  if (dice < 640)
    return {
      kind: 'wrong shapes',
      ...push(me, chance.pick<unknown>([...values, [wrongOp(chance, target)]]), chance.pick([next, ...values])),
    };
  if (dice < 700)
    return {
      kind: 'a rehearsal',
      text: 'select api.rehearse($1, 1, $2) as r',
      values: [me.token, JSON.stringify([{ seq: next, id: newId(), ops: [foreignOp(chance, me, target)] }])],
    };
  if (dice < 770)
    return {
      kind: 'a forged cursor',
      text: 'select api.pull($1, 1, $2, $3, $4) as r',
      values: [me.token, ...forgedCursor(chance, me, target)],
    };
  if (dice < 800) return { kind: 'plain SQL', text: plainSql(chance, target), values: [] };
  return anyFunction(chance, me, target, chance.pick(functions));
}

function foreignOp(chance: Chance, me: Attacker, target: Target): Record<string, unknown> {
  const { entity, id, row } = chance.pick(target.rows);
  const op = chance.pick(['update', 'delete', 'restore', 'insert', 'reveal']);
  const field = chance.pick(Object.keys(row));
  const version = Number(row['rowVersion'] ?? 1);
  if (op === 'insert')
    return {
      entity,
      op,
      id: chance.is(0.5) ? id : newId(),
      version: 0,
      patch: { ...patchOf(row), programId: target.program },
    };
  if (op === 'update')
    return {
      entity,
      op,
      id,
      version,
      base: { [field]: row[field] },
      patch: { [field]: chance.pick<unknown>(['reached', me.program, me.user, null, true, 7]) },
    };
  return { entity, op, id, version, ...(op === 'reveal' ? { reason: 'curious', field } : {}) };
}

/** A row of the attacker's own program that points into the other, or wants to go there. */
function ownOp(chance: Chance, me: Attacker, target: Target): Record<string, unknown> {
  const { entity, row } = chance.pick(target.rows);
  const patch = { ...patchOf(row), programId: chance.is(0.7) ? me.program : target.program };
  return chance.is(0.8)
    ? { entity, op: 'insert', id: newId(), version: 0, patch }
    : {
        entity: 'user_program_assignments',
        op: 'insert',
        id: newId(),
        version: 0,
        patch: { programId: target.program, userId: me.user },
      };
}

const patchOf = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => !/^(id|rowVersion|createdAt|updatedAt|createdBy|updatedBy)$/.test(name)),
  );

function sqlOps(chance: Chance): unknown[] {
  const text = (): string => chance.pick(sqlTexts);
  const fields = { [text()]: text(), firstName: text(), programId: text() };
  return [
    {
      entity: chance.pick(['students', 'facilities', text()]),
      op: chance.pick(['insert', 'update', 'delete', text()]),
      id: chance.pick([newId(), text()]),
      version: 0,
      base: fields,
      patch: fields,
    },
  ];
}

function wrongOp(chance: Chance, target: Target): Record<string, unknown> {
  const { entity, id } = chance.pick(target.rows);
  const wrong = (): unknown => chance.pick<unknown>(values);
  return {
    entity: chance.pick([entity, wrong()]),
    op: chance.pick(['insert', 'update', 'delete', wrong()]),
    id: chance.pick([id, wrong()]),
    version: wrong(),
    base: wrong(),
    patch: chance.pick([wrong(), { programId: wrong(), name: wrong() }]),
  };
}

function oversize(chance: Chance, me: Attacker, target: Target, seq: number): Pick<Call, 'text' | 'values'> {
  const { entity, id } = target.rows[0]!;
  const long = 'x'.repeat(1_000_000 * (1 + chance.below(5)));
  if (chance.is(0.5))
    return push(me, [{ entity, op: 'update', id, version: 1, base: { name: long }, patch: { name: long } }], seq);
  return push(
    me,
    Array.from({ length: 20_000 }, () => ({ entity, op: 'delete', id, version: 1 })),
    seq,
  );
}

function forgedCursor(chance: Chance, me: Attacker, { program }: Target): unknown[] {
  const kind = chance.pick(['catalogue', 'people', 'confidential', 'finance', 'own', 'teaching', 'admin', 'platform']);
  const scopes = {
    [`${kind}:${program}`]: chance.pick(['1:1:', null, 'x', "1:1:'"]),
    [`people:${me.program}`]: '1:1:',
  };
  const after = chance.pick<unknown>([null, [chance.below(8), program, '0', 0, program], ['x'], [1, 2], {}]);
  return [
    JSON.stringify(scopes),
    after === null ? null : JSON.stringify(after),
    chance.pick([0, 10, 1000, -5, 2_000_000]),
  ];
}

function plainSql(chance: Chance, { program, rows, people }: Target): string {
  const { entity, id } = chance.pick(rows);
  return chance.pick([
    `select * from app.${entity}`,
    `update app.${entity} set deleted_at = now() where id = '${id}'`,
    `select sync.json_${entity}(t) from app.${entity} t`,
    `select * from sync.rows_of(1::smallint, array['${id}']::uuid[])`,
    `select sync.perform('{}')`,
    `select auth.become('${people[0] ?? id}', 'super_admin', null)`,
    `set role provost_engine`,
    `set session authorization provost_owner`,
    `set row_security = off`,
    `create temp table users (id uuid)`,
    `create schema api2`,
    `do $$ begin perform set_config('provost.programs', '{${program}}', false); end $$`,
    `select set_config('provost.rank', '4', false), set_config('provost.user_id', '${people[0] ?? id}', false), set_config('provost.programs', '{${program}}', false)`,
    `copy app.${entity} to stdout`,
    `select * from audit.entry`,
    `select lo_import('/etc/passwd')`,
  ]);
}

/** Every function a desk may call, with what it expects, and with what it does not. */
function anyFunction(chance: Chance, me: Attacker, target: Target, { name, names, types, isTable }: ApiFunction): Call {
  const { entity, id } = chance.pick(target.rows);
  const args = names.map((arg, at): unknown => {
    if (arg === 'token') return chance.is(0.9) ? me.token : chance.pick(sqlTexts);
    if (chance.is(0.08)) return String(chance.pick<unknown>(values));
    if (types[at] === 'uuid') return chance.pick([target.program, id, ...target.people, me.program]);
    if (types[at] === 'integer' || types[at] === 'bigint') return chance.pick([1, 10, 1000, -1]);
    if (types[at] === 'boolean') return chance.is(0.5);
    if (types[at] === 'uuid[]') return `{${id}}`;
    if (types[at] === 'json' || types[at] === 'jsonb')
      return JSON.stringify(
        chance.pick<unknown>([
          ...values,
          [[`people:${target.program}`, entity, null]],
          {
            programId: target.program,
            program: target.program,
            rowId: id,
            id,
            entity,
            userId: target.people[0],
            mentorId: id,
            deviceId: target.devices[0],
            words: 'only-the-target',
            limit: 100,
            from: '2030-01-01',
            until: '2030-02-01',
            timeZone: 'UTC',
            minutes: 30,
          },
        ]),
      );
    return chance.pick([
      entity,
      `people:${target.program}`,
      `confidential:${target.program}`,
      'people',
      'catalogue',
      'finance',
      'confidential',
      ...sqlTexts,
      target.program,
      'slots',
      'free-slots',
      'mentor-feedback',
      'find',
      'devices',
      'sign-out-device',
      'book',
      'trail',
    ]);
  });
  const holes = args.map((_, at) => `$${at + 1}::${types[at]}`).join(', ');
  return {
    kind: 'any function',
    text: isTable ? `select * from api.${name}(${holes})` : `select api.${name}(${holes}) as r`,
    values: args,
  };
}

export const programEntities: readonly Entity[] = allEntities.filter(({ scope }) => scope === 'program');
