/** The quick way of plain edits against the long way, which is what is meant: the same batches, on rows that are twins, must end alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFor, type Random } from './seed/random';
import type { Mutation, Op, PushResult } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { plainEntities } from './sql/runs';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { insert, remove, restore, update } from './testing/ops';

let central: FreshCentral;
let plainFields: string;
let quick: TestDesk;
let long: TestDesk;
/** Quick -> long, for everything that has an id. */
const twins = new Map<string, string>();

const courses = [newId(), newId()];
const seqs = new Map<TestDesk, number>();

const twin = (id: string): string => twins.get(id) ?? id;
const twinned = (): string => {
  const id = newId();
  twins.set(id, newId());
  return id;
};
const translate = (text: string, pairs: Iterable<[string, string]>): string => {
  let said = text;
  for (const [from, to] of pairs) said = said.replaceAll(from, to);
  return said;
};
const back = function* (): Iterable<[string, string]> {
  for (const [from, to] of twins) yield [to, from];
};

/** The same mutations for either desk, each in its own way. */
async function pushBoth(mutations: readonly Omit<Mutation, 'seq'>[]): Promise<[PushResult, PushResult]> {
  const numbered = (desk: TestDesk) => mutations.map((m, at) => ({ seq: (seqs.get(desk) ?? 0) + at + 1, ...m }));
  const push = async (desk: TestDesk, text: string): Promise<PushResult> => {
    const answer = await desk.call<PushResult>('push', desk.token, desk.device, 1, text);
    if ('lastSeq' in answer) seqs.set(desk, answer.lastSeq);
    return answer;
  };
  const ofQuick = await push(quick, JSON.stringify(numbered(quick)));
  await central.sql.query(
    `create or replace function sync.plain_fields(entity text) returns text[] language sql immutable as 'select null::text[]'`,
  );
  const ofLong = await push(long, translate(JSON.stringify(numbered(long)), twins));
  await central.sql.query(plainFields);
  return [ofQuick, JSON.parse(translate(JSON.stringify(ofLong), back())) as PushResult];
}

const timeless = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, held: unknown) => (/^(theirsAt|lastSeq|seq)$/.test(key) ? undefined : held)));

const tables = ['students', 'facilities', 'courses', 'lessons', 'modules', 'notifications'] as const;
type Table = (typeof tables)[number];

/** What is in the tables, the change log and the trail, with the ids of the quick side; without what no two rows share. */
async function standing(of: 'quick' | 'long'): Promise<unknown> {
  const ids = [...twins].map(([a, b]) => (of === 'quick' ? a : b));
  const read = async (what: string, from: string): Promise<string[]> => {
    const { rows } = await central.sql.query<{ r: string }>(`select (${what})::text as r from ${from} = any ($1)`, [
      ids,
    ]);
    return rows.map(({ r }) => (of === 'quick' ? r : translate(r, back())));
  };
  const at = [0, 1, 2, 3].map((n) => ` #- '{conflicts,${n},theirsAt}'`).join('');
  const rows = await Promise.all([
    ...tables.map((table) =>
      read(
        `sync.json_${table}(t) - '{createdAt,updatedAt,studentNumber}'::text[] || jsonb_build_object('gone', t.deleted_at is not null)`,
        `app.${table} t where t.id`,
      ),
    ),
    read('jsonb_build_array(h.class, h.owner, h.tbl, h.row_id, h.op)', 'sync.head h where h.row_id'),
    read(
      `jsonb_build_array(e.program_id, e.user_id, e.mutation_id, e.via, e.db_user, e.tbl, e.row_id, e.action, e.old_version, e.new_version,
        e.changes - 'studentNumber', e.reason)`,
      'audit.entry e where e.mutation_id',
    ),
    read(`jsonb_build_array(m.id, m.result${at})`, 'sync.mutation m where not m.alias and m.id'),
  ]);
  return rows.map((list) => list.sort());
}

/** Rows as a person saw them: field -> value, and the version. */
const seen = new Map<string, { table: Table; version: number; values: Record<string, unknown> }>();
const fieldsOf: Record<Table, Record<string, readonly unknown[]>> = {
  students: {
    phone: ['1', '2', null, ''],
    firstName: ['Ada', 'Zoë', null, '', 'x'.repeat(300)],
    status: ['active', 'inactive', 'no such'],
    dateOfBirth: ['2001-02-03', 'tomorrow', null],
    studentNumber: ['STU-1'],
    programId: [newId()],
    nonsense: [1],
  },
  facilities: {
    name: ['A', 'B', 'C', 'D'],
    capacity: [1, 2, -1, '3', 1e12, null],
    equipment: [['net'], [], 'net', null],
  },
  courses: { name: ['Swimming', 'Diving'], description: ['one', null, 'a\u0000b'], isActive: [true, false, 'yes'] },
  lessons: { name: ['Floating', 'Gliding'], sequenceOrder: [1, 2], durationMinutes: [10, 20, null] },
  modules: { name: ['First', 'Second'], description: ['x', null] },
  notifications: { readAt: [1_700_000_000_000, 1_700_000_000_999, null], title: ['Other'] },
};

/** Mostly of one table for a while, as people work. */
function randomOp(random: Random, about: Table): Op {
  const ids = [...seen].flatMap(([id, { table }]) => (table === about ? [id] : []));
  const id = random.chance(0.02) ? newId() : random.pick(ids);
  const { table, version, values } = seen.get(id) ?? { table: 'students' as const, version: 1, values: {} };
  if (random.chance(0.04)) return remove(table, id, version);
  if (random.chance(0.03)) return restore(table, id, version + 1);
  const base: Record<string, unknown> = {};
  const patch: Record<string, unknown> = {};
  for (let n = 1 + random.int(0, 1); n > 0; n--) {
    const known = Object.keys(values);
    const field = random.pick(known.length > 0 && random.chance(0.85) ? known : Object.keys(fieldsOf[table]));
    base[field] = random.chance(0.05) ? 'never seen' : (values[field] ?? null);
    const [first, second] = fieldsOf[table][field] ?? [1];
    patch[field] = random.chance(0.8)
      ? values[field] === first
        ? second
        : first
      : random.pick(fieldsOf[table][field] ?? [1]);
  }
  const op = update(table, id, random.chance(0.9) ? version : version - 1, base, patch);
  return random.chance(0.1) ? { ...op, reason: 'because' } : op;
}

/** What a desk would have on screen now. */
async function look(): Promise<void> {
  for (const [id, row] of seen) {
    const { rows } = await central.sql.query<{ r: Record<string, unknown> }>(
      `select sync.json_${row.table}(t) as r from app.${row.table} t where t.id = $1`,
      [id],
    );
    if (!rows[0]) throw new Error(`${row.table} ${id} is gone.`);
    row.version = rows[0].r['rowVersion'] as number;
    row.values = Object.fromEntries(Object.keys(row.values).map((field) => [field, rows[0]?.r[field]]));
  }
}

beforeAll(async () => {
  central = await freshCentral();
  const { rows } = await central.sql.query<{ d: string }>(
    `select pg_get_functiondef('sync.plain_fields'::regproc) as d`,
  );
  plainFields = rows[0]!.d;
  for (const id of courses) twins.set(id, newId());
  const real = [await central.addProgram('QUICK'), await central.addProgram('LONG')];
  twins.set(real[0]!, real[1]!);
  const user = await central.addUser({ role: 'program_admin', programs: real });
  quick = await central.desk(await central.openSession(user.id));
  long = await central.desk(await central.openSession(user.id));
  const [curriculum, published, module, frozen] = [twinned(), twinned(), twinned(), twinned()];
  const inProgram = { programId: real[0]! };
  const make = (table: Table, patch: Record<string, unknown>): Op => {
    const id = twinned();
    const known = Object.keys(fieldsOf[table]).filter(
      (field) => !['studentNumber', 'programId', 'nonsense'].includes(field),
    );
    seen.set(id, {
      table,
      version: 1,
      values: Object.fromEntries(known.map((field) => [field, patch[field] ?? null])),
    });
    return insert(table, id, patch);
  };
  const ops = [
    ...courses.map((id, at) =>
      insert('courses', id, { ...inProgram, code: `C-${at}`, name: 'Swimming', slug: `c-${at}` }),
    ),
    ...[curriculum, published].map((id) =>
      insert('curricula', id, { ...inProgram, courseId: courses[0], name: 'Basics', sequenceOrder: 1 }),
    ),
    insert('modules', module, { ...inProgram, curriculumId: curriculum, name: 'First', sequenceOrder: 1 }),
    insert('modules', frozen, { ...inProgram, curriculumId: published, name: 'First', sequenceOrder: 1 }),
    ...Array.from({ length: 30 }, () => make('students', { ...inProgram, firstName: 'Eve', lastName: 'Obi' })),
    ...Array.from({ length: 12 }, (_, at) =>
      make('facilities', { ...inProgram, name: `Pool ${at}`, facilityType: 'pool' }),
    ),
    ...Array.from({ length: 6 }, (_, at) =>
      make('lessons', { ...inProgram, moduleId: module, name: 'Diving', sequenceOrder: at + 1 }),
    ),
    ...Array.from({ length: 3 }, (_, at) =>
      make('lessons', { ...inProgram, moduleId: frozen, name: 'Diving', sequenceOrder: at + 1 }),
    ),
    ...Array.from({ length: 4 }, (_, at) =>
      make('modules', { ...inProgram, curriculumId: curriculum, name: 'More', sequenceOrder: at + 2 }),
    ),
  ];
  await pushBoth([
    { id: twinned(), ops },
    { id: twinned(), ops: [update('curricula', published, 1, { state: 'draft' }, { state: 'published' })] },
  ]);
  for (const id of courses)
    seen.set(id, { table: 'courses', version: 1, values: { name: null, description: null, isActive: null } });
  for (let at = 0; at < 6; at++) {
    const id = twinned();
    seen.set(id, { table: 'notifications', version: 1, values: { readAt: null } });
    for (const one of [id, twin(id)])
      await central.sql.query(
        `insert into app.notifications (id, user_id, type, title, message) values ($1, $2, 'note', 'T', 'M')`,
        [one, user.id],
      );
  }
}, 60_000);
afterAll(() => central.drop());

describe('plain edits in bulk', () => {
  test.each([1, 2, 3, 4, 5])('end as they would one by one (seed %i)', async (seed) => {
    const random = randomFor(seed, 'runs');
    for (let batch = 0; batch < 2; batch++) {
      await look();
      let about = random.pick(tables);
      const next = (): Table => (about = random.chance(0.12) ? random.pick(tables) : about);
      const mutations = Array.from({ length: 40 }, () => ({
        id: twinned(),
        via: random.pick(['typed', 'paste']),
        ops: Array.from({ length: random.chance(0.8) ? 1 : 1 + random.int(0, 3) }, () => randomOp(random, next())),
      }));
      const [ofQuick, ofLong] = await pushBoth(mutations);
      expect(timeless(ofQuick)).toEqual(timeless(ofLong));
    }
    expect(await standing('quick')).toEqual(await standing('long'));
  });

  test('that are all in order are written by one statement, and each is in the trail under its own mutation', async () => {
    await look();
    const wanted = [...seen].filter(([, { table }]) => table === 'students');
    const gone = new Set(
      (await central.sql.query<{ id: string }>('select id from app.students where deleted_at is not null')).rows.map(
        ({ id }) => id,
      ),
    );
    const mutations = wanted.flatMap(([id, { version, values }]) =>
      gone.has(id)
        ? []
        : [
            {
              id: twinned(),
              via: 'typed',
              ops: [update('students', id, version, { phone: values['phone'] }, { phone: `new ${id}` })],
            },
          ],
    );
    const [ofQuick] = await pushBoth(mutations);
    expect('results' in ofQuick && new Set(ofQuick.results.map(({ status }) => status))).toEqual(new Set(['applied']));
    const { rows } = await central.sql.query<{ n: number; statements: number }>(
      `select count(distinct mutation_id)::int as n, count(distinct cmin::text)::int as statements from audit.entry where mutation_id = any ($1)`,
      [mutations.map(({ id }) => id)],
    );
    expect(rows[0]).toEqual({ n: mutations.length, statements: 1 });
  });

  test('are only of tables whose triggers look at nothing but the row, or only refuse', async () => {
    const known =
      /^(t0_number|t0_rules|t1_stamp|t1_zone|t1_currency|t2_noted_insert|t2_noted_update|t3_spread|t5_order_\w+)$/;
    const refusing = ['assignments.t2_rules', 'lessons.t2_rules', 'modules.t2_rules', 'submissions.t2_rules'];
    const { rows } = await central.sql.query<{ table: string; trigger: string }>(
      `select c.relname as table, t.tgname as trigger from pg_trigger t join pg_class c on c.oid = t.tgrelid
         where not t.tgisinternal and c.relname = any ($1) and c.relnamespace = 'app'::regnamespace`,
      [plainEntities.map(({ name }) => name)],
    );
    const others = rows.filter(
      ({ table, trigger }) => !known.test(trigger) && !refusing.includes(`${table}.${trigger}`),
    );
    expect(others).toEqual([]);
  });
});
