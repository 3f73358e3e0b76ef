import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities, entityOf, type EntityName } from '../shared/entities';
import type { Op } from '../shared/contract/wire';
import { newId, type Entity, type Verb } from '../shared/model';
import { disagreement, personAt, type Person } from './testing/agreement';
import { freshCentral, type FreshCentral } from './testing/central';
import { plantRows } from './testing/samples';

/**
 * The database and `shared/rules/permit` must answer alike, for every role, entity and verb, in the own program and in a foreign one.
 * Rows of every entity are made from the declarations: a new entity is tried without a word here.
 */
const roles = ['teacher', 'other tutor', 'program_coordinator', 'program_admin', 'super_admin'] as const;
const people: Record<string, Person> = {};
let central: FreshCentral;
let planted: Map<EntityName, Record<string, unknown>[]>;
let own: string;
let foreign: string;

beforeAll(async () => {
  central = await freshCentral();
  [own, foreign] = [await central.addProgram(), await central.addProgram()];
  const users: Record<string, string> = {};
  for (const name of roles) {
    const role = name === 'teacher' || name === 'other tutor' ? 'tutor' : name;
    users[name] = (await central.addUser({ role, programs: role === 'super_admin' ? [] : [own] })).id;
  }
  for (const role of ['mentor', 'student', 'guardian', 'employer', 'institution']) {
    for (const program of [own, own, foreign, foreign]) await central.addUser({ role, programs: [program] });
  }
  let turn = 0;
  const pick = (below: number): number => turn++ % below;
  const plan = { programs: [own, foreign], people: Object.values(users), perProgram: 2, pick };
  planted = await plantRows(central.sql, plan);
  await central.sql.query('update app.courses set instructor_id = $1 where program_id = $2', [users.teacher, own]);
  await central.sql.query('select audit.seal_up(100000)');
  for (const name of roles)
    people[name] = await personAt(name, await central.desk(await central.openSession(users[name]!)));
});
afterAll(() => central.drop());

/** A row of the entity in the program, or anywhere where it belongs to none. */
const rowsFor = (name: EntityName, program: string): Record<string, unknown>[] => {
  const rows = planted.get(name)!;
  if (name === 'programs') return rows.filter((row) => row.id === program);
  const here = rows.filter((row) => row.programId === program);
  return here.length > 0 ? here.slice(0, 1) : rows;
};

function attempt(entity: Entity, verb: Verb, row: Record<string, unknown>): Op {
  const id = row.id as string;
  if (verb === 'remove') return { entity: entity.name, op: 'delete', id, version: 1 };
  const isMine = ([name]: [string, unknown]): boolean => {
    const field = entity.fields[name];
    return field !== undefined && field.kind !== 'generated' && !field.options.readOnly;
  };
  const values = Object.fromEntries(Object.entries(row).filter(isMine));
  if (verb === 'create') return { entity: entity.name, op: 'insert', id: newId(), version: 0, patch: values };
  const fields = Object.entries(values).filter(([name]) => !entity.fields[name]!.options.fixed);
  return { entity: entity.name, op: 'update', id, version: 1, base: values, patch: Object.fromEntries(fields) };
}

describe.each(roles)('%s', (name) => {
  test.each(allEntities.map((entity) => entity.name))('%s', async (entityName) => {
    const entity = entityOf(entityName as EntityName);
    for (const program of [own, foreign]) {
      const rows = rowsFor(entityName as EntityName, program);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        for (const verb of ['create', 'update', 'remove'] as const) {
          expect(await disagreement(people[name]!, attempt(entity, verb, row))).toBeNull();
        }
      }
    }
  });
});

test('rule 12: who may do what, in the words of the rule', () => {
  const may = (name: (typeof roles)[number], verb: Verb): string[] => {
    const level = { teacher: 1, 'other tutor': 1, program_coordinator: 2, program_admin: 3, super_admin: 4 }[name];
    const least = { own: 9, nobody: 9, staff: 1, tutor: 1, program_coordinator: 2, program_admin: 3, super_admin: 4 };
    return allEntities.filter((entity) => least[entity.access[verb]] <= level).map((entity) => entity.name);
  };
  const catalogue = allEntities.filter((e) => e.scope === 'program' && e.dataClass === 'catalogue').map((e) => e.name);
  expect(may('teacher', 'create')).toEqual(['lesson_progress']);
  expect(may('teacher', 'update')).toEqual(['lesson_progress', 'submissions']);
  expect(may('teacher', 'remove')).toEqual([]);
  // A coordinator reads the catalogue; a view of a grid is no part of it.
  expect(may('program_coordinator', 'update').filter((entity) => catalogue.includes(entity))).toEqual(['shared_views']);
  for (const entity of ['students', 'student_guardians', 'course_enrollments', 'bookings', 'mentees'])
    expect(may('program_coordinator', 'create')).toContain(entity);
  for (const entity of ['mentors', 'services', 'mentor_expertise', 'calendar_connections'])
    expect(may('program_coordinator', 'create')).not.toContain(entity);
  const notOfPrograms = ['institutions', 'platform_settings', 'programs'];
  const system = ['notifications', 'saved_views', 'import_recipes'];
  const beyond = allEntities.map((e) => e.name).filter((entity) => !may('program_admin', 'create').includes(entity));
  expect(beyond.sort()).toEqual([...notOfPrograms, ...system].sort());
});
