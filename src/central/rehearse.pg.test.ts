import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { protocol, type Mutation, type MutationResult, type Op, type PushResult } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { everything } from './testing/everything';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, remove, restore, student, update, type World } from './testing/ops';

let central: FreshCentral;
let program: string;
let other: string;
let world: World;
let admin: TestDesk;
let coordinator: TestDesk;
const userOf = new Map<TestDesk, string>();

beforeAll(async () => {
  central = await freshCentral();
  [program, other] = [await central.addProgram('SWIM'), await central.addProgram('JUDO')];
  const open = async (role: string): Promise<TestDesk> => {
    const { id } = await central.addUser({ role, programs: [program] });
    const desk = await central.desk(await central.openSession(id));
    userOf.set(desk, id);
    return desk;
  };
  [admin, coordinator] = [await open('program_admin'), await open('program_coordinator')];
  world = await buildWorld(admin, program);
});
afterAll(() => central.drop());

type Rehearsed = Omit<MutationResult, 'seq'> & { with?: unknown };
const rehearse = async (desk: TestDesk, mutations: Mutation[]): Promise<Rehearsed[]> => {
  const answer = await desk.call<{ results: Rehearsed[] }>('rehearse', desk.token, protocol, JSON.stringify(mutations));
  return answer.results;
};
const mutations = (...lists: Op[][]): Mutation[] => lists.map((ops, at) => ({ seq: at + 1, id: newId(), ops }));

/** Numbers in order, the same for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a rehearsal', () => {
  test('answers what the push then answers, and changes nothing at all', async () => {
    const seen = new Set<string>();
    const students: string[] = [];
    for (let seed = 1; seed <= 25; seed++) {
      const next = random(seed);
      const pick = <T>(items: readonly T[]): T => items[next(items.length)]!;
      const anyStudent = (): string => (students.length > 0 ? pick(students) : newId());
      const made: string[] = [];
      const oneOp = (): Op => {
        const name = pick(['Ada', 'Bola', 'Chi', '']);
        switch (next(11)) {
          case 0:
          case 1: {
            const id = newId();
            made.push(id);
            return student(pick([program, program, program, other]), id, { firstName: name });
          }
          case 2:
            return update('students', anyStudent(), next(3), { firstName: 'Ada' }, { firstName: name });
          case 3:
            return update('students', anyStudent(), next(3), { phone: null }, { phone: pick(['1', '2', '3']) });
          case 4:
            return update(
              'students',
              pick([...made, anyStudent()]),
              1,
              { address: null },
              { address: pick(['Yaba', 'Ikeja']) },
            );
          case 5:
            return remove('students', anyStudent());
          case 6:
            return restore('students', anyStudent());
          case 7:
            return enrollment(program, world, newId(), pick([...made, anyStudent()]));
          case 8:
            return update('facility_course_pricing', world.price, 1, { price: 1_500_000 }, { price: 1 + next(9) });
          case 9:
            return update(
              'lessons',
              pick(world.lessons),
              1,
              { sequenceOrder: 1 },
              { sequenceOrder: 1 + next(3), moduleId: pick(world.modules) },
            );
          default:
            return remove(pick(['facilities', 'courses']), pick([world.facility, world.course]));
        }
      };
      const person = pick([admin, coordinator]);
      const desk = await central.desk(person.token);
      // As after signing in there: what this desk did is known to it, in a rehearsal too.
      await central.sql.query('update auth.session set device_id = $1 where user_id = $2', [
        desk.device,
        userOf.get(person),
      ]);
      const batch = mutations(...Array.from({ length: 6 }, () => Array.from({ length: 1 + next(2) }, oneOp)));
      const before = await everything(central.sql);
      const rehearsed = await rehearse(desk, batch);
      expect(await everything(central.sql)).toEqual(before);
      const pushed = (await desk.push(...batch)) as Extract<PushResult, { lastSeq: number }>;
      expect(timeless(rehearsed.map(({ with: _, ...result }) => result))).toEqual(
        timeless(pushed.results.map(({ seq: _, ...result }) => result)),
      );
      for (const { status } of rehearsed) seen.add(status);
      students.push(...made);
    }
    expect([...seen].sort()).toEqual(['applied', 'conflict', 'merged', 'noop', 'rejected']);
  });

  test('says with whom a change will be merged, and what they changed', async () => {
    const id = newId();
    await admin.change(student(program, id));
    await admin.change(update('students', id, 1, { phone: null }, { phone: '0801' }));
    const me = (await admin.session()) as { userId: string; fullName: string };
    const [result] = await rehearse(
      coordinator,
      mutations([update('students', id, 1, { address: null }, { address: 'Yaba' })]),
    );
    expect(result).toMatchObject({
      status: 'merged',
      with: [{ entity: 'students', id, userId: me.userId, userName: me.fullName, fields: ['phone'] }],
    });
  });

  test('draws no number: the next student gets the one after the last', async () => {
    const numberOf = async (id: string): Promise<number> =>
      Number(
        (
          await central.sql.query<{ n: string }>('select student_number as n from app.students where id = $1', [id])
        ).rows[0]!.n.split('-').pop(),
      );
    const [first, second] = [newId(), newId()];
    await admin.change(student(program, first));
    for (let n = 0; n < 3; n++)
      expect((await rehearse(admin, mutations([student(program, newId())])))[0]?.status).toBe('applied');
    await admin.change(student(program, second));
    expect(await numberOf(second)).toBe((await numberOf(first)) + 1);
  });

  test('knows what the server has already', async () => {
    const desk = await central.desk(admin.token);
    const batch = mutations([student(program, newId())]);
    await desk.push(...batch);
    expect(await rehearse(desk, batch)).toEqual([{ id: batch[0]!.id, status: 'applied', repeated: true }]);
  });

  test('leaves the sequence of the device, so that what was rehearsed is sent under the same numbers', async () => {
    const desk = await central.desk(admin.token);
    const batch = mutations([student(program, newId())], [student(program, newId())]);
    await rehearse(desk, batch);
    expect(await desk.push(...batch)).toMatchObject({ lastSeq: 2 });
  });

  test('holds up nobody: two at once on the same row are both answered', async () => {
    const id = newId();
    await admin.change(student(program, id));
    const change = (phone: string): Mutation[] => mutations([update('students', id, 1, { phone: null }, { phone })]);
    const [one, two] = await Promise.all([rehearse(admin, change('1')), rehearse(coordinator, change('2'))]);
    expect([one[0]?.status, two[0]?.status]).toEqual(['applied', 'applied']);
  });

  test('is refused without a session, to an old console, and beyond its size', async () => {
    const call = (token: string, version: number, batch: unknown[]) =>
      admin.call('rehearse', token, version, JSON.stringify(batch));
    expect(await call('nobody', protocol, [])).toEqual({ err: 'signed-out' });
    expect(await call(admin.token, 0, [])).toEqual({ err: 'protocol-too-old' });
    expect(
      await call(
        admin.token,
        protocol,
        Array.from({ length: 501 }, () => ({})),
      ),
    ).toEqual({ err: 'too-large' });
  });

  test('cannot be smuggled into a push: the setting of a client counts for nothing', async () => {
    const id = newId();
    const desk = await central.desk(admin.token);
    await desk.client.query(`select set_config('provost.rehearsal', '7', false)`);
    expect(await desk.change(student(program, id))).toMatchObject({ status: 'applied' });
    const { rows } = await central.sql.query<{ n: string }>('select max(id) as n from audit.entry');
    expect(Number(rows[0]!.n)).toBeLessThan(1_000_000);
  });

  test('tells of others only what its person may see', async () => {
    const stranger = await central.desk(
      await central.openSession((await central.addUser({ role: 'program_admin', programs: [other] })).id),
    );
    const id = newId();
    await admin.change(student(program, id));
    const [result] = await rehearse(stranger, mutations([update('students', id, 1, { phone: null }, { phone: '9' })]));
    expect(result).toMatchObject({ status: 'rejected', refusal: { code: 'not-found' } });
  });
});

/** A batch that meets its own earlier changes meets them at the time of the call, which differs between rehearsal and push. */
const timeless = (results: unknown): unknown =>
  JSON.parse(JSON.stringify(results, (key, value: unknown) => (key === 'theirsAt' ? undefined : value)));
