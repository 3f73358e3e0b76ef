/** A desk that was tampered with: it has a session of its own and says what no console says. Nothing of it may have an effect (I4). */
import type { Op } from '../src/shared/contract/wire';
import { newId as anyId } from '../src/shared/model';
import type { Chance } from './chance';
import type { Seat } from './seat';
import { hold } from './violation';
import type { World } from './world';

type Rows = Record<string, unknown>[];

export async function attack(world: World, seats: Seat[], seat: Seat, chance: Chance): Promise<void> {
  if (seat.plan.role === 'super_admin') return;
  const { central } = world;
  // Nobody but super admins is ever let into the last program.
  const foreign = world.programs.at(-1)!;
  const victim = world.pairs.at(-1)!;
  const desk = await central.desk(seat.desk.token);
  const other = seats.find((one) => one.user !== seat.user);
  const push = async (op: Op, device = desk.device): Promise<void> => {
    const id = anyId();
    const answer = await desk.call<{ results?: { status: string }[] }>(
      'push',
      desk.token,
      device,
      1,
      JSON.stringify([{ seq: 1, id, ops: [op] }]),
    );
    const status = answer.results?.[0]?.status ?? 'refused whole';
    hold('I4', status !== 'applied' && status !== 'merged', () => `${op.op} of a foreign ${op.entity} was ${status}`);
  };
  const refused = async (work: () => Promise<unknown>): Promise<void> => {
    const worked = await work().then(
      () => true,
      () => false,
    );
    hold('I4', !worked, () => 'a desk reached what it may not even name');
  };
  const update = (entity: string, id: string, base: Record<string, unknown>, patch: Record<string, unknown>): Op => ({
    entity,
    op: 'update',
    id,
    version: 1,
    base,
    patch,
  });
  const tries: (() => Promise<unknown>)[] = [
    () => push(update('students', victim.student, { firstName: 'Pair' }, { firstName: 'Owned' })),
    () => push({ entity: 'facilities', op: 'delete', id: victim.facility, version: 1 }),
    () =>
      push({
        entity: 'students',
        op: 'insert',
        id: anyId(),
        version: 0,
        patch: { programId: foreign, firstName: 'E', lastName: 'V', status: 'active' },
      }),
    () =>
      push({
        entity: 'user_program_assignments',
        op: 'insert',
        id: anyId(),
        version: 0,
        patch: { programId: foreign, userId: seat.user },
      }),
    () => push(update('users', seat.user, { role: seat.plan.role }, { role: 'super_admin' })),
    async () => {
      if (!other) return;
      const theirs = JSON.stringify([{ seq: 1, id: anyId(), ops: [] }]);
      const { rows } = await central.sql.query<{ id: string }>(
        'select id from sync.device where user_id = $1 limit 1',
        [other.user],
      );
      if (!rows[0]) return;
      const answer = await desk.call<{ err?: string }>('push', desk.token, rows[0].id, 1, theirs);
      hold('I4', answer.err === 'device-owner', () => `the device of somebody else answered ${JSON.stringify(answer)}`);
    },
    async () => {
      const later = JSON.stringify([{ seq: 7, id: anyId(), ops: [] }]);
      const answer = await desk.call<{ err?: string }>('push', desk.token, desk.device, 1, later);
      hold(
        'I2',
        answer.err === 'gap',
        () => `six numbers were left out, and the server said ${JSON.stringify(answer)}`,
      );
    },
    () => refused(() => desk.client.query('select * from app.students')),
    () => refused(() => desk.client.query('select sync.perform($1)', ['{}'])),
    () => refused(() => desk.client.query(`select * from api.load_students($1, 'people', $2)`, [desk.token, foreign])),
    async () => {
      const digest = await desk.call<Record<string, unknown>>('digest', desk.token, `people:${foreign}`);
      hold('I4', Object.keys(digest).length === 0, () => 'the digest of a foreign scope was told');
    },
    async () => {
      // Forged context: whatever a client sets, the function overwrites.
      await desk.client.query(
        `select set_config('provost.user_id', $1, false), set_config('provost.rank', '4', false), set_config('provost.programs', $2, false)`,
        [other?.user ?? seat.user, `{${foreign}}`],
      );
      const answer = await desk.call<{ err?: string }>('pull', 'no such token', 1, '{}', null, 100);
      hold('I4', answer.err === 'signed-out', () => 'a forged context was believed');
      const page = await desk.call<{ changes: unknown[][] }>(
        'pull',
        desk.token,
        1,
        JSON.stringify({ [`people:${foreign}`]: '1:1:' }),
        null,
        1000,
      );
      hold(
        'I4',
        !page.changes.some((change) => String(change[0]).endsWith(foreign)),
        () => 'rows of a foreign scope came',
      );
    },
    async () => {
      const { rows } = await desk.client.query<{ r: Rows | null }>('select api.history($1, $2, $3, null, 10) as r', [
        desk.token,
        'students',
        victim.student,
      ]);
      hold('I4', (rows[0]?.r ?? []).length === 0, () => 'the history of a foreign row was told');
    },
  ];
  try {
    await chance.pick(tries)();
  } finally {
    await desk.close();
  }
}
