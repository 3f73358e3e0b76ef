/**
 * `pull`: what hearing of 0, 1, 100 and 10,000 changes costs a desk that holds a million rows. Where nothing changed, the limit is one round
 * trip; otherwise it is asking for those very rows by their ids and putting them with a prepared statement.
 */
import pg from 'pg';
import { stress, stressPlace } from '../src/central/seed/stress';
import { copyOf } from '../src/central/sql/rows';
import { entityOf } from '../src/shared/entities';
import { loadColumns } from '../src/shared/model';
import { pullAll } from '../src/main/desk/sync/pull';
import type { TestDesk } from '../src/main/desk/testing/test-desk';
import type { FreshCentral } from '../src/central/testing/central';
import { stressDesks, withCentral } from './central';
import { alternate, type Bench, type Figure } from './measure';

/** There is a goal for the pull that finds nothing; the others must grow with the changes alone. */
const goals: Record<number, number | null> = { 0: 1.5, 1: null, 100: null, 10_000: null };

export const pull: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 3_000 : 1_000_000);
    log(`making ${n} rows`);
    await stress(central.sql, { entity: 'students', rows: n });
    log('loading them into a desk');
    const desk = await (await stressDesks(central))();
    const bare = new pg.Client(central.clientUrl);
    await bare.connect();
    try {
      await desk.turn();
      const figures: Figure[] = [];
      for (const changes of [0, 1, 100, 10_000]) {
        if (changes > n) continue;
        figures.push(...(await measure(central, desk, bare, changes, quick)));
      }
      return figures;
    } finally {
      await bare.end();
      await desk.close();
    }
  });

async function measure(
  central: FreshCentral,
  desk: TestDesk,
  bare: pg.Client,
  changes: number,
  quick: boolean,
): Promise<Figure[]> {
  const turns = quick ? 2 : changes === 0 ? 100 : changes === 10_000 ? 5 : 30;
  let touched: string[] = [];
  const touch = async (turn: number) => {
    if (changes === 0) return;
    const { rows } = await central.sql.query<{ id: string }>(
      `update app.students set phone = '+234 ' || (random() * 1e9)::bigint where id in (
         select id from app.students where program_id = $1 order by id offset $2 limit $3) returning id`,
      [stressPlace.programId, turn * 13, changes],
    );
    touched = rows.map((row) => row.id);
  };
  const pulled = async () => {
    const outcome = await pullAll({ db: desk.db, remote: desk.remote, token: desk.token, now: () => Date.now() });
    if (outcome.end !== 'done') throw new Error(`The pull ended with ${outcome.end}.`);
    const heard = outcome.changed.get('students')?.size ?? 0;
    if (heard < changes) throw new Error(`${heard} of ${changes} changes arrived.`);
  };
  await pulled().catch(() => undefined);
  const ms = await alternate(turns, {
    ours: { before: touch, run: pulled },
    bare: changes === 0 ? { run: () => bare.query('select 1') } : { run: () => bareUpsert(central.sql, desk, touched) },
  });
  const name = `pull-${changes}`;
  return [
    { name, value: ms.ours / ms.bare, unit: 'x', better: 'lower', goal: goals[changes] ?? null, limit: 1, n: changes },
    { name: `${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower', goal: null, limit: ms.bare, n: changes },
  ];
}

const columns = loadColumns(entityOf('students'));
const selected = columns.map(({ field, column }) => {
  const declared = entityOf('students').fields[field];
  if (declared) return copyOf(declared, column);
  return field === 'createdAt' || field === 'updatedAt' ? `(extract(epoch from ${column}) * 1000)::bigint` : column;
});

async function bareUpsert(sql: pg.Client, desk: TestDesk, ids: string[]): Promise<void> {
  const { rows } = await sql.query<unknown[]>({
    text: `select ${selected.join(', ')} from app.students where id = any ($1)`,
    values: [ids],
    rowMode: 'array',
  });
  const names = columns.map(({ column }) => column);
  const put = desk.db.prepare(
    `insert into students (${names.join(', ')}) values (${names.map(() => '?').join(', ')})
     on conflict (id) do update set ${names
       .slice(1)
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}`,
  );
  desk.db.pragma('synchronous = NORMAL');
  desk.db.exec('begin');
  for (const row of rows) put.run(row);
  desk.db.exec('commit');
  desk.db.pragma('synchronous = FULL');
}
