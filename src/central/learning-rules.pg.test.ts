import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { Op } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, insert, remove, student, update, type World } from './testing/ops';

let central: FreshCentral;
let program: string;
let adminId: string;
let admin: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  adminId = (await central.addUser({ role: 'program_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(adminId));
});
afterAll(() => central.drop());

const query = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const done = async (...ops: Op[]): Promise<void> => {
  expect(await admin.change(...ops)).toMatchObject({ status: expect.stringMatching(/applied|merged/) as string });
};
const refusal = async (...ops: Op[]): Promise<unknown> => (await admin.change(...ops)).refusal;
const another = async (): Promise<TestDesk> => central.desk(await central.openSession(adminId));

interface Learner {
  world: World;
  id: string;
}
async function learner(): Promise<Learner> {
  const world = await buildWorld(admin, program);
  const [id, studentId] = [newId(), newId()];
  await done(student(program, studentId), enrollment(program, world, id, studentId));
  return { world, id };
}
const tick = (enrollmentId: string, lessonId: string, id = newId()): Op =>
  insert('lesson_progress', id, { programId: program, enrollmentId, lessonId, completed: true });
const state = async (id: string): Promise<unknown> =>
  (
    await query(
      'select progress_percentage as progress, status, completion_date is not null as ended from app.course_enrollments where id = $1',
      id,
    )
  )[0];
const certify = (enrollmentId: string, id = newId(), issuedAt = Date.UTC(2026, 5, 1)): Op =>
  insert('certificates', id, { programId: program, enrollmentId, issuedAt });
async function finished(): Promise<Learner> {
  const one = await learner();
  await done(...one.world.lessons.map((lesson) => tick(one.id, lesson)));
  return one;
}

describe('progress', () => {
  test('follows the lessons done, and the last one completes the enrollment', async () => {
    const { world, id } = await learner();
    await done(tick(id, world.lessons[0]!));
    expect(await state(id)).toEqual({ progress: 25, status: 'active', ended: false });
    await done(...world.lessons.slice(1).map((lesson) => tick(id, lesson)));
    expect(await state(id)).toEqual({ progress: 100, status: 'completed', ended: true });
  });

  test('taking a lesson back reopens what only the lessons had completed', async () => {
    const { world, id } = await learner();
    const last = newId();
    await done(...world.lessons.slice(1).map((lesson) => tick(id, lesson)), tick(id, world.lessons[0]!, last));
    await done(update('lesson_progress', last, 1, { completed: true }, { completed: false }));
    expect(await state(id)).toEqual({ progress: 75, status: 'active', ended: false });
    await done(update('lesson_progress', last, 2, { completed: false }, { completed: true }));
    await done(remove('lesson_progress', last));
    expect(await state(id)).toEqual({ progress: 75, status: 'active', ended: false });
  });

  test('counts the lessons of what is published, and a lesson of an earlier version for the same in the next', async () => {
    const { world, id } = await learner();
    await done(tick(id, world.lessons[0]!));
    await done(update('curricula', world.curriculum, 1, { state: 'draft' }, { state: 'published' }));
    const [next, module] = [newId(), newId()];
    const copies = [newId(), newId()];
    await done(
      insert('curricula', next, {
        ...{ programId: program, courseId: world.course, name: 'Basics', sequenceOrder: 2, lineId: world.curriculum },
        version: 2,
      }),
      insert('modules', module, { programId: program, curriculumId: next, name: 'M', sequenceOrder: 1 }),
      ...copies.map((copy, at) =>
        insert('lessons', copy, {
          ...{ programId: program, moduleId: module, name: `L${at}`, sequenceOrder: at + 1 },
          ...(at === 0 ? { lineageId: world.lessons[0] } : {}),
        }),
      ),
    );
    await done(update('curricula', next, 1, { state: 'draft' }, { state: 'published' }));
    await done(tick(id, copies[1]!));
    expect(await state(id)).toEqual({ progress: 100, status: 'completed', ended: true });
  });

  test('a lesson of another course is refused, pushed or by raw SQL', async () => {
    const { id } = await learner();
    const elsewhere = await buildWorld(admin, program);
    expect(await refusal(tick(id, elsewhere.lessons[0]!))).toMatchObject({
      code: 'other-course',
      fields: ['lessonId'],
    });
    await expect(
      query(
        'insert into app.lesson_progress (id, program_id, enrollment_id, lesson_id) values ($1, $2, $3, $4)',
        newId(),
        program,
        id,
        elsewhere.lessons[0],
      ),
    ).rejects.toThrow('other-course');
  });

  test('desks that finish different lessons at once lose none', async () => {
    const { world, id } = await learner();
    const desks = await Promise.all(world.lessons.map(another));
    await Promise.all(desks.map((desk, at) => desk.change(tick(id, world.lessons[at]!))));
    expect(await state(id)).toEqual({ progress: 100, status: 'completed', ended: true });
  });

  test('by raw SQL counts the same', async () => {
    const { world, id } = await learner();
    await query(
      `insert into app.lesson_progress (id, program_id, enrollment_id, lesson_id, completed)
       select gen_random_uuid(), $1, $2, l, true from unnest($3::uuid[]) l`,
      program,
      id,
      world.lessons,
    );
    expect(await state(id)).toEqual({ progress: 100, status: 'completed', ended: true });
  });
});

describe('certificates', () => {
  test('are for a completed enrollment only', async () => {
    const { id } = await learner();
    expect(await refusal(certify(id))).toMatchObject({
      code: 'not-completed',
      detail: { enrollmentId: id, status: 'active', progress: 0 },
    });
    await expect(
      query(
        'insert into app.certificates (id, program_id, enrollment_id, issued_at) values ($1, $2, $3, now())',
        newId(),
        program,
        id,
      ),
    ).rejects.toThrow('not-completed');
  });

  test('are numbered by the year, can be verified, and keep their enrollment completed', async () => {
    const { id } = await finished();
    const certificate = newId();
    await done(certify(id, certificate));
    const [{ number }] = (await query<{ number: string }>(
      'select certificate_number as number from app.certificates where id = $1',
      certificate,
    )) as [{ number: string }];
    expect(number).toMatch(/^CERT-2026-\d{6}$/);
    const verified = await query<{ v: unknown }>(
      'select sync.verify_certificate($1) as v',
      ` ${number.toLowerCase()} `,
    );
    expect(verified[0]?.v).toMatchObject({ valid: true, number, student: 'Ada Obi', course: 'Swimming' });
    expect(await query('select sync.verify_certificate($1) as v', 'CERT-2026-999999')).toEqual([
      { v: { valid: false, number: 'CERT-2026-999999' } },
    ]);
    expect(
      await refusal(update('course_enrollments', id, 1, { status: 'completed' }, { status: 'active' })),
    ).toMatchObject({ code: 'certificate-issued', detail: { certificateId: certificate, number } });
    await done(remove('certificates', certificate));
    expect((await query<{ v: unknown }>('select sync.verify_certificate($1) as v', number))[0]?.v).toMatchObject({
      valid: false,
    });
  });

  test('issued by many desks at once have numbers of their own', async () => {
    const learners = await Promise.all(Array.from({ length: 1 }, finished));
    for (let i = 0; i < 4; i++) learners.push(await finished());
    const desks = await Promise.all(learners.map(another));
    await Promise.all(desks.map((desk, at) => desk.change(certify(learners[at]!.id))));
    const [row] = await query<{ all: number; distinct: number }>(
      'select count(*)::int as all, count(distinct certificate_number)::int as distinct from app.certificates',
    );
    expect(row?.all).toBeGreaterThanOrEqual(5);
    expect(row?.distinct).toBe(row?.all);
  });

  test('there is one for an enrollment, also when two desks issue it at once', async () => {
    const { id } = await finished();
    const desks = await Promise.all([another(), another()]);
    const results = await Promise.all(desks.map((desk) => desk.change(certify(id))));
    expect(results.map((r) => r.refusal?.code ?? r.status).sort()).toEqual(['applied', 'duplicate']);
  });
});

describe('grades', () => {
  test('above the highest score are refused, and the highest score does not go below a grade', async () => {
    const { world } = await learner();
    const [assignment, studentId, id] = [newId(), newId(), newId()];
    await done(
      student(program, studentId),
      insert('assignments', assignment, {
        ...{ programId: program, courseId: world.course, title: 'Lap', description: 'Swim', maxScore: 20 },
      }),
    );
    const hand = (score: number): Op =>
      insert('submissions', id, {
        ...{ programId: program, assignmentId: assignment, studentId, content: 'x', score },
        submittedAt: Date.UTC(2026, 2, 1),
      });
    expect(await refusal(hand(21))).toMatchObject({
      code: 'score-too-high',
      fields: ['score'],
      detail: { maxScore: 20 },
    });
    await done(hand(20));
    expect(await refusal(update('assignments', assignment, 1, { maxScore: 20 }, { maxScore: 10 }))).toMatchObject({
      code: 'score-too-high',
      fields: ['maxScore'],
    });
  });
});

describe('numbers', () => {
  test('20,000 students in one statement, with every trigger on, have numbers of their own', async () => {
    const client = new pg.Client(central.ownerUrl);
    await client.connect();
    await client.query(
      `insert into app.students (id, program_id, first_name, last_name, enrollment_date)
       select gen_random_uuid(), $1, 'A', 'B', '2026-01-01' from generate_series(1, 20000)`,
      [program],
    );
    await client.end();
    const [row] = await query<{ n: number }>(
      `select count(distinct student_number)::int as n from app.students where first_name = 'A' and student_number like 'STU-2026-%'`,
    );
    expect(row?.n).toBe(20_000);
  }, 180_000);

  test('the first number of a year holds nobody up', async () => {
    const year = new Date().getUTCFullYear() + 2;
    const sessions = [new pg.Client(central.ownerUrl), new pg.Client(central.ownerUrl)];
    await Promise.all(sessions.map((session) => session.connect()));
    const add = (session: pg.Client): Promise<unknown> =>
      session.query(
        `insert into app.students (id, program_id, first_name, last_name, enrollment_date) values ($1, $2, 'C', 'D', $3)`,
        [newId(), program, `${year}-01-01`],
      );
    await sessions[0]!.query('begin');
    await add(sessions[0]!);
    await sessions[1]!.query(`set lock_timeout = '2s'`);
    await add(sessions[1]!);
    await sessions[0]!.query('rollback');
    await Promise.all(sessions.map((session) => session.end()));
    expect(
      await query(`select student_number from app.students where student_number like $1`, `STU-${year}-%`),
    ).toEqual([{ student_number: `STU-${year}-0002` }]);
  });
});
