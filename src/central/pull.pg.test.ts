import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Digest, PullResult } from '../shared/contract/wire';
import { allEntities } from '../shared/entities';
import { newId } from '../shared/model';
import { createHash } from 'node:crypto';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, insert, remove, student, update, type World } from './testing/ops';

let central: FreshCentral;
let program: string;
let other: string;
let admin: TestDesk;
let root: TestDesk;
let rootId: string;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  other = await central.addProgram('JUDO');
  rootId = (await central.addUser({ role: 'super_admin' })).id;
  root = await central.desk(await central.openSession(rootId));
  const user = await central.addUser({ role: 'program_admin', programs: [program] });
  admin = await central.desk(await central.openSession(user.id));
});
afterAll(() => central.drop());

type Page = Extract<PullResult, { changes: unknown }>;

/** What a desk holds, by the rules of the protocol: rows by scope, and a cursor by scope. */
class Store {
  readonly held = new Map<string, Map<string, Record<string, unknown>>>();
  cursors: Record<string, string> = {};
  delivered = 0;
  constructor(readonly desk: TestDesk) {}

  /** Rounds until one fits a page; each takes the snapshot of its first page. */
  async pull(limit = 1000): Promise<void> {
    for (let done = false; !done;) {
      let after: unknown = null;
      let first: Page | null = null;
      let pages = 0;
      do {
        const page = await this.desk.pull(this.cursors, after, limit);
        if ('err' in page) throw new Error(page.err);
        first ??= page;
        for (const [scope, entity, id, op, row] of page.changes) {
          const rows = this.held.get(scope) ?? new Map<string, Record<string, unknown>>();
          this.held.set(scope, rows);
          this.delivered += 1;
          if (op === 'P') rows.set(`${entity}:${id}`, row as Record<string, unknown>);
          else rows.delete(`${entity}:${id}`);
        }
        after = page.after;
        pages += 1;
      } while (after !== null);
      const mine = new Set<string>(first.session.scopes);
      for (const scope of this.held.keys()) if (!mine.has(scope)) this.held.delete(scope);
      this.cursors = Object.fromEntries(first.session.scopes.map((scope) => [scope, first.snapshot]));
      done = pages === 1;
    }
  }
  rows(): Map<string, Record<string, unknown>> {
    return new Map([...this.held.values()].flatMap((rows) => [...rows]));
  }
  has(entity: string, id: string): boolean {
    return this.rows().has(`${entity}:${id}`);
  }
}

const truth = async (where = ''): Promise<Map<string, unknown>> => {
  const all = new Map<string, unknown>();
  for (const { name } of allEntities) {
    const { rows } = await central.sql.query<{ id: string; row: unknown }>(
      `select t.id, sync.json_${name}(t) as row from app.${name} t where t.deleted_at is null ${where}`,
    );
    for (const { id, row } of rows) all.set(`${name}:${id}`, row);
  }
  return all;
};

const sorted = <T>(map: Map<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe('pulling', () => {
  test('a super admin ends up with exactly the rows of the server, page by page', async () => {
    await buildWorld(admin, program);
    const store = new Store(root);
    await store.pull(7);
    const expected = await truth();
    for (const key of [...expected.keys()]) if (key.startsWith('notifications:')) expected.delete(key);
    expect(sorted(store.rows())).toEqual(sorted(expected));
  });

  test('nothing is delivered twice, and a poll without news is empty', async () => {
    const store = new Store(admin);
    await store.pull();
    const before = store.delivered;
    await store.pull();
    expect(store.delivered).toBe(before);
    const id = newId();
    await admin.change(student(program, id));
    await store.pull();
    expect(store.delivered).toBe(before + 1);
    expect(store.has('students', id)).toBe(true);
    await admin.change(remove('students', id));
    await store.pull();
    expect(store.has('students', id)).toBe(false);
  });

  test('a page never grows beyond what can be carried, and nothing is lost by that', async () => {
    const world = await buildWorld(admin, program);
    const ids = Array.from({ length: 12 }, () => newId());
    // Text that does not shrink by compression.
    const long = (at: number): string =>
      Array.from({ length: 60_000 }, (_, n) => ((n * 7919 + at * 104_729) % 1_000_003).toString(36))
        .join(' ')
        .padEnd(1_900_000, 'x');
    for (const [at, id] of ids.entries()) {
      await admin.change(
        insert('lessons', id, {
          programId: program,
          moduleId: world.modules[0],
          name: `Long ${at}`,
          content: long(at),
          sequenceOrder: 9,
        }),
      );
    }
    const page = await admin.pull({}, null, 10_000);
    if ('err' in page) throw new Error(page.err);
    expect(page.after).not.toBeNull();
    expect(JSON.stringify(page.changes).length).toBeLessThan(20_000_000);
    const store = new Store(admin);
    await store.pull(10_000);
    expect(ids.filter((id) => !store.has('lessons', id))).toEqual([]);
    await admin.change(...ids.map((id) => remove('lessons', id)));
  });

  test('a scope may be left out, and a limit of nothing only tells the snapshot', async () => {
    const page = await admin.pull({}, null, 0);
    if ('err' in page) throw new Error(page.err);
    expect(page).toMatchObject({ changes: [], after: null, snapshot: expect.stringMatching(/^\d+:\d+:/) as string });
    const nothing = await admin.pull(Object.fromEntries(page.session.scopes.map((scope) => [scope, null])));
    expect(nothing).toMatchObject({ changes: [] });
  });

  test('loading by COPY and then pulling from the snapshot before it gives every row', async () => {
    const page = await admin.pull({}, null, 0);
    if ('err' in page) throw new Error(page.err);
    const id = newId();
    await admin.change(student(program, id));
    const { rows } = await admin.client.query<{ id: string; row_version: string; created_at: string }>(
      `select * from api.load_students($1, 'people', $2)`,
      [admin.token, program],
    );
    expect(rows.map((row) => row.id)).toContain(id);
    expect([...rows].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(rows);
    const after = await admin.pull(Object.fromEntries(page.session.scopes.map((scope) => [scope, page.snapshot])));
    if ('err' in after) throw new Error(after.err);
    expect(after.changes.map(([, , row]) => row)).toContain(id);
    const half = await admin.client.query<{ id: string }>(`select id from api.load_students($1, 'people', $2, $3, 2)`, [
      admin.token,
      program,
      rows[0]!.id,
    ]);
    expect(half.rows.map((row) => row.id)).toEqual(rows.slice(1, 3).map((row) => row.id));
  });

  test('no row is missed, however many transactions are open, aborted or long', async () => {
    const store = new Store(admin);
    const long = new pg.Client({ connectionString: central.ownerUrl });
    await long.connect();
    await long.query('begin');
    const late = newId();
    const add = `insert into app.students (id, program_id, first_name, last_name) values ($1, $2, 'A', 'B')`;
    await long.query(add, [late, program]);
    const writers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = new pg.Client({ connectionString: central.ownerUrl });
        await client.connect();
        return client;
      }),
    );
    let isDone = false;
    const writing = Promise.all(
      writers.map(async (client, at) => {
        for (let turn = 0; turn < 25; turn++) {
          await client.query('begin');
          for (let n = 0; n <= (at + turn) % 3; n++) {
            await client.query(add, [newId(), program]);
            if ((turn + n) % 4 === 0) await new Promise((resolve) => setTimeout(resolve, (at * 7 + turn) % 11));
          }
          await client.query((at + turn) % 7 === 0 ? 'rollback' : 'commit');
        }
      }),
    ).then(() => {
      isDone = true;
    });
    while (!isDone) await store.pull(50);
    await writing;
    await store.pull(50);
    await long.query('commit');
    await store.pull(50);
    const { rows } = await central.sql.query<{ id: string }>(
      'select id from app.students where program_id = $1 and deleted_at is null',
      [program],
    );
    expect(rows.filter(({ id }) => !store.has('students', id))).toEqual([]);
    expect(store.has('students', late)).toBe(true);
    for (const client of [long, ...writers]) await client.end();
  });

  test('works call by call on changing connections, as behind a pooler in transaction mode', async () => {
    const pool = new pg.Pool({ connectionString: central.clientUrl, max: 4, maxUses: 3 });
    pool.on('error', () => undefined);
    const device = newId();
    const push = async (seq: number): Promise<unknown> =>
      (
        await pool.query<{ r: unknown }>('select api.push($1, $2, 1, $3) as r', [
          admin.token,
          device,
          JSON.stringify([{ seq, id: newId(), ops: [student(program, newId())] }]),
        ])
      ).rows[0]?.r;
    for (let seq = 1; seq <= 12; seq++) {
      expect(await push(seq)).toMatchObject({ lastSeq: seq });
      const { rows } = await pool.query<{ r: unknown }>('select api.session($1) as r', [
        seq % 2 ? root.token : 'nobody',
      ]);
      expect(rows[0]?.r).toMatchObject(seq % 2 ? { userId: rootId } : { err: 'signed-out' });
    }
    await pool.end();
  });
});

describe('the digest', () => {
  test('can be made again from the rows a desk holds', async () => {
    const scope = `people:${program}`;
    const digest = await admin.call<Digest>('digest', admin.token, scope);
    const store = new Store(admin);
    await store.pull();
    const buckets = new Map<string, string[]>();
    for (const [key, row] of [...(store.held.get(scope) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const bucket = key.slice(-2);
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), `${key}:${row.rowVersion as number}`]);
    }
    const mine = Object.fromEntries(
      [...buckets].map(([bucket, lines]) => [
        bucket,
        [lines.length, createHash('md5').update(lines.join('\n')).digest('hex')],
      ]),
    );
    expect(digest).toEqual(mine);
  });
});

describe('scopes follow what people are assigned to', () => {
  let tutorId: string;
  let tutor: Store;
  let world: World;
  let studentId: string;
  let enrollmentId: string;

  beforeAll(async () => {
    tutorId = (await central.addUser({ role: 'tutor', programs: [program] })).id;
    tutor = new Store(await central.desk(await central.openSession(tutorId)));
    world = await buildWorld(admin, program);
    [studentId, enrollmentId] = [newId(), newId()];
    await admin.change(student(program, studentId), enrollment(program, world, enrollmentId, studentId));
  });
  const version = async (table: string, id: string): Promise<number> =>
    Number(
      (await central.sql.query<{ v: string }>(`select row_version as v from app.${table} where id = $1`, [id])).rows[0]
        ?.v,
    );
  const teach = async (before: string | null, after: string | null): Promise<void> => {
    const result = await admin.change(
      update(
        'courses',
        world.course,
        await version('courses', world.course),
        { instructorId: before },
        { instructorId: after },
      ),
    );
    expect(result.refusal).toBeUndefined();
  };

  test('a tutor holds the enrollments and students of the courses they teach, and no others', async () => {
    await tutor.pull();
    expect(tutor.has('courses', world.course)).toBe(true);
    expect(tutor.has('students', studentId)).toBe(false);
    await teach(null, tutorId);
    await tutor.pull();
    expect([tutor.has('students', studentId), tutor.has('course_enrollments', enrollmentId)]).toEqual([true, true]);
    const second = newId();
    await admin.change(student(program, second));
    await tutor.pull();
    expect(tutor.has('students', second)).toBe(false);
    await admin.change(enrollment(program, world, newId(), second));
    await tutor.pull();
    expect(tutor.has('students', second)).toBe(true);
    await teach(tutorId, null);
    await tutor.pull();
    expect([tutor.has('students', studentId), tutor.has('course_enrollments', enrollmentId)]).toEqual([false, false]);
    await teach(null, tutorId);
  });

  test('a tutor may read the history of an enrollment they teach, and change nothing of it', async () => {
    const history = await tutor.desk.call<unknown[]>(
      'history',
      tutor.desk.token,
      'course_enrollments',
      enrollmentId,
      null,
      5,
    );
    expect(history).toHaveLength(1);
    const result = await tutor.desk.change(
      update('course_enrollments', enrollmentId, 1, { progressPercentage: 0 }, { progressPercentage: 9 }),
    );
    expect(result.refusal).toMatchObject({ code: 'forbidden' });
  });

  test('losing the assignment takes everything of the program away, also what they taught', async () => {
    const { rows } = await central.sql.query<{ id: string }>(
      'select id from app.user_program_assignments where user_id = $1',
      [tutorId],
    );
    await admin.change(remove('user_program_assignments', rows[0]!.id));
    await tutor.pull();
    expect([...tutor.rows().values()].filter((row) => row.programId === program)).toEqual([]);
    expect(tutor.has('programs', program)).toBe(false);
    expect(tutor.has('users', tutorId)).toBe(true);
  });

  test('being assigned again brings it back', async () => {
    await root.change(insert('user_program_assignments', newId(), { programId: program, userId: tutorId }));
    await tutor.pull();
    expect([tutor.has('courses', world.course), tutor.has('students', studentId)]).toEqual([true, true]);
  });

  test('an account is seen in each of its programs, and leaves the one it leaves', async () => {
    const person = (await central.addUser({ role: 'tutor', programs: [program, other] })).id;
    const judoAdmin = await central.addUser({ role: 'program_admin', programs: [other] });
    const judo = new Store(await central.desk(await central.openSession(judoAdmin.id)));
    const swim = new Store(admin);
    await Promise.all([judo.pull(), swim.pull()]);
    expect([judo.has('users', person), swim.has('users', person)]).toEqual([true, true]);
    const { rows } = await central.sql.query<{ id: string }>(
      'select id from app.user_program_assignments where user_id = $1 and program_id = $2',
      [person, other],
    );
    await judo.desk.change(remove('user_program_assignments', rows[0]!.id));
    await Promise.all([judo.pull(), swim.pull()]);
    expect([judo.has('users', person), swim.has('users', person)]).toEqual([false, true]);
  });

  test('a program made by a super admin can be filled in the same mutation', async () => {
    const [institution, made] = [newId(), newId()];
    const result = await root.change(
      insert('institutions', institution, { name: `I ${made}` }),
      insert('programs', made, { institutionId: institution, code: made.slice(-8), name: 'New', programType: 'trade' }),
      insert('facilities', newId(), { programId: made, name: 'Pool', facilityType: 'pool' }),
    );
    expect(result).toMatchObject({ status: 'applied' });
    const store = new Store(root);
    await store.pull();
    expect(store.has('programs', made)).toBe(true);
  });

  test('the change log equals its definition for every table', async () => {
    for (const entity of allEntities) {
      const { rows } = await central.sql.query(
        `(select class, owner, row_id, op from sync.wanted_${entity.name} except select class, owner, row_id, op from sync.head where tbl = ${entity.number})
         union all (select class, owner, row_id, op from sync.head where tbl = ${entity.number} and op <> 'L' except select class, owner, row_id, op from sync.wanted_${entity.name})`,
      );
      expect([entity.name, rows]).toEqual([entity.name, []]);
    }
  });

  test('it still does after many desks changed what scopes hang from at once', async () => {
    const people = await Promise.all(
      Array.from({ length: 3 }, async () => (await central.addUser({ role: 'tutor', programs: [program] })).id),
    );
    const desks = await Promise.all(
      Array.from({ length: 4 }, async () => central.desk(await central.openSession(rootId))),
    );
    const worlds = await Promise.all([buildWorld(desks[0]!, program), buildWorld(desks[1]!, program)]);
    const students = Array.from({ length: 4 }, () => newId());
    await root.change(...students.map((id) => student(program, id)));
    let refused = 0;
    await Promise.all(
      desks.map(async (desk, at) => {
        for (let turn = 0; turn < 15; turn++) {
          const pick = <T>(list: readonly T[], salt: number): T => list[(at * 5 + turn * 3 + salt) % list.length]!;
          const course = pick(worlds, 1);
          const ops = [
            () => update('courses', course.course, 0, { instructorId: null }, { instructorId: pick(people, 2) }),
            () => enrollment(program, course, newId(), pick(students, 3)),
            () =>
              insert('student_guardians', newId(), {
                programId: program,
                studentId: pick(students, 1),
                guardianId: pick(people, 0),
                relationship: 'other',
              }),
          ];
          const direct = [
            `update app.courses set instructor_id = '${pick(people, turn)}' where id = '${course.course}'`,
            `update app.user_program_assignments set deleted_at = case when deleted_at is null then now() end where user_id = '${pick(people, 1)}'`,
            `update app.course_enrollments set deleted_at = now() where student_id = '${pick(students, 2)}' and deleted_at is null`,
          ];
          const client = new pg.Client({ connectionString: central.ownerUrl });
          await client.connect();
          await Promise.all([
            desk.change(pick(ops, turn)()).then(
              (r) => (refused += r.refusal ? 1 : 0),
              () => undefined,
            ),
            client.query(pick(direct, turn + 1)).catch((error: { code?: string }) => {
              if (error.code !== '40P01') throw error;
            }),
          ]);
          await client.end();
        }
      }),
    );
    for (const name of ['users', 'profiles', 'students', 'course_enrollments']) {
      const number = allEntities.find((e) => e.name === name)?.number;
      const { rows } = await central.sql.query(
        `(select class, owner, row_id, op from sync.wanted_${name} except select class, owner, row_id, op from sync.head where tbl = ${number})
         union all (select class, owner, row_id, op from sync.head where tbl = ${number} and op <> 'L' except select class, owner, row_id, op from sync.wanted_${name})`,
      );
      expect([name, rows]).toEqual([name, []]);
    }
    expect(refused).toBeLessThan(60);
  });
});
