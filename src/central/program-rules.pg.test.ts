import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let userId: string;
let admin: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  userId = (await central.addUser({ role: 'program_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(userId));
});
afterAll(() => central.drop());

const another = async (): Promise<TestDesk> => central.desk(await central.openSession(userId));
const query = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const refusal = async (...ops: Op[]): Promise<unknown> => (await admin.change(...ops)).refusal;
const enrolled = async (
  world: World,
  more: Record<string, unknown> = {},
): Promise<{ id: string; studentId: string }> => {
  const [id, studentId] = [newId(), newId()];
  const result = await admin.change(student(program, studentId), enrollment(program, world, id, studentId, more));
  if (result.status !== 'applied') throw new Error(JSON.stringify(result));
  return { id, studentId };
};

describe('order', () => {
  const order = async (module: string): Promise<string[]> => {
    const rows = await query<{ name: string; sequence_order: number }>(
      'select name, sequence_order from app.lessons where module_id = $1 and deleted_at is null order by sequence_order, id',
      module,
    );
    expect(rows.map((row) => row.sequence_order)).toEqual(rows.map((_, at) => at + 1));
    return rows.map((row) => row.name);
  };
  const moduleOf = async (names: string[]): Promise<{ module: string; ids: Record<string, string> }> => {
    const world = await buildWorld(admin, program);
    const module = newId();
    const ids = Object.fromEntries(names.map((name) => [name, newId()]));
    await admin.change(
      insert('modules', module, { programId: program, curriculumId: world.curriculum, name: 'M', sequenceOrder: 3 }),
      ...names.map((name, at) =>
        insert('lessons', ids[name]!, { programId: program, moduleId: module, name, sequenceOrder: at + 1 }),
      ),
    );
    return { module, ids };
  };
  const move = (id: string, from: number, to: number): Op =>
    update('lessons', id, 1, { sequenceOrder: from }, { sequenceOrder: to });

  test('a moved row stands where it was asked to, and the others close up around it', async () => {
    const { module, ids } = await moduleOf(['a', 'b', 'c', 'd', 'e']);
    await admin.change(move(ids.b!, 2, 4));
    expect(await order(module)).toEqual(['a', 'c', 'd', 'b', 'e']);
    await admin.change(move(ids.e!, 5, 1));
    expect(await order(module)).toEqual(['e', 'a', 'c', 'd', 'b']);
    await admin.change(move(ids.a!, 2, 99));
    expect(await order(module)).toEqual(['e', 'c', 'd', 'b', 'a']);
  });

  test('a desk that numbers all siblings itself gets exactly its order', async () => {
    const { module, ids } = await moduleOf(['a', 'b', 'c', 'd']);
    await admin.change(move(ids.d!, 4, 1), move(ids.a!, 1, 2), move(ids.b!, 2, 3), move(ids.c!, 3, 4));
    expect(await order(module)).toEqual(['d', 'a', 'b', 'c']);
  });

  test('deleting closes the gap, restoring brings it back to its place', async () => {
    const { module, ids } = await moduleOf(['a', 'b', 'c']);
    await admin.change(remove('lessons', ids.b!));
    expect(await order(module)).toEqual(['a', 'c']);
    await admin.change(restore('lessons', ids.b!));
    expect(await order(module)).toEqual(['a', 'b', 'c']);
  });

  test('moving to another parent leaves both without gaps', async () => {
    const one = await moduleOf(['a', 'b', 'c']);
    const two = await moduleOf(['x', 'y']);
    await admin.change(
      update(
        'lessons',
        one.ids.a!,
        1,
        { moduleId: one.module, sequenceOrder: 1 },
        { moduleId: two.module, sequenceOrder: 2 },
      ),
    );
    expect(await order(one.module)).toEqual(['b', 'c']);
    expect(await order(two.module)).toEqual(['x', 'a', 'y']);
  });

  test('many desks reordering at once leave distinct positions without gaps', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { module, ids } = await moduleOf(names);
    const desks = await Promise.all([another(), another(), another(), another()]);
    await Promise.all(
      desks.map(async (desk, at) => {
        for (let turn = 0; turn < 6; turn++) {
          const name = names[(at * 3 + turn * 5) % names.length]!;
          const result = await desk.change(move(ids[name]!, 1, ((at + turn * 3) % 8) + 1));
          expect(['applied', 'merged', 'noop']).toContain(result.status);
        }
      }),
    );
    expect((await order(module)).sort()).toEqual(names);
  });

  test('options of one list do not disturb those of another', async () => {
    const make = (kind: string, code: string, sequence: number): Op =>
      insert('program_options', newId(), { programId: program, optionKind: kind, code, label: code, sequence });
    await admin.change(
      make('age_group', configuration.ageGroup, 1),
      make('age_group', 'two', 1),
      make('session_type', configuration.sessionType, 7),
    );
    const rows = await query<{ code: string; sequence: number }>(
      'select code, sequence from app.program_options where program_id = $1 order by option_kind, sequence',
      program,
    );
    expect(rows).toEqual([
      { code: 'two', sequence: 1 },
      { code: configuration.ageGroup, sequence: 2 },
      { code: configuration.sessionType, sequence: 1 },
    ]);
  });
});

describe('prices', () => {
  const priceOf = (world: World, id: string, more: Record<string, unknown>): Op =>
    insert('facility_course_pricing', id, {
      programId: program,
      facilityId: world.facility,
      courseId: world.course,
      ...configuration,
      price: 2_000_000,
      effectiveDate: '2026-06-01',
      ...more,
    });

  test('an overlap is refused, naming the other price and its days', async () => {
    const world = await buildWorld(admin, program);
    expect(await refusal(priceOf(world, newId(), {}))).toMatchObject({
      code: 'price-overlap',
      fields: ['effectiveDate', 'endDate'],
      detail: { otherId: world.price, price: 1_500_000, currency: 'NGN', from: '2026-01-01' },
    });
  });

  test('closing the old one the day before makes room for the new one, in one mutation', async () => {
    const world = await buildWorld(admin, program);
    const result = await admin.change(
      update('facility_course_pricing', world.price, 1, { endDate: null }, { endDate: '2026-05-31' }),
      priceOf(world, newId(), {}),
    );
    expect(result).toMatchObject({ status: 'applied' });
  });

  test('an inactive price may lie anywhere, until it is made active', async () => {
    const world = await buildWorld(admin, program);
    const id = newId();
    expect((await admin.change(priceOf(world, id, { isActive: false }))).status).toBe('applied');
    expect(
      await refusal(update('facility_course_pricing', id, 1, { isActive: false }, { isActive: true })),
    ).toMatchObject({ code: 'price-overlap' });
  });

  test('of two desks that enter overlapping prices at once, one is told about the other’s', async () => {
    const world = await buildWorld(admin, program);
    await admin.change(remove('facility_course_pricing', world.price));
    const desks = await Promise.all(Array.from({ length: 6 }, another));
    const results = await Promise.all(
      desks.map((desk, at) =>
        desk.change(priceOf(world, newId(), { effectiveDate: `2026-06-0${at + 1}`, price: 1000 + at })),
      ),
    );
    expect(results.filter((r) => r.status === 'applied')).toHaveLength(1);
    for (const result of results.filter((r) => r.status !== 'applied')) {
      expect(result.refusal).toMatchObject({
        code: 'price-overlap',
        detail: { from: expect.stringMatching(/^2026-06-0\d$/) as string },
      });
    }
  });

  test('a price that ends before it begins is refused', async () => {
    const world = await buildWorld(admin, program);
    expect(
      await refusal(priceOf(world, newId(), { effectiveDate: '2027-02-01', endDate: '2027-01-01' })),
    ).toMatchObject({ code: 'contradiction' });
  });
});

describe('enrollments', () => {
  test('agree the price in force on the day, and note who assigned', async () => {
    const world = await buildWorld(admin, program);
    const { id } = await enrolled(world);
    expect(
      await query('select price_agreed, currency, assigned_by from app.course_enrollments where id = $1', id),
    ).toEqual([{ price_agreed: '1500000', currency: 'NGN', assigned_by: userId }]);
  });

  test('without a price in force are refused, naming the combination', async () => {
    const world = await buildWorld(admin, program);
    await admin.change(student(program, world.lessons[0]!));
    expect(
      await refusal(enrollment(program, world, newId(), world.lessons[0]!, { enrollmentDate: '2025-12-31' })),
    ).toMatchObject({
      code: 'no-price',
      detail: {
        date: '2025-12-31',
        course: 'Swimming',
        ageGroup: 'adults',
        locationType: 'our-facility',
        sessionType: 'group',
      },
    });
  });

  test('are refused where the person saw another price', async () => {
    const world = await buildWorld(admin, program);
    const studentId = newId();
    await admin.change(student(program, studentId));
    expect(
      await refusal(enrollment(program, world, newId(), studentId, { priceAgreed: 1_200_000, currency: 'NGN' })),
    ).toMatchObject({
      code: 'price-changed',
      detail: { expected: 1_200_000, price: 1_500_000 },
    });
    expect(
      (await admin.change(enrollment(program, world, newId(), studentId, { priceAgreed: 1_500_000, currency: 'NGN' })))
        .status,
    ).toBe('applied');
  });

  test('are not taken by a facility in maintenance', async () => {
    const world = await buildWorld(admin, program);
    const { id } = await enrolled(world);
    await admin.change(update('facilities', world.facility, 1, { status: 'active' }, { status: 'maintenance' }));
    const studentId = newId();
    await admin.change(student(program, studentId));
    expect(await refusal(enrollment(program, world, newId(), studentId))).toMatchObject({
      code: 'facility-closed',
      detail: { status: 'maintenance' },
    });
    expect(
      await admin.change(update('course_enrollments', id, 1, { status: 'active' }, { status: 'paused' })),
    ).toMatchObject({ status: 'applied' });
  });

  test('are not doubled while active, and may follow one that ended', async () => {
    const world = await buildWorld(admin, program);
    const { id, studentId } = await enrolled(world);
    expect(await refusal(enrollment(program, world, newId(), studentId))).toMatchObject({ code: 'already-enrolled' });
    await admin.change(update('course_enrollments', id, 1, { status: 'active' }, { status: 'withdrawn' }));
    expect((await admin.change(enrollment(program, world, newId(), studentId))).status).toBe('applied');
    expect(
      await refusal(update('course_enrollments', id, 2, { status: 'withdrawn' }, { status: 'active' })),
    ).toMatchObject({ code: 'already-enrolled' });
  });

  test('keep their price when the price list changes', async () => {
    const world = await buildWorld(admin, program);
    const { id } = await enrolled(world);
    await admin.change(update('facility_course_pricing', world.price, 1, { price: 1_500_000 }, { price: 9_000_000 }));
    await admin.change(update('course_enrollments', id, 1, { progressPercentage: 0 }, { progressPercentage: 50 }));
    expect(await query('select price_agreed from app.course_enrollments where id = $1', id)).toEqual([
      { price_agreed: '1500000' },
    ]);
  });
});

describe('student numbers', () => {
  test('are distinct however many desks add students at once, and nobody waits for anybody', async () => {
    // The first of a year makes the year's sequence; only that once do others wait.
    await admin.change(student(program, newId()));
    const desks = await Promise.all(Array.from({ length: 5 }, another));
    await central.sql.query('begin');
    await central.sql.query(
      `insert into app.students (id, program_id, first_name, last_name) values ($1, $2, 'A', 'B')`,
      [newId(), program],
    );
    await Promise.all(desks.map((desk) => desk.change(...Array.from({ length: 20 }, () => student(program, newId())))));
    await central.sql.query('commit');
    const [row] = await query<{ all: number; distinct: number }>(
      'select count(*)::int as all, count(distinct student_number)::int as distinct from app.students',
    );
    expect(row?.distinct).toBe(row?.all);
  });

  test('follow the year of joining', async () => {
    const id = newId();
    await admin.change(student(program, id, { enrollmentDate: '2019-09-01' }));
    expect(await query('select student_number from app.students where id = $1', id)).toEqual([
      { student_number: 'STU-2019-0001' },
    ]);
  });

  test('go on past four digits', async () => {
    await query("select setval('sync.student_number_2019', 9999)");
    const id = newId();
    expect(
      await admin.change({
        ...student(program, id),
        patch: { ...student(program, id).patch, enrollmentDate: '2019-03-01' },
      }),
    ).toMatchObject({ status: 'applied' });
    expect(await query('select student_number from app.students where id = $1', id)).toEqual([
      { student_number: 'STU-2019-10000' },
    ]);
  });
});

describe('deleting', () => {
  const live = async (world: World): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    const of = async (table: string, where: string, value: unknown): Promise<void> => {
      const [row] = await query<{ n: number }>(
        `select count(*)::int as n from app.${table} where ${where} and deleted_at is null`,
        value,
      );
      counts[table] = row?.n ?? 0;
    };
    await of('courses', 'id = $1', world.course);
    await of('curricula', 'course_id = $1', world.course);
    await of('modules', 'curriculum_id = $1', world.curriculum);
    await of('lessons', 'module_id = any ($1)', world.modules);
    await of('facility_course_pricing', 'course_id = $1', world.course);
    return counts;
  };
  const whole = { courses: 1, curricula: 1, modules: 2, lessons: 4, facility_course_pricing: 1 };

  test('takes the contents along, and restoring brings back exactly those', async () => {
    const world = await buildWorld(admin, program);
    await admin.change(remove('lessons', world.lessons[0]!));
    await admin.change(remove('courses', world.course));
    expect(await live(world)).toEqual({ courses: 0, curricula: 0, modules: 0, lessons: 0, facility_course_pricing: 0 });
    await admin.change(restore('courses', world.course));
    expect(await live(world)).toEqual({ ...whole, lessons: 3 });
  });

  test('is refused while something depends on the row, with what and how many', async () => {
    const world = await buildWorld(admin, program);
    const { id, studentId } = await enrolled(world);
    expect(await refusal(remove('courses', world.course))).toMatchObject({
      code: 'has-dependents',
      detail: { counts: { course_enrollments: 1 } },
    });
    expect(await refusal(remove('facilities', world.facility))).toMatchObject({ code: 'has-dependents' });
    expect(await refusal(remove('students', studentId))).toMatchObject({ code: 'has-dependents' });
    expect(await live(world)).toEqual(whole);
    await admin.change(update('course_enrollments', id, 1, { status: 'active' }, { status: 'completed' }));
    expect((await admin.change(remove('courses', world.course))).status).toBe('applied');
  });

  test('a child of a deleted parent does not come to be, and what would bring the parent back is named', async () => {
    const world = await buildWorld(admin, program);
    await admin.change(remove('modules', world.modules[0]!));
    const late = insert('lessons', newId(), { programId: program, moduleId: world.modules[0], name: 'Late' });
    const gone = { clash: 'gone', entity: 'modules', id: world.modules[0] };
    expect(await admin.change(late)).toMatchObject({
      status: 'conflict',
      conflicts: [{ ...gone, restore: [{ title: 'M1', holds: { lessons: 2 } }] }],
    });
    expect(await admin.change(restore('lessons', world.lessons[0]!))).toMatchObject({
      status: 'conflict',
      conflicts: [gone],
    });
  });

  test('and adding a child at the same moment never leaves a living child of a deleted parent', async () => {
    const [one, two] = [await another(), await another()];
    for (let round = 0; round < 15; round++) {
      const world = await buildWorld(admin, program);
      const child = newId();
      await Promise.all([
        one.change(remove('curricula', world.curriculum)),
        two.change(
          insert('lessons', child, { programId: program, moduleId: world.modules[0], name: 'Late', sequenceOrder: 1 }),
        ),
      ]);
      expect(
        await query(
          `select from app.lessons l join app.modules m on m.id = l.module_id where l.deleted_at is null and m.deleted_at is not null`,
        ),
      ).toEqual([]);
    }
  });
});

describe('revealing', () => {
  test('asks for a reason and leaves a trace', async () => {
    const [studentId, id] = [newId(), newId()];
    await admin.change(
      student(program, studentId),
      insert('student_confidential', id, {
        programId: program,
        studentId,
        emergencyContact: { name: 'Ngozi', phone: '1' },
      }),
    );
    const reveal = (reason?: string): Op => ({
      entity: 'student_confidential',
      op: 'reveal',
      id,
      version: 1,
      ...(reason ? { reason } : {}),
    });
    expect(await refusal(reveal())).toMatchObject({ code: 'reason-missing' });
    expect((await admin.change(reveal('The child fell ill'))).status).toBe('applied');
    const history = await admin.call<{ action: string; reason: string | null }[]>(
      'history',
      admin.token,
      'student_confidential',
      id,
      null,
      10,
    );
    expect(history[0]).toMatchObject({
      action: 'reveal',
      reason: 'The child fell ill',
      userId,
      entity: 'student_confidential',
    });
    expect(
      await refusal({ entity: 'students', op: 'reveal', id: studentId, version: 1, reason: 'curious' }),
    ).toMatchObject({ code: 'invalid-value' });
  });
});
