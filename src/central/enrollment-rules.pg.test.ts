import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { Op } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import {
  buildWorld,
  configuration,
  enrollment,
  insert,
  remove,
  restore,
  student,
  update,
  type World,
} from './testing/ops';

let central: FreshCentral;
let program: string;
let adminId: string;
let admin: TestDesk;
let coordinator: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  adminId = (await central.addUser({ role: 'program_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(adminId));
  const other = await central.addUser({ role: 'program_coordinator', programs: [program] });
  coordinator = await central.desk(await central.openSession(other.id));
});
afterAll(() => central.drop());

const query = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const done = async (desk: TestDesk, ...ops: Op[]): Promise<void> => {
  const result = await desk.change(...ops);
  expect(result).toMatchObject({ status: expect.stringMatching(/applied|merged/) as string });
};
const refusal = async (...ops: Op[]): Promise<unknown> => (await admin.change(...ops)).refusal;

/** A world with so many seats. */
async function place(capacity: number): Promise<World> {
  const world = await buildWorld(admin, program);
  await query('update app.facilities set capacity = $2 where id = $1', world.facility, capacity);
  return world;
}
async function enrolled(world: World, more: Record<string, unknown> = {}): Promise<{ id: string; studentId: string }> {
  const [id, studentId] = [newId(), newId()];
  await done(admin, student(program, studentId), enrollment(program, world, id, studentId, more));
  return { id, studentId };
}
async function newStudent(): Promise<string> {
  const id = newId();
  await done(admin, student(program, id));
  return id;
}
/** The same by raw SQL, as an operator would. @returns the code of the refusal, or what the database says */
async function raw(text: string, ...values: unknown[]): Promise<string | null> {
  try {
    await central.sql.query(text, values);
    return null;
  } catch (error) {
    if (error instanceof pg.DatabaseError)
      return error.code === 'PV001' ? error.message : (error.constraint ?? error.message);
    throw error;
  }
}
const rawEnrollment = (world: World, studentId: string, id = newId()): Promise<string | null> =>
  raw(
    `insert into app.course_enrollments (id, program_id, student_id, course_id, facility_id, age_group, location_type, session_type, enrollment_date)
     values ($1, $2, $3, $4, $5, 'adults', 'our-facility', 'group', '2026-03-01')`,
    id,
    program,
    studentId,
    world.course,
    world.facility,
  );

describe('seats', () => {
  test('going over is refused, with how full it is and who holds the seats', async () => {
    const world = await place(2);
    const first = await enrolled(world);
    const second = await enrolled(world);
    const answer = await refusal(enrollment(program, world, newId(), await newStudent()));
    expect(answer).toMatchObject({
      code: 'facility-full',
      fields: ['overrideReason'],
      detail: { capacity: 2, taken: 2, facilityId: world.facility },
    });
    expect(new Set((answer as { detail: { holders: string[] } }).detail.holders)).toEqual(
      new Set([first.id, second.id]),
    );
  });

  test('going over with a reason is allowed, and the reason stands in the audit trail with who gave it', async () => {
    const world = await place(1);
    await enrolled(world);
    const id = newId();
    await done(
      admin,
      enrollment(program, world, id, await newStudent(), { overrideReason: 'Sister of a pupil, same lane' }),
    );
    const history = await admin.call<{ userId: string; changes: Record<string, unknown> }[]>(
      'history',
      admin.token,
      'course_enrollments',
      id,
      null,
      5,
    );
    expect(history[0]).toMatchObject({
      userId: adminId,
      changes: { overrideReason: [null, 'Sister of a pupil, same lane'] },
    });
  });

  test('another configuration of the same facility has seats of its own', async () => {
    const world = await place(1);
    await enrolled(world);
    await done(
      admin,
      insert('facility_course_pricing', newId(), {
        ...{ programId: program, facilityId: world.facility, courseId: world.course, ...configuration },
        ...{ sessionType: 'private', price: 1, effectiveDate: '2026-01-01' },
      }),
    );
    await done(admin, enrollment(program, world, newId(), await newStudent(), { sessionType: 'private' }));
  });

  test('a withdrawn enrollment gives its seat back, and needs one to return', async () => {
    const world = await place(1);
    const { id } = await enrolled(world);
    await done(admin, update('course_enrollments', id, 1, { status: 'active' }, { status: 'withdrawn' }));
    await enrolled(world);
    expect(
      await refusal(update('course_enrollments', id, 2, { status: 'withdrawn' }, { status: 'active' })),
    ).toMatchObject({ code: 'facility-full' });
    await done(
      admin,
      update(
        'course_enrollments',
        id,
        2,
        { status: 'withdrawn', overrideReason: null },
        { status: 'active', overrideReason: 'Came back' },
      ),
    );
  });

  test('a deleted enrollment needs a seat to be restored', async () => {
    const world = await place(1);
    const { id } = await enrolled(world);
    await done(admin, remove('course_enrollments', id));
    const { id: next } = await enrolled(world);
    expect(await refusal(restore('course_enrollments', id))).toMatchObject({
      code: 'facility-full',
      detail: { holders: [next] },
    });
  });

  test('of many desks that want the last seat at once, exactly one gets it', async () => {
    const world = await place(3);
    await enrolled(world);
    await enrolled(world);
    const students: string[] = [];
    for (let i = 0; i < 6; i++) students.push(await newStudent());
    const desks = await Promise.all(students.map(async () => central.desk(await central.openSession(adminId))));
    const results = await Promise.all(
      desks.map((desk, at) => desk.change(enrollment(program, world, newId(), students[at]!))),
    );
    expect(results.filter((r) => r.status === 'applied')).toHaveLength(1);
    expect(results.filter((r) => r.refusal?.code === 'facility-full')).toHaveLength(5);
  });

  test('of two sessions of raw SQL that want the last seat at once, exactly one gets it', async () => {
    const world = await place(1);
    const students = [await newStudent(), await newStudent()];
    const sessions = [new pg.Client(central.ownerUrl), new pg.Client(central.ownerUrl)];
    await Promise.all(sessions.map((session) => session.connect()));
    const codes = await Promise.all(
      sessions.map(async (session, at) => {
        await session.query('begin');
        try {
          await session.query(
            `insert into app.course_enrollments (id, program_id, student_id, course_id, facility_id, age_group, location_type, session_type, enrollment_date)
             values ($1, $2, $3, $4, $5, 'adults', 'our-facility', 'group', '2026-03-01')`,
            [newId(), program, students[at], world.course, world.facility],
          );
          await session.query('commit');
          return 'in';
        } catch (error) {
          await session.query('rollback');
          return (error as Error).message;
        }
      }),
    );
    await Promise.all(sessions.map((session) => session.end()));
    expect(codes.sort()).toEqual(['facility-full', 'in']);
  });

  test('raw SQL is held to the same: full, in maintenance, twice, without a price', async () => {
    const world = await place(1);
    const { studentId } = await enrolled(world);
    expect(await rawEnrollment(world, await newStudent())).toBe('facility-full');
    await query('update app.facilities set capacity = 10 where id = $1', world.facility);
    expect(await rawEnrollment(world, studentId)).toBe('already-enrolled');
    await query(`update app.facilities set status = 'maintenance' where id = $1`, world.facility);
    expect(await rawEnrollment(world, await newStudent())).toBe('facility-closed');
    await query(`update app.facilities set status = 'active' where id = $1`, world.facility);
    await query('update app.facility_course_pricing set is_active = false where id = $1', world.price);
    expect(await rawEnrollment(world, await newStudent())).toBe('no-price');
  });
});

describe('one student, one course, one facility', () => {
  test('a second enrollment names the first', async () => {
    const world = await place(10);
    const { id, studentId } = await enrolled(world);
    expect(await refusal(enrollment(program, world, newId(), studentId))).toMatchObject({
      code: 'already-enrolled',
      detail: { enrollmentId: id },
    });
  });

  test('the same course at another facility is fine, and a paused enrollment still counts', async () => {
    const [world, elsewhere] = [await place(10), await place(10)];
    const { id, studentId } = await enrolled(world);
    await done(
      admin,
      insert('facility_course_pricing', newId(), {
        ...{ programId: program, facilityId: elsewhere.facility, courseId: world.course, ...configuration },
        ...{ price: 7, effectiveDate: '2026-01-01' },
      }),
      enrollment(program, { ...world, facility: elsewhere.facility }, newId(), studentId),
      update('course_enrollments', id, 1, { status: 'active' }, { status: 'paused' }),
    );
    expect(await refusal(enrollment(program, world, newId(), studentId))).toMatchObject({ code: 'already-enrolled' });
  });

  test('two desks enrolling the same student at once: one of them', async () => {
    const world = await place(10);
    const studentId = await newStudent();
    const desks = await Promise.all(
      Array.from({ length: 4 }, async () => central.desk(await central.openSession(adminId))),
    );
    const results = await Promise.all(desks.map((desk) => desk.change(enrollment(program, world, newId(), studentId))));
    expect(results.map((r) => r.refusal?.code ?? r.status).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'already-enrolled'),
      'applied',
    ]);
  });
});

describe('the price agreed', () => {
  const agreed = async (id: string): Promise<number> =>
    Number(
      (await query<{ p: string }>('select price_agreed as p from app.course_enrollments where id = $1', id))[0]!.p,
    );
  const reprice = (id: string, to: number, reason?: string): Op => ({
    ...update('course_enrollments', id, 1, { priceAgreed: 1_500_000 }, { priceAgreed: to }),
    ...(reason ? { reason } : {}),
  });

  test('is changed by a program admin with a reason, which is recorded', async () => {
    const { id } = await enrolled(await place(10));
    expect(await refusal(reprice(id, 1_000_000))).toMatchObject({ code: 'reprice-reason', fields: ['priceAgreed'] });
    await done(admin, reprice(id, 1_000_000, 'Scholarship'));
    expect(await agreed(id)).toBe(1_000_000);
    const history = await admin.call<{ reason: string; changes: Record<string, unknown> }[]>(
      'history',
      admin.token,
      'course_enrollments',
      id,
      null,
      1,
    );
    expect(history[0]).toMatchObject({ reason: 'Scholarship', changes: { priceAgreed: [1_500_000, 1_000_000] } });
  });

  test('is not changed by a coordinator, whatever the reason', async () => {
    const { id } = await enrolled(await place(10));
    const result = await coordinator.change(reprice(id, 1, 'I say so'));
    expect(result.refusal).toMatchObject({ code: 'forbidden', fields: ['priceAgreed'] });
    expect(await agreed(id)).toBe(1_500_000);
  });

  test('stays when the price list changes, and raw SQL without a reason does not move it', async () => {
    const world = await place(10);
    const { id } = await enrolled(world);
    await query('update app.facility_course_pricing set price = 5 where id = $1', world.price);
    expect(await agreed(id)).toBe(1_500_000);
    expect(await raw('update app.course_enrollments set price_agreed = 5 where id = $1', id)).toBe('reprice-reason');
  });

  test('of a transfer is the other facility’s, and both facilities stand in the audit trail', async () => {
    const [world, elsewhere] = [await place(10), await place(10)];
    const { id } = await enrolled(world);
    await done(
      admin,
      insert('facility_course_pricing', newId(), {
        ...{ programId: program, facilityId: elsewhere.facility, courseId: world.course, ...configuration },
        ...{ price: 700, effectiveDate: '2026-01-01' },
      }),
    );
    await done(
      coordinator,
      update('course_enrollments', id, 1, { facilityId: world.facility }, { facilityId: elsewhere.facility }),
    );
    expect(await agreed(id)).toBe(700);
    const entries = await query<{ changes: Record<string, unknown> }>(
      `select changes from audit.entry where row_id = $1 and changes ? 'facilityId' order by id`,
      id,
    );
    expect(entries.map((entry) => entry.changes['facilityId'])).toEqual([
      [null, world.facility],
      [world.facility, elsewhere.facility],
    ]);
  });

  test('who assigned and how is never changed, not by raw SQL either', async () => {
    const { id } = await enrolled(await place(10), { assignmentType: 'bulk_assigned' });
    expect(await query('select assigned_by, assignment_type from app.course_enrollments where id = $1', id)).toEqual([
      { assigned_by: adminId, assignment_type: 'bulk_assigned' },
    ]);
    expect(await raw(`update app.course_enrollments set assignment_type = 'direct' where id = $1`, id)).toBe(
      'read-only-field',
    );
    expect(await raw('update app.course_enrollments set assigned_by = null where id = $1', id)).toBe('read-only-field');
    expect(
      await refusal(
        update('course_enrollments', id, 1, { assignmentType: 'bulk_assigned' }, { assignmentType: 'direct' }),
      ),
    ).toMatchObject({ code: 'read-only-field' });
  });
});

describe('currencies', () => {
  test('a price in another currency than the program’s is refused, pushed or by raw SQL', async () => {
    const world = await place(10);
    const values = {
      ...{ programId: program, facilityId: world.facility, courseId: world.course, ...configuration },
      ...{ sessionType: 'private', price: 1, effectiveDate: '2026-01-01' },
    };
    expect(await refusal(insert('facility_course_pricing', newId(), { ...values, currency: 'EUR' }))).toMatchObject({
      code: 'wrong-currency',
      fields: ['currency'],
      detail: { currency: 'EUR', expected: 'NGN' },
    });
    expect(await raw(`update app.courses set currency = 'EUR' where id = $1`, world.course)).toBe('wrong-currency');
    expect(await raw(`update app.programs set currency = 'EUR' where id = $1`, program)).toBe('currency-in-use');
  });

  test('an amount without a currency is in the program’s', async () => {
    const other = await central.addProgram('UKSW');
    await query(`update app.programs set currency = 'GBP' where id = $1`, other);
    const root = await central.addUser({ role: 'super_admin' });
    const desk = await central.desk(await central.openSession(root.id));
    const world = await buildWorld(desk, other);
    expect(await query('select currency from app.facility_course_pricing where id = $1', world.price)).toEqual([
      { currency: 'GBP' },
    ]);
  });
});

describe('prices', () => {
  const price = (world: World, id: string, from: string, more: Record<string, unknown> = {}): Op =>
    insert('facility_course_pricing', id, {
      ...{ programId: program, facilityId: world.facility, courseId: world.course, ...configuration },
      ...{ price: 2_000_000, effectiveDate: from, ...more },
    });
  const close = (world: World, on: string): Op =>
    update('facility_course_pricing', world.price, 1, { endDate: null }, { endDate: on });

  test('closing the old and opening the new in one mutation applies in either order', async () => {
    for (const isOpenedFirst of [true, false]) {
      const world = await place(10);
      const ops = [price(world, newId(), '2026-06-01'), close(world, '2026-05-31')];
      await done(admin, ...(isOpenedFirst ? ops : ops.reverse()));
    }
  });

  test('two prices may swap their days in one mutation', async () => {
    const world = await place(10);
    const next = newId();
    await done(admin, close(world, '2026-05-31'), price(world, next, '2026-06-01'));
    await done(
      admin,
      update(
        'facility_course_pricing',
        world.price,
        2,
        { effectiveDate: '2026-01-01', endDate: '2026-05-31' },
        { effectiveDate: '2026-06-01', endDate: null },
      ),
      update(
        'facility_course_pricing',
        next,
        1,
        { effectiveDate: '2026-06-01', endDate: null },
        { effectiveDate: '2026-01-01', endDate: '2026-05-31' },
      ),
    );
  });

  test('an overlap that is left at the end is refused, with the other price', async () => {
    const world = await place(10);
    expect(await refusal(price(world, newId(), '2026-06-01'), close(world, '2026-06-01'))).toMatchObject({
      code: 'price-overlap',
      detail: { otherId: world.price },
    });
    expect(
      await raw(
        `insert into app.facility_course_pricing (id, program_id, facility_id, course_id, age_group, location_type, session_type, price, effective_date)
         values ($1, $2, $3, $4, 'adults', 'our-facility', 'group', 5, '2027-01-01')`,
        newId(),
        program,
        world.facility,
        world.course,
      ),
    ).toMatch(/^(price-overlap|facility_course_pricing_no_overlap)$/);
  });
});

describe('the waitlist', () => {
  const switchWaitlist = (on: boolean) =>
    query('update app.programs set uses_waitlist = $2 where id = $1', program, on);
  const waiting = (world: World, id: string, studentId: string, more: Record<string, unknown> = {}): Op =>
    enrollment(program, world, id, studentId, { status: 'waitlisted', ...more });

  test('is a program’s choice, off by default; who waits when it is given up goes on waiting', async () => {
    const world = await place(1);
    expect(await refusal(waiting(world, newId(), await newStudent()))).toMatchObject({ code: 'no-waitlist' });
    await switchWaitlist(true);
    const [id, studentId] = [newId(), await newStudent()];
    await done(coordinator, waiting(world, id, studentId));
    await switchWaitlist(false);
    await done(coordinator, update('course_enrollments', id, 1, {}, { assignmentNotes: 'Called on Monday' }));
    expect(await refusal(waiting(world, newId(), await newStudent()))).toMatchObject({ code: 'no-waitlist' });
    await switchWaitlist(true);
  });

  test('holds no seat; a seat is taken, at the price of that day, when it is given, and not beyond capacity', async () => {
    await switchWaitlist(true);
    const world = await place(1);
    const held = await enrolled(world);
    const id = newId();
    await done(coordinator, waiting(world, id, await newStudent()));
    const give = { status: 'active', enrollmentDate: '2026-04-01' };
    const was = { status: 'waitlisted', enrollmentDate: '2026-03-01' };
    expect(await refusal(update('course_enrollments', id, 1, was, give))).toMatchObject({ code: 'facility-full' });
    await done(coordinator, update('course_enrollments', held.id, 1, { status: 'active' }, { status: 'withdrawn' }));
    await query('update app.facility_course_pricing set price = price + 700 where facility_id = $1', world.facility);
    await done(coordinator, update('course_enrollments', id, 1, was, give));
    const [row] = await query<{ same: boolean; status: string }>(
      `select e.status, e.price_agreed = p.price as same from app.course_enrollments e
         join app.facility_course_pricing p on p.facility_id = e.facility_id and p.course_id = e.course_id where e.id = $1`,
      id,
    );
    expect(row).toEqual({ status: 'active', same: true });
  });

  test('of two desks that give the last seat to two who wait, one is refused', async () => {
    await switchWaitlist(true);
    const world = await place(1);
    const ids = [newId(), newId()];
    for (const id of ids) await done(admin, waiting(world, id, await newStudent()));
    const seat = (desk: TestDesk, id: string) =>
      desk.change(update('course_enrollments', id, 1, { status: 'waitlisted' }, { status: 'active' }));
    const answers = await Promise.all([seat(admin, ids[0]!), seat(coordinator, ids[1]!)]);
    expect(answers.map((one) => one.refusal?.code ?? 'in').sort()).toEqual(['facility-full', 'in']);
  });

  test('nobody waits twice, or beside an enrollment; and not for a facility that is closed', async () => {
    await switchWaitlist(true);
    const world = await place(3);
    const { studentId } = await enrolled(world);
    expect(await refusal(waiting(world, newId(), studentId))).toMatchObject({ code: 'already-enrolled' });
    const other = await newStudent();
    await done(admin, waiting(world, newId(), other));
    expect(await refusal(enrollment(program, world, newId(), other))).toMatchObject({
      ...{ code: 'already-enrolled', detail: { status: 'waitlisted' } },
    });
    await query(`update app.facilities set status = 'maintenance' where id = $1`, world.facility);
    expect(await refusal(waiting(world, newId(), await newStudent()))).toMatchObject({ code: 'facility-closed' });
  });
});
