import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../shared/contract/wire';
import { allEntities, entityOf, type EntityName } from '../shared/entities';
import { administeredRoles, consoleRoles } from '../shared/entities/user';
import { columnOf, newId, type Entity } from '../shared/model';
import { classRank, rankOf, scopesOf } from '../shared/rules/permit';
import { isTaught, teachesCourseOf } from '../shared/rules/teaching';
import { sampleValue } from '../shared/testing/sample-values';
import { databaseAnswer, disagreement, personAt, type Person } from './testing/agreement';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { plantRows, rowsOf } from './testing/samples';

/**
 * Random people, programs, rows and actions: what the desk says from the rows it holds and what the database says must be the same, in both
 * directions; and whoever may not see a row learns nothing of it, not even that it exists.
 */
type Row = Record<string, unknown>;
const seed = Number(process.env.PROVOST_TEST_SEED ?? 20261121);
const runs = Number(process.env.PROVOST_TEST_RUNS ?? 2500);

let central: FreshCentral;
let programs: string[];
let rows: Map<EntityName, Row[]>;
const people: Person[] = [];
/** People without access to the console, or not active: with a token all the same. */
const shutOut: TestDesk[] = [];

const random = fc.sample(fc.infiniteStream(fc.nat()), { seed, numRuns: 1 })[0]!;
const pick = (below: number): number => random.next().value % below;
const some = <T>(list: readonly T[]): T => list[pick(list.length)]!;

beforeAll(async () => {
  central = await freshCentral();
  programs = await Promise.all(['ONE', 'TWO', 'THREE'].map((code) => central.addProgram(code)));
  const users: { id: string; role: string; isActive: boolean }[] = [];
  const add = async (role: string, of: string[], status = 'active'): Promise<void> => {
    const { id } = await central.addUser({ role, programs: of, status });
    users.push({ id, role, isActive: status === 'active' });
  };
  await add('super_admin', []);
  for (const role of consoleRoles.slice(1)) {
    await add(role, []);
    await add(role, [some(programs)]);
    await add(
      role,
      programs.filter(() => pick(2) === 0),
    );
    await add(role, [some(programs)], some(['suspended', 'pending_verification']));
  }
  await add('tutor', programs.slice(0, 2));
  for (const role of administeredRoles) for (const program of [...programs, ...programs]) await add(role, [program]);
  const staff = users.filter((user) => rankOf(user.role) > 0).map((user) => user.id);
  await plantRows(central.sql, { programs, people: users.map((user) => user.id), perProgram: 2, pick });
  // Courses change hands, and people come and go, by the triggers.
  for (const course of await rowsOf(central.sql, entityOf('courses')))
    await central.sql.query('update app.courses set instructor_id = $2 where id = $1', [
      course.id,
      some([...staff, null]),
    ]);
  // One of them teaches for certain, and one person works in two programs.
  const tutor = users.findLast((user) => user.role === 'tutor')!.id;
  for (const { id, userId } of await rowsOf(central.sql, entityOf('user_program_assignments')))
    if (pick(4) === 0 && userId !== tutor)
      await central.sql.query('update app.user_program_assignments set deleted_at = now() where id = $1', [id]);
  const taught = (await rowsOf(central.sql, entityOf('course_enrollments')))
    .filter((row) => programs.slice(0, 2).includes(String(row.programId)))
    .map((row) => row.courseId);
  await central.sql.query('update app.courses set instructor_id = $1 where id = any ($2)', [tutor, taught.slice(0, 2)]);
  await central.sql.query('select audit.seal_up(100000)');
  rows = new Map();
  for (const entity of allEntities) rows.set(entity.name as EntityName, await rowsOf(central.sql, entity));
  for (const { id, role, isActive } of users) {
    const desk = await central.desk(await central.openSession(id));
    if (isActive && rankOf(role) > 0) people.push(await personAt(`${role} ${id.slice(-4)}`, desk));
    else if (shutOut.length < 8) shutOut.push(desk);
    else await desk.close();
  }
}, 240_000);
afterAll(() => central.drop());

const readTruth = (entity: EntityName, id: string): Row | null =>
  rows.get(entity)?.find((row) => row.id === id) ?? null;

/** Programs a person is part of, by class, as the rows themselves say. */
function belongsTo(userId: unknown): { program: unknown; rank: number }[] {
  return allEntities.flatMap((entity) =>
    entity.scope !== 'program'
      ? []
      : Object.entries(entity.fields).flatMap(([name, { kind, options }]) =>
          kind === 'reference' && (options as { to: string }).to === 'users' && !options.readOnly
            ? (rows.get(entity.name as EntityName) ?? [])
                .filter((row) => row[name] === userId)
                .map((row) => ({ program: row.programId, rank: classRank[entity.dataClass] }))
            : [],
        ),
  );
}

/** What the matrix says of reading, row by row, without any scope or policy. */
function mayHold({ facts }: Person, entity: Entity, row: Row): boolean {
  const rank = rankOf(facts.role);
  if (entity.scope === 'platform') return true;
  if (entity.scope === 'self') return facts.programs.includes(String(row.id));
  if (entity.scope === 'user') return row.userId === facts.userId;
  if (entity.scope === 'account') {
    const account = entity.name === 'users' ? row : readTruth('users', String(row.userId))!;
    if (rank === 4 || account.id === facts.userId) return true;
    const isStaff = entity.name === 'users' && rankOf(String(account.role)) > 0;
    return belongsTo(account.id).some(
      (one) => facts.programs.includes(String(one.program)) && rank >= (isStaff ? one.rank : Math.max(one.rank, 2)),
    );
  }
  if (facts.programs.includes(String(row.programId)) && rank >= classRank[entity.dataClass]) return true;
  if (rank !== 1 || !isTaught(entity)) return false;
  if (entity.name !== 'students') return teachesCourseOf(facts, entity, row, readTruth);
  const enrollments = rows.get('course_enrollments')!.filter((one) => one.studentId === row.id);
  return enrollments.some((one) => teachesCourseOf(facts, entityOf('course_enrollments'), one, readTruth));
}

describe('reading', () => {
  test('the world has what it takes: tutors who teach, people of several programs, people shut out', () => {
    expect(
      people.some(({ facts, held }) => facts.role === 'tutor' && (held.get('course_enrollments')?.size ?? 0) > 0),
    ).toBe(true);
    expect(people.some(({ facts }) => facts.role !== 'super_admin' && facts.programs.length > 1)).toBe(true);
    expect(people.some(({ facts }) => facts.programs.length === 0)).toBe(true);
    expect(shutOut.length).toBeGreaterThan(3);
  });

  test.each(allEntities.map((entity) => entity.name))('of %s: everybody holds exactly what the matrix says', (name) => {
    const entity = entityOf(name as EntityName);
    for (const person of people) {
      const wanted = rows.get(name as EntityName)!.filter((row) => mayHold(person, entity, row));
      const held = [...(person.held.get(name as EntityName)?.values() ?? [])];
      const ids = (list: Row[]): string[] => list.map((row) => String(row.id)).sort();
      expect([person.name, ids(held)]).toEqual([person.name, ids(wanted)]);
    }
  });

  test('what is loaded by COPY is what is pulled, and the scopes are those of the matrix', async () => {
    for (const person of people) {
      expect([...person.facts.scopes].sort()).toEqual([...scopesOf(person.facts)].sort());
      for (const { name } of allEntities) {
        const ids = new Set<string>();
        for (const key of person.facts.scopes) {
          const { rows: loaded } = await person.desk.client.query<{ id: string }>(
            `select id from api.load_${name}($1, $2, $3)`,
            [person.desk.token, ...key.split(':')],
          );
          for (const { id } of loaded) ids.add(id);
        }
        const held = [...(person.held.get(name as EntityName)?.keys() ?? [])];
        expect([person.name, name, [...ids].sort()]).toEqual([person.name, name, held.sort()]);
      }
    }
  });

  test('somebody without access to the console, or not active, gets nothing with any token', async () => {
    for (const desk of shutOut) {
      expect(await desk.session()).toEqual({ err: 'signed-out' });
      expect(await desk.pull()).toEqual({ err: 'signed-out' });
      expect(await desk.push()).toEqual({ err: 'signed-out' });
      expect(await desk.call('digest', desk.token, `people:${programs[0]!}`)).toEqual({ err: 'signed-out' });
      for (const { name } of allEntities) {
        const load = desk.client.query(`select * from api.load_${name}($1, 'people', $2)`, [desk.token, programs[0]]);
        await expect(load).rejects.toMatchObject({ code: 'PV401' });
      }
    }
  });
});

const isWritable = (entity: Entity, name: string): boolean => {
  const field = entity.fields[name]!;
  return field.kind !== 'generated' && !field.options.readOnly;
};

/** Somewhere to refer to: a row like any, of any program, or none at all. */
const anyReference = (to: string): string => {
  const known = rows.get(to as EntityName) ?? [];
  return pick(5) === 0 || known.length === 0 ? newId() : String(some(known).id);
};

/** One action on one row, sensible or not. */
function anyOp(): Op {
  const entity = some(allEntities);
  const row = some(rows.get(entity.name as EntityName)!);
  const id = String(row.id);
  const fields = Object.keys(entity.fields).filter((name) => isWritable(entity, name));
  const given = (names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, row[name]]));
  const changed = (names: readonly string[]): Row =>
    Object.fromEntries(
      names.map((name) => {
        const field = entity.fields[name]!;
        return [name, field.kind === 'reference' ? anyReference(field.options.to) : sampleValue(field, pick(1000))];
      }),
    );
  const kind = pick(10);
  if (kind < 4) {
    const other = pick(2) === 0 ? [] : fields.filter(() => pick(4) === 0);
    return {
      entity: entity.name,
      op: 'insert',
      id: newId(),
      version: 0,
      patch: { ...given(fields), ...changed(other) },
    };
  }
  if (kind < 8) {
    const free = fields.filter((name) => !entity.fields[name]!.options.fixed && pick(3) === 0);
    return { entity: entity.name, op: 'update', id, version: 1, base: given(free), patch: changed(free) };
  }
  return { entity: entity.name, op: 'delete', id, version: 1 };
}

describe('writing', () => {
  test('whatever anybody tries, the desk and the database give the same answer', async () => {
    const found: string[] = [];
    const tally = { yes: 0, no: 0 };
    for (let run = 0; run < runs; run++) {
      const [person, op] = [some(people), anyOp()];
      const words = await disagreement(person, op, tally);
      if (words) found.push(words);
    }
    expect(found).toEqual([]);
    // Both answers were really given.
    expect(Math.min(tally.yes, tally.no)).toBeGreaterThan(runs / 20);
  });
});

describe('what one may not see', () => {
  /** A row that is there, out of the person's sight. */
  const hidden = (person: Person): [Entity, string] | null => {
    const entity = some(allEntities);
    const unseen = rows
      .get(entity.name as EntityName)!
      .filter((row) => !person.held.get(entity.name as EntityName)?.has(String(row.id)));
    return unseen.length === 0 ? null : [entity, String(some(unseen).id)];
  };
  const told = async (person: Person, op: Op): Promise<unknown> => {
    await person.desk.client.query('begin');
    const answer = await person.desk.push({ seq: 1, id: newId(), ops: [op] });
    await person.desk.client.query('rollback');
    if ('err' in answer) throw new Error(answer.err);
    return JSON.parse(JSON.stringify(answer.results[0]?.refusal ?? null).replaceAll(op.id, 'the id'));
  };

  test('cannot be changed, deleted, restored or revealed, and nobody can tell that it is there', async () => {
    for (let run = 0; run < runs / 10; run++) {
      const person = some(people);
      const found = hidden(person);
      if (!found) continue;
      const [entity, id] = found;
      const verb = some(['update', 'delete', 'restore', 'reveal'] as const);
      const op = (of: string): Op => ({
        entity: entity.name,
        op: verb,
        id: of,
        version: 1,
        reason: 'because',
        base: {},
        patch: {},
      });
      const answer = await told(person, op(id));
      expect([person.name, verb, entity.name, answer]).toEqual([
        person.name,
        verb,
        entity.name,
        await told(person, op(newId())),
      ]);
      expect(answer).not.toBeNull();
      const history = await person.desk.call('history', person.desk.token, entity.name, id, null, 50);
      expect(history).toEqual([]);
    }
  });

  test('cannot be referred to, and nobody can tell that it is there', async () => {
    for (let run = 0; run < runs / 10; run++) {
      const person = some(people);
      const found = hidden(person);
      if (!found) continue;
      const [entity, id] = found;
      const referring = allEntities.flatMap((from) =>
        Object.entries(from.fields)
          .filter(
            ([name, field]) => field.kind === 'reference' && field.options.to === entity.name && isWritable(from, name),
          )
          .map(([name]) => ({ from, name })),
      );
      if (referring.length === 0) continue;
      const { from, name } = some(referring);
      const mine = rows
        .get(from.name as EntityName)!
        .filter((row) => person.facts.programs.includes(String(row.programId)));
      const template = some(mine.length > 0 ? mine : rows.get(from.name as EntityName)!);
      const own = newId();
      const values = Object.fromEntries(
        Object.entries(template).filter(([key]) => key in from.fields && isWritable(from, key)),
      );
      const op = (to: string): Op => ({
        entity: from.name,
        op: 'insert',
        id: own,
        version: 0,
        patch: { ...values, [name]: to },
      });
      const answer = await told(person, op(id));
      expect([person.name, from.name, name, answer]).toEqual([
        person.name,
        from.name,
        name,
        await told(person, op(newId())),
      ]);
      expect(answer).not.toBeNull();
    }
  });

  test('stays out of reach of whatever is written around the functions', async () => {
    const client = new pg.Client({ connectionString: central.clientUrl });
    await client.connect();
    for (const { name } of allEntities) {
      for (const text of [
        `select * from app.${name}`,
        `select sync.json_${name}(t) from app.${name} t`,
        `select sync.apply_${name}('{}')`,
        `select * from sync.wanted_${name}`,
        `select sync.remove_${name}('{}', now(), null)`,
        `explain select * from app.${name}`,
      ]) {
        await expect(client.query(text)).rejects.toMatchObject({
          code: expect.stringMatching(/^(42501|42883)$/) as string,
        });
      }
    }
    await client.end();
  });

  test('is not reached by fields that nobody declared, nor by verbs that are none', async () => {
    const tutor = people.find(({ facts }) => facts.role === 'tutor')!;
    for (const patch of [{ deletedAt: null }, { createdBy: newId() }, { rowVersion: 9 }, { program_id: programs[0] }])
      expect(
        await databaseAnswer(tutor.desk, { entity: 'saved_views', op: 'insert', id: newId(), version: 0, patch }),
      ).toBe('unknown-field');
    for (const entity of ['auth.session', 'sync.head', 'users; drop table app.users', '__proto__', ''])
      expect(await databaseAnswer(tutor.desk, { entity, op: 'delete', id: newId(), version: 0 })).toBe(
        'unknown-entity',
      );
    const odd = { entity: 'users', op: 'truncate', id: tutor.facts.userId, version: 0 } as unknown as Op;
    expect(await databaseAnswer(tutor.desk, odd)).toBe('invalid-value');
  });
});

describe('the change log', () => {
  const strays = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const { name, number } of allEntities) {
      const { rowCount } = await central.sql.query(
        `(select class, owner, row_id, op from sync.wanted_${name} except select class, owner, row_id, op from sync.head where tbl = ${number})
         union all (select class, owner, row_id, op from sync.head where tbl = ${number} and op <> 'L' except select class, owner, row_id, op from sync.wanted_${name})`,
      );
      if (rowCount) found.push(`${name}: ${rowCount}`);
    }
    return found;
  };

  test('equals its definition for every table, before and after everything that scopes hang from changed by hand', async () => {
    expect(await strays()).toEqual([]);
    let done = 0;
    for (let run = 0; run < 600; run++) {
      const entity = some(allEntities);
      const row = some(rows.get(entity.name as EntityName)!);
      const references = Object.entries(entity.fields).filter(([, field]) => field.kind === 'reference');
      const [name, field] = references.length > 0 ? some(references) : ['', null];
      const assignment =
        entity.name === 'users'
          ? `role = '${some([...consoleRoles, ...administeredRoles])}'`
          : field?.kind === 'reference' && pick(3) > 0
            ? `${columnOf(name)} = '${String(some(rows.get(field.options.to as EntityName)!).id)}'`
            : `deleted_at = case when deleted_at is null then now() end`;
      // What a rule or a foreign key refuses stays as it was.
      await central.sql.query(`update app.${entity.name} set ${assignment} where id = $1`, [row.id]).then(
        () => done++,
        () => undefined,
      );
    }
    expect(done).toBeGreaterThan(100);
    expect(await strays()).toEqual([]);
  });
});
