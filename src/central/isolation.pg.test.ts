import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities } from '../shared/entities';
import { newId } from '../shared/model';
import { scopesOf } from '../shared/rules/permit';
import type { SessionFacts } from '../shared/contract/wire';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, insert, student, update, type World } from './testing/ops';

/** A hostile client: the password of the desks, and any SQL it likes. */
let central: FreshCentral;
let swim: string;
let judo: string;
let worlds: Record<'swim' | 'judo', World>;
let client: pg.Client;
const desks: Record<string, TestDesk> = {};
const users: Record<string, string> = {};
const children: Record<string, string> = {};

beforeAll(async () => {
  central = await freshCentral();
  swim = await central.addProgram('SWIM');
  judo = await central.addProgram('JUDO');
  const add = async (name: string, role: string, programs: string[]): Promise<void> => {
    const user = await central.addUser({ role, programs });
    users[name] = user.id;
    desks[name] = await central.desk(await central.openSession(user.id));
  };
  await add('root', 'super_admin', []);
  await add('swimAdmin', 'program_admin', [swim]);
  await add('judoAdmin', 'program_admin', [judo]);
  await add('coordinator', 'program_coordinator', [swim]);
  await add('tutor', 'tutor', [swim]);
  worlds = { swim: await buildWorld(desks.swimAdmin!, swim), judo: await buildWorld(desks.judoAdmin!, judo) };
  for (const [name, program, desk] of [
    ['swim', swim, desks.swimAdmin!],
    ['judo', judo, desks.judoAdmin!],
  ] as const) {
    const id = newId();
    children[name] = id;
    await desk.change(
      student(program, id),
      insert('student_confidential', newId(), {
        programId: program,
        studentId: id,
        medicalInfo: { allergies: 'nuts' },
      }),
      enrollment(program, worlds[name], newId(), id),
    );
  }
  client = new pg.Client({ connectionString: central.clientUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await central.drop();
});

const idsOf = async (desk: TestDesk): Promise<Map<string, Record<string, unknown>>> => {
  const page = await desk.pull({}, null, 10_000);
  if ('err' in page) throw new Error(page.err);
  return new Map(
    page.changes.filter(([, , , op]) => op === 'P').map(([, entity, id, , row]) => [id, { ...row, entity }]),
  );
};

describe('the login of the desks', () => {
  const tables = [
    ...allEntities.map((e) => `app.${e.name}`),
    'auth.credential',
    'auth.session',
    'auth.attempt',
    'auth.calendar_token',
    'sync.head',
    'sync.device',
  ].concat([
    'sync.mutation',
    'sync.release',
    'audit.entry',
    'audit.seal',
    'audit.chain',
    'audit.progress',
    'drizzle.__drizzle_migrations',
  ]);
  const verbs: [string, (table: string) => string][] = [
    ['select', (t) => `select * from ${t}`],
    ['insert', (t) => `insert into ${t} default values`],
    ['update', (t) => `update ${t} set ctid = ctid`],
    ['delete', (t) => `delete from ${t}`],
    ['truncate', (t) => `truncate ${t}`],
    ['copy', (t) => `copy ${t} to stdout`],
    ['lock', (t) => `lock table ${t}`],
    ['drop', (t) => `drop table ${t}`],
    ['policy', (t) => `alter table ${t} disable row level security`],
  ];

  test('reaches no table with any verb', async () => {
    for (const table of tables) {
      for (const [verb, text] of verbs) {
        const code = await client.query(text(table)).then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
        expect([table, verb, code]).toEqual([table, verb, expect.stringMatching(/^(42501|0A000|42703|25P01)$/)]);
      }
    }
  });

  test.each([
    'create temp table t (a int)',
    'create table public.t (a int)',
    'create schema mine',
    'create function public.f() returns int language sql as $$select 1$$',
    'create role mine',
    'select pg_catalog.lo_create(0)',
    'select pg_terminate_backend(pg_backend_pid())',
    'select pg_cancel_backend(pg_backend_pid())',
    'select pg_advisory_lock(1)',
    'set role provost_engine',
    'set role provost_owner',
    'set session authorization postgres',
    `select auth.enter('x')`,
    `select auth.set_password('${newId()}', 'x', false)`,
    `select sync.apply('{}')`,
    'select audit.seal_up(1)',
    `select ext.gen_salt('bf')`,
    'set track_activities = on',
    'set log_statement = "all"',
    'set session_replication_role = replica',
    `select pg_read_file('/etc/passwd')`,
    `copy (select 1) to program 'true'`,
  ])('may not: %s', async (text) => {
    await expect(client.query(text)).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|42883|0LP01)$/) as string,
    });
  });

  test('does not show what others run', async () => {
    const { rows } = await client.query<{ query: string }>(
      `select query from pg_stat_activity where usename = 'provost_client' and query <> ''`,
    );
    expect(rows).toEqual([]);
  });

  test('has the limits of a desk', async () => {
    const { rows } = await client.query(
      `select current_setting('statement_timeout') as a, current_setting('lock_timeout') as b, current_setting('idle_in_transaction_session_timeout') as c`,
    );
    expect(rows[0]).toEqual({ a: '15s', b: '3s', c: '10s' });
  });
});

describe('without a session', () => {
  test('every function says signed out, and settings made beforehand speak for nobody', async () => {
    for (const name of ['user_id', 'rank', 'programs', 'device_id', 'mutation_id', 'at']) {
      const value =
        { user_id: users.root, rank: '4', programs: `{${swim},${judo}}`, at: '2001-01-01' }[name] ?? newId();
      await client.query('select set_config($1, $2, false)', [`provost.${name}`, value]);
    }
    const ask = async (text: string): Promise<unknown> =>
      (await client.query<{ r: unknown }>(`select ${text} as r`)).rows[0]?.r;
    expect(await ask(`api.session('')`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.pull('', 1, '{}', null, 100)`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.push(null, '${newId()}', 1, '[]')`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.history('x', 'students', '${children.swim}', null, 10)`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.digest('x', 'people:${swim}')`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.rows_ahead('x', '[["people:${swim}", "students", null]]')`)).toEqual({ err: 'signed-out' });
    expect(await ask(`api.seal_roots('x')`)).toEqual({ err: 'signed-out' });
    for (const { name } of allEntities) {
      await expect(client.query(`select * from api.load_${name}('x', 'people', '${swim}')`)).rejects.toMatchObject({
        code: 'PV401',
      });
    }
    await client.query('reset all');
  });

  test('a setting does not lift the session of a tutor', async () => {
    const { rows } = await client.query<{ r: SessionFacts }>(
      `select set_config('provost.rank', '4', false), set_config('provost.programs', '{${judo}}', false), api.session($1) as r`,
      [desks.tutor!.token],
    );
    expect(rows[0]?.r.programs).toEqual([swim]);
    await client.query('reset all');
  });

  test('ends when the user is suspended, deleted, loses the console role, or the token is withdrawn', async () => {
    const changes = [
      `update app.users set status = 'suspended' where id = $1`,
      `update app.users set role = 'student' where id = $1`,
      `update app.users set deleted_at = now() where id = $1`,
      'update auth.session set revoked_at = now() where user_id = $1',
      `update auth.session set expires_at = now() - interval '1 second' where user_id = $1`,
    ];
    for (const change of changes) {
      const user = await central.addUser({ role: 'tutor', programs: [swim] });
      const desk = await central.desk(await central.openSession(user.id));
      expect(await desk.session()).toMatchObject({ userId: user.id });
      await central.sql.query(change, [user.id]);
      expect(await desk.session()).toEqual({ err: 'signed-out' });
      await desk.close();
    }
  });
});

describe('programs', () => {
  test('scopes are those of the permission matrix', async () => {
    for (const desk of Object.values(desks)) {
      const facts = await desk.session();
      if ('err' in facts) throw new Error(facts.err);
      expect([...facts.scopes].sort()).toEqual([...scopesOf(facts)].sort());
    }
  });

  test('nobody but a super admin receives a row of another program', async () => {
    for (const name of ['swimAdmin', 'coordinator', 'tutor']) {
      for (const [id, row] of await idsOf(desks[name]!)) {
        const program = row.entity === 'programs' ? id : row.programId;
        if (program !== undefined) expect([name, row.entity, program]).toEqual([name, row.entity, swim]);
      }
    }
    const all = await idsOf(desks.root!);
    expect(all.has(children.judo!) && all.has(children.swim!)).toBe(true);
  });

  test('a tutor receives no people, a coordinator no rows above their class', async () => {
    const tutor = [...(await idsOf(desks.tutor!)).values()].map((row) => row.entity);
    expect(tutor).not.toContain('students');
    expect(tutor).not.toContain('student_confidential');
    const coordinator = [...(await idsOf(desks.coordinator!)).values()].map((row) => row.entity);
    expect(coordinator).toContain('students');
    expect(coordinator).toContain('student_confidential');
  });

  test('loading a scope that is not held is refused', async () => {
    for (const [name, scope] of [
      ['swimAdmin', `people', '${judo}`],
      ['tutor', `people', '${swim}`],
      ['tutor', `confidential', '${swim}`],
      ['swimAdmin', `admin', '00000000-0000-0000-0000-000000000000`],
      ['swimAdmin', `own', '${users.root}`],
      ['swimAdmin', `nonsense', '${swim}`],
    ] as const) {
      const token = desks[name]!.token;
      await expect(client.query(`select * from api.load_students('${token}', '${scope}')`)).rejects.toMatchObject({
        code: 'PV403',
      });
    }
  });

  test('history is told to those who may see the row, and to nobody else', async () => {
    const told = async (name: string, entity: string, id: string): Promise<number> =>
      (await desks[name]!.call<unknown[]>('history', desks[name]!.token, entity, id, null, 50)).length;
    expect(await told('swimAdmin', 'students', children.swim!)).toBeGreaterThan(0);
    expect(await told('judoAdmin', 'students', children.swim!)).toBe(0);
    expect(await told('tutor', 'students', children.swim!)).toBe(0);
    const { rows } = await central.sql.query<{ id: string }>(
      'select id from app.student_confidential where student_id = $1',
      [children.swim],
    );
    expect(await told('coordinator', 'student_confidential', rows[0]!.id)).toBe(1);
    expect(await told('tutor', 'student_confidential', rows[0]!.id)).toBe(0);
  });

  test('writing into another program is refused, whatever the verb', async () => {
    const { swimAdmin } = desks;
    const refusal = async (...ops: Parameters<TestDesk['change']>): Promise<unknown> =>
      (await swimAdmin!.change(...ops)).refusal?.code;
    expect(await refusal(student(judo, newId()))).toBe('forbidden');
    expect(await refusal(update('students', children.judo!, 1, { phone: null }, { phone: '1' }))).toBe('not-found');
    expect(await refusal({ entity: 'students', op: 'delete', id: children.judo!, version: 1 })).toBe('not-found');
    expect(
      await refusal(
        insert('student_guardians', newId(), {
          programId: swim,
          studentId: children.judo,
          guardianId: users.coordinator,
          relationship: 'mother',
        }),
      ),
    ).toBe('wrong-program');
    expect(await refusal(enrollment(swim, worlds.judo, newId(), children.swim!))).toBe('wrong-program');
    expect(await refusal(update('programs', judo, 1, { name: 'Program JUDO' }, { name: 'Mine' }))).toBe('not-found');
    expect(
      await refusal(insert('user_program_assignments', newId(), { programId: judo, userId: users.swimAdmin })),
    ).toBe('forbidden');
    expect(
      await refusal(insert('user_program_assignments', newId(), { programId: swim, userId: users.judoAdmin })),
    ).toBe('not-found');
  });

  test('a user out of sight cannot be drawn in by naming their id', async () => {
    const guardian = await central.addUser({ role: 'guardian', programs: [judo] });
    const answer = await desks.coordinator!.change(
      insert('student_guardians', newId(), {
        programId: swim,
        studentId: children.swim,
        guardianId: guardian.id,
        relationship: 'mother',
      }),
    );
    expect(answer.refusal).toMatchObject({ code: 'not-found', fields: ['guardianId'] });
  });
});

describe('roles', () => {
  const program = (name: string): string => (name === 'judo' ? judo : swim);
  test.each([
    ['tutor', () => student(program('swim'), newId()), 'forbidden'],
    ['tutor', () => insert('facilities', newId(), { programId: swim, name: 'X', facilityType: 'pool' }), 'forbidden'],
    [
      'coordinator',
      () => insert('facilities', newId(), { programId: swim, name: 'X', facilityType: 'pool' }),
      'forbidden',
    ],
    [
      'coordinator',
      () => update('facility_course_pricing', worlds.swim.price, 1, { price: 1_500_000 }, { price: 1 }),
      'forbidden',
    ],
    ['coordinator', () => ({ entity: 'students', op: 'delete' as const, id: children.swim!, version: 1 }), 'forbidden'],
    ['swimAdmin', () => insert('institutions', newId(), { name: 'Mine' }), 'forbidden'],
    [
      'swimAdmin',
      () => insert('programs', newId(), { institutionId: newId(), code: 'XX', name: 'X', programType: 'trade' }),
      'forbidden',
    ],
    ['swimAdmin', () => insert('notifications', newId(), {}), 'forbidden'],
    ['swimAdmin', () => ({ entity: 'users', op: 'delete' as const, id: users.tutor!, version: 1 }), 'forbidden'],
  ] as const)('%s may not do what is not theirs (%#)', async (name, op, code) => {
    expect((await desks[name]!.change(op())).refusal?.code).toBe(code);
  });

  const person = (role: string): Record<string, unknown> => ({
    fullName: 'New Person',
    email: `${newId()}@example.org`,
    username: newId(),
    role,
  });
  test.each([
    ['coordinator', 'guardian', undefined],
    ['coordinator', 'tutor', 'rank-too-high'],
    ['swimAdmin', 'program_coordinator', undefined],
    ['swimAdmin', 'program_admin', 'rank-too-high'],
    ['swimAdmin', 'super_admin', 'rank-too-high'],
    ['root', 'super_admin', undefined],
    ['tutor', 'student', 'forbidden'],
  ] as const)('%s making a %s: %s', async (name, role, code) => {
    expect((await desks[name]!.change(insert('users', newId(), person(role)))).refusal?.code).toBe(code);
  });

  test('nobody raises anybody, not even themselves, to their own height', async () => {
    const raise = async (name: string, who: string, from: string, to: string): Promise<unknown> =>
      (await desks[name]!.change(update('users', users[who]!, 1, { role: from }, { role: to }))).refusal?.code;
    expect(await raise('swimAdmin', 'coordinator', 'program_coordinator', 'program_admin')).toBe('rank-too-high');
    expect(await raise('swimAdmin', 'swimAdmin', 'program_admin', 'super_admin')).toBe('rank-too-high');
    expect(await raise('coordinator', 'tutor', 'tutor', 'student')).toBe('rank-too-high');
    expect(await raise('swimAdmin', 'judoAdmin', 'program_admin', 'tutor')).toBe('not-found');
  });

  test('a new user is seen by whoever made them, until they belong to a program', async () => {
    const id = newId();
    await desks.coordinator!.change(insert('users', id, person('guardian')));
    expect((await idsOf(desks.coordinator!)).has(id)).toBe(true);
    expect((await idsOf(desks.swimAdmin!)).has(id)).toBe(false);
    await desks.coordinator!.change(
      insert('student_guardians', newId(), {
        programId: swim,
        studentId: children.swim,
        guardianId: id,
        relationship: 'mother',
      }),
    );
    expect((await idsOf(desks.swimAdmin!)).has(id)).toBe(true);
    expect((await idsOf(desks.judoAdmin!)).has(id)).toBe(false);
  });

  test('a user whose id is a program’s id holds nothing of the program', async () => {
    const id = judo;
    await central.sql.query(
      `insert into app.users (id, full_name, email, username, role, status) values ($1, 'Twin', 'twin@example.org', 'twin', 'program_admin', 'active')`,
      [id],
    );
    const twin = await central.desk(await central.openSession(id));
    const rows = [...(await idsOf(twin)).values()];
    expect(rows.filter((row) => row.programId === judo)).toEqual([]);
    await expect(
      client.query(`select * from api.load_students('${twin.token}', 'people', '${judo}')`),
    ).rejects.toMatchObject({ code: 'PV403' });
    await central.sql.query('update app.users set deleted_at = now() where id = $1', [id]);
  });
});

describe('who acted without being part of a program', () => {
  const factsOf = async (name: string): Promise<SessionFacts> => {
    const facts = await desks[name]!.session();
    if ('err' in facts) throw new Error(facts.err);
    return facts;
  };

  test('a super admin has a name on every desk, and nothing else is told of their account', async () => {
    const { rows } = await central.sql.query<{ full_name: string; email: string; username: string }>(
      'select full_name, email, username from app.users where id = $1',
      [users.root],
    );
    const root = rows[0]!;
    for (const name of ['swimAdmin', 'judoAdmin', 'coordinator', 'tutor']) {
      expect((await factsOf(name)).names).toMatchObject({ [users.root!]: root.full_name });
      expect((await idsOf(desks[name]!)).has(users.root!)).toBe(false);
      const told = JSON.stringify(await desks[name]!.pull({}, null, 10_000));
      expect(told).not.toContain(root.email);
      expect(told).not.toContain(root.username);
    }
  });

  test('whoever holds the account needs no name beside it', async () => {
    expect((await factsOf('root')).names).toEqual({});
  });

  test('who worked in a program and left is named there and in no other; who works elsewhere is not', async () => {
    const left = await central.addUser({ role: 'program_coordinator', programs: [swim], fullName: 'Lola Left' });
    await central.sql.query('update app.user_program_assignments set deleted_at = now() where user_id = $1', [left.id]);
    for (const name of ['swimAdmin', 'coordinator', 'tutor'])
      expect((await factsOf(name)).names).toMatchObject({ [left.id]: 'Lola Left' });
    expect((await factsOf('tutor')).names).not.toHaveProperty(users.judoAdmin!);
    expect((await factsOf('judoAdmin')).names).not.toHaveProperty(left.id);
    expect(JSON.stringify(await desks.tutor!.pull({}, null, 10_000))).not.toContain(left.email);
  });
});
