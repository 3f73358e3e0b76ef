/**
 * `push`: edits until the server has taken, audited and answered them, against a bare batched UPDATE of the same rows that writes the same trail and
 * judges nothing; and against one that records nothing either. Once as separate actions of a person, once as one pasted block.
 */
import { newId } from '../src/shared/model';
import { stress, stressPlace } from '../src/central/seed/stress';
import { writeEdits } from '../src/main/desk/local/write';
import type { LocalOp } from '../src/main/desk/local/replay';
import { pushAll } from '../src/main/desk/sync/push';
import type { TestDesk } from '../src/main/desk/testing/test-desk';
import type { FreshCentral } from '../src/central/testing/central';
import { stressDesks, withCentral } from './central';
import { alternate, type Bench, type Figure } from './measure';

const ROWS_PER_UPDATE = 500;

export const push: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 100 : 1_000);
    log(`making ${n * 5} rows`);
    await stress(central.sql, { entity: 'students', rows: n * 5 });
    // The same rows under the same indexes, without triggers, policies and references.
    await central.sql.query(`create schema bench;
      create table bench.students (like app.students including defaults including indexes);
      create table bench.entry (like audit.entry including defaults including indexes);
      insert into bench.students select * from app.students; analyze bench.students`);
    const desk = await (await stressDesks(central))();
    try {
      await desk.turn();
      const single = await measure(central, desk, n, quick, 1);
      const pasted = await measure(central, desk, n, quick, n);
      return [...figures('push', n, single), ...figures('push-paste', n, pasted)];
    } finally {
      await desk.close();
    }
  });

interface Times {
  ours: number;
  audited: number;
  bare: number;
  trips: number;
}

async function measure(
  central: FreshCentral,
  desk: TestDesk,
  n: number,
  quick: boolean,
  perAction: number,
): Promise<Times> {
  const { rows } = await central.sql.query<{ id: string }>(
    'select id from app.students where program_id = $1 order by id limit $2',
    [stressPlace.programId, n],
  );
  const ids = rows.map((row) => row.id);
  let round = 0;
  let trips = 0;
  const remote: TestDesk['remote'] = Object.create(desk.remote, {
    call: {
      value: (...args: Parameters<TestDesk['remote']['call']>) => {
        trips++;
        return desk.remote.call(...args);
      },
    },
  }) as TestDesk['remote'];
  const update = `update bench.students s set phone = e.phone, row_version = s.row_version + 1, updated_at = now()
    from unnest($1::uuid[], $2::text[]) as e (id, phone) where s.id = e.id`;
  const inBatches = (sql: string) => async () => {
    for (let from = 0; from < ids.length; from += ROWS_PER_UPDATE) {
      const some = ids.slice(from, from + ROWS_PER_UPDATE);
      await central.sql.query(sql, [some, some.map((_, at) => `+234 ${round}${at}`)]);
    }
  };
  const ms = await alternate(quick ? 1 : 7, {
    ours: {
      before() {
        round++;
        trips = 0;
        const ops: LocalOp[] = ids.map((id, at) => editOf(desk, id, `+234 ${round}${at}`));
        for (let from = 0; from < ops.length; from += perAction) {
          const mutation = { mutationId: newId(), at: Date.now(), label: 'Measured', via: 'typed', undo: null };
          writeEdits(desk.db, { ...mutation, ops: ops.slice(from, from + perAction) });
        }
      },
      async run() {
        const pushed = await pushAll({
          db: desk.db,
          remote,
          token: desk.token,
          onChanged: () => undefined,
        });
        if (pushed.end !== 'empty') throw new Error(`The push ended with ${pushed.end}.`);
      },
      async after() {
        const { refused, conflicts } = desk.counts();
        if (refused + conflicts > 0) throw new Error(`${refused} edits were refused and ${conflicts} conflict.`);
        await desk.turn();
      },
    },
    audited: {
      run: inBatches(`with was as (select s.id, s.phone from bench.students s where s.id = any ($1)), now as (${update} returning s.*)
        insert into bench.entry (id, at, program_id, user_id, device_id, mutation_id, via, db_user, tbl, row_id, action, old_version, new_version, changes)
        select nextval('audit.entry_seq'), clock_timestamp(), n.program_id, n.created_by, n.id, gen_random_uuid(), 'typed', session_user, 14, n.id, 'update',
          n.row_version - 1, n.row_version, jsonb_build_object('phone', jsonb_build_array(was.phone, n.phone)) from now n join was using (id)`),
    },
    bare: { run: inBatches(update) },
  });
  return { ...ms, trips };
}

function editOf(desk: TestDesk, id: string, phone: string): LocalOp {
  const now = desk.row('students', id);
  if (!now) throw new Error(`Student ${id} is not on the desk.`);
  return {
    entity: 'students',
    op: 'update',
    id,
    version: now.rowVersion,
    base: { phone: now.phone },
    patch: { phone },
  };
}

function figures(name: string, n: number, { ours, audited, bare, trips }: Times): Figure[] {
  const rate = (ms: number) => Math.round(n / (ms / 1000));
  return [
    { name, value: ours / audited, unit: 'x', better: 'lower', goal: 2, limit: 1, n },
    { name: `${name}-unaudited`, value: ours / bare, unit: 'x', better: 'lower', goal: null, limit: 1, n },
    { name: `${name}-trips`, value: trips, unit: 'round trips', better: 'lower', goal: 3, limit: 1, n },
    {
      name: `${name}-rate`,
      value: rate(ours),
      unit: 'edits/s',
      better: 'higher',
      goal: rate(audited * 2),
      limit: rate(audited),
      n,
    },
  ];
}
