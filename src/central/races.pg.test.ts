/** Two sessions try to break a rule at once. Those of other rules stand with their rules: seats, prices, slots, numbers, certificates, lessons. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Op } from '../shared/contract/wire';
import { allEntities, type EntityName } from '../shared/entities';
import { newId } from '../shared/model';
import { orderOf } from './sql/apply';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, configuration, enrollment, insert, remove, student, update } from './testing/ops';
import { SampleRows } from './testing/sample-rows';

let central: FreshCentral;
let program: string;
let root: string;
let admin: TestDesk;
let rows: SampleRows;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  root = (await central.addUser({ role: 'super_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(root));
  rows = new SampleRows(central, admin, program, root);
});
afterAll(() => central.drop());

const another = async (): Promise<TestDesk> => central.desk(await central.openSession(root));
const query = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const done = async (...ops: Op[]): Promise<void> => {
  expect(await admin.change(...ops)).toMatchObject({ status: 'applied' });
};
async function newStudent(): Promise<string> {
  const id = newId();
  await done(student(program, id));
  return id;
}
/** Until a session waits for another's lock. */
async function waiting(client: pg.Client): Promise<void> {
  const pid = (client as unknown as { processID: number }).processID;
  for (;;) {
    const [row] = await query<{ waits: boolean }>(
      `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
      pid,
    );
    if (row?.waits) return;
  }
}

test('rule 2: a price that ends while somebody enrolls is no price any more', async () => {
  const world = await buildWorld(admin, program);
  const studentId = await newStudent();
  const pricing = new pg.Client({ connectionString: central.ownerUrl });
  await pricing.connect();
  await pricing.query('begin');
  await pricing.query(`update app.facility_course_pricing set end_date = '2026-02-28' where id = $1`, [world.price]);
  const desk = await another();
  const answer = desk.change(enrollment(program, world, newId(), studentId));
  await waiting(desk.client);
  await pricing.query('commit');
  await pricing.end();
  expect((await answer).refusal).toMatchObject({ code: 'no-price' });
});

test('rule 5: of two transfers of one enrollment at once, one stands and the other is asked about', async () => {
  const world = await buildWorld(admin, program);
  const [id, studentId] = [newId(), await newStudent()];
  await done(enrollment(program, world, id, studentId));
  const places = [newId(), newId()];
  for (const place of places) {
    await done(
      insert('facilities', place, { programId: program, name: `To ${place}`, facilityType: 'pool', capacity: 5 }),
      insert('facility_course_pricing', newId(), {
        ...{ programId: program, facilityId: place, courseId: world.course, ...configuration },
        ...{ price: 1000, effectiveDate: '2026-01-01' },
      }),
    );
  }
  const desks = await Promise.all(places.map(another));
  const results = await Promise.all(
    desks.map((desk, at) =>
      desk.change(update('course_enrollments', id, 1, { facilityId: world.facility }, { facilityId: places[at] })),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['applied', 'conflict']);
  const stood = places[results.findIndex(({ status }) => status === 'applied')];
  expect(
    await query('select facility_id, assigned_by, price_agreed from app.course_enrollments where id = $1', id),
  ).toEqual([{ facility_id: stood, assigned_by: root, price_agreed: '1000' }]);
  // Both places stand in the trail.
  const [trail] = await query<{ moves: unknown[] }>(
    `select array_agg(e.changes->'facilityId' order by e.id) as moves from audit.entry e where e.row_id = $1 and e.changes ? 'facilityId'`,
    id,
  );
  expect(trail?.moves).toEqual([
    [null, world.facility],
    [world.facility, stood],
  ]);
});

const ordered = allEntities.flatMap((entity) => {
  const order = orderOf(entity);
  return order ? [[entity.name as EntityName, order] as const] : [];
});

test.each(ordered)(
  'rule 6: %s moved by many desks at once stand in distinct places without gaps',
  async (name, order) => {
    const first = await rows.fresh(name);
    await rows.push(insert(name, first.id, first.values));
    const ids = [first.id];
    const parent = { [order.withinField]: first.values[order.withinField] };
    for (let i = 2; i <= 5; i++) ids.push(await rows.make(name, { ...parent, [order.field]: i }));
    const desks = await Promise.all([another(), another(), another()]);
    await Promise.all(
      desks.map(async (desk, at) => {
        for (let turn = 0; turn < 5; turn++) {
          const id = ids[(at * 2 + turn * 3) % ids.length]!;
          const result = await desk.change(
            update(name, id, 1, { [order.field]: 1 }, { [order.field]: ((at + turn * 2) % 5) + 1 }),
          );
          expect(['applied', 'merged', 'noop']).toContain(result.status);
        }
      }),
    );
    const places = await query<{ p: number }>(
      `select ${order.column} as p from app.${name} where id = any ($1) order by 1`,
      ids,
    );
    expect(places.map(({ p }) => p)).toEqual([1, 2, 3, 4, 5]);
  },
);

test('rule 13: a course that is deleted while somebody enrolls keeps no living enrollment', async () => {
  const [one, two] = await Promise.all([another(), another()]);
  for (let round = 0; round < 12; round++) {
    const world = await buildWorld(admin, program);
    const studentId = await newStudent();
    const results = await Promise.all([
      one.change(remove('courses', world.course)),
      two.change(enrollment(program, world, newId(), studentId)),
    ]);
    expect(results.filter(({ status }) => status === 'applied')).toHaveLength(1);
    expect(
      await query(
        `select from app.course_enrollments e join app.courses c on c.id = e.course_id
         where e.deleted_at is null and c.deleted_at is not null`,
      ),
    ).toEqual([]);
  }
});

test('rule 13: a facility that is deleted while somebody sets a price there keeps no living price', async () => {
  const [one, two] = await Promise.all([another(), another()]);
  for (let round = 0; round < 12; round++) {
    const world = await buildWorld(admin, program);
    await Promise.all([
      one.change(remove('facilities', world.facility)),
      two.change(
        insert('facility_course_pricing', newId(), {
          ...{ programId: program, facilityId: world.facility, courseId: world.course, ...configuration },
          ...{ ageGroup: 'children', price: 1000, effectiveDate: '2026-01-01' },
        }),
      ),
    ]);
    expect(
      await query(
        `select from app.facility_course_pricing p join app.facilities f on f.id = p.facility_id
         where p.deleted_at is null and f.deleted_at is not null`,
      ),
    ).toEqual([]);
  }
});
