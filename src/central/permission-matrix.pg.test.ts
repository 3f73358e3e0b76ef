import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities, entityOf } from '../shared/entities';
import type { Op } from '../shared/contract/wire';
import { newId, type Entity, type Verb } from '../shared/model';
import { whyNot } from '../shared/rules/permit';
import type { SessionFacts } from '../shared/contract/wire';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, insert, student } from './testing/ops';

/** The database and `shared/rules/permit` must answer alike, for every role, entity and verb, in the own program and in a foreign one. */
const roles = ['tutor', 'program_coordinator', 'program_admin', 'super_admin'] as const;
let central: FreshCentral;
const programs: string[] = [];
const desks: Record<string, TestDesk> = {};
const facts: Record<string, SessionFacts> = {};
/** A row of every entity in each of the two programs. */
const rows: Record<string, Record<string, unknown>>[] = [];

beforeAll(async () => {
  central = await freshCentral();
  const root = await central.desk(await central.openSession((await central.addUser({ role: 'super_admin' })).id));
  for (const at of [0, 1]) {
    const program = await central.addProgram();
    programs.push(program);
    const world = await buildWorld(root, program);
    const [studentId, guardian, profile, setting] = [
      newId(),
      (await central.addUser({ role: 'guardian', programs: [program] })).id,
      newId(),
      newId(),
    ];
    const result = await root.change(
      student(program, studentId),
      enrollment(program, world, newId(), studentId),
      insert('student_confidential', newId(), { programId: program, studentId }),
      insert('student_guardians', newId(), {
        programId: program,
        studentId,
        guardianId: guardian,
        relationship: 'other',
      }),
      insert('program_options', newId(), {
        programId: program,
        optionKind: 'age_group',
        code: 'adults',
        label: 'Adults',
      }),
      insert('profiles', profile, { userId: guardian }),
      insert('platform_settings', setting, { key: `key-${at}`, value: 1 }),
    );
    expect(result.refusal).toBeUndefined();
    await central.sql.query(
      `insert into app.notifications (id, user_id, type, title, message) values ($1, $2, 'x', 'y', 'z')`,
      [newId(), guardian],
    );
    const sample: Record<string, Record<string, unknown>> = {};
    for (const { name, scope } of allEntities) {
      const where =
        scope === 'program'
          ? `where program_id = '${program}'`
          : scope === 'self'
            ? `where id = '${program}'`
            : name === 'users'
              ? `where id = '${guardian}'`
              : name === 'profiles' || name === 'notifications'
                ? `where user_id = '${guardian}'`
                : '';
      const found = await central.sql.query<{ row: Record<string, unknown> }>(
        `select sync.json_${name}(t) as row from app.${name} t ${where} limit 1`,
      );
      sample[name] = found.rows[0]!.row;
    }
    rows.push(sample);
  }
  for (const role of roles) {
    const user = await central.addUser({ role, programs: role === 'super_admin' ? [] : [programs[0]!] });
    desks[role] = await central.desk(await central.openSession(user.id));
    facts[role] = (await desks[role].session()) as SessionFacts;
  }
});
afterAll(() => central.drop());

/** An op that can fail for no reason of rights but that it changes nothing, or lacks values. */
function attempt(entity: Entity, verb: Verb, row: Record<string, unknown>): Op {
  const id = row.id as string;
  if (verb === 'create') {
    const { programId, userId, role } = row;
    const patch = { programId, userId, role };
    const known = Object.fromEntries(
      Object.entries(patch).filter(([key, value]) => value !== undefined && key in entity.fields),
    );
    return { entity: entity.name, op: 'insert', id: newId(), version: 0, patch: known };
  }
  return verb === 'update'
    ? { entity: entity.name, op: 'update', id, version: 1, base: {}, patch: {} }
    : { entity: entity.name, op: 'delete', id, version: 1 };
}

// Where the system keeps a row, every field of it is read-only, and that is what is found first.
const denials = ['forbidden', 'rank-too-high', 'not-found', 'read-only-field'];

describe.each(roles)('%s', (role) => {
  test.each(allEntities.map((entity) => entity.name))('%s', async (name) => {
    const entity = entityOf(name as Parameters<typeof entityOf>[0]);
    for (const at of [0, 1]) {
      for (const verb of ['create', 'update', 'remove'] as const) {
        const row = rows[at]![name]!;
        const asked = verb === 'create' && entity.scope === 'self' ? {} : row;
        const expected = whyNot(facts[role]!, entity, verb, asked) === null;
        const desk = desks[role]!;
        await desk.client.query('begin');
        const answer = await desk.push({ seq: 1, id: newId(), ops: [attempt(entity, verb, row)] });
        await desk.client.query('rollback');
        if ('err' in answer) throw new Error(answer.err);
        const code = answer.results[0]?.refusal?.code;
        const isDenied = code !== undefined && denials.includes(code);
        // An account of a foreign program is out of sight, which the matrix alone cannot know.
        const isOutOfSight = entity.scope === 'account' && at === 1 && role !== 'super_admin';
        expect([name, verb, at, isDenied ? code : 'allowed']).toEqual([
          name,
          verb,
          at,
          expected && !isOutOfSight
            ? 'allowed'
            : expect.stringMatching(/forbidden|rank-too-high|not-found|read-only-field|allowed/),
        ]);
        if (!expected) expect([name, verb, at, isDenied]).toEqual([name, verb, at, true]);
      }
    }
  });
});
