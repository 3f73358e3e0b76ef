/**
 * `visible-elsewhere`: from the moment a desk sends an edit to the moment another desk has told its window, in live mode, against the barest way:
 * an upsert that notifies, heard on another connection, read, and put into a file.
 */
import Database from 'better-sqlite3';
import pg from 'pg';
import { newId } from '../src/shared/model';
import { stress, stressPlace } from '../src/central/seed/stress';
import { createSync } from '../src/main/desk/sync/engine';
import { pushAll } from '../src/main/desk/sync/push';
import { writeEdits } from '../src/main/desk/local/write';
import type { TestDesk } from '../src/main/desk/testing/test-desk';
import { tempStore } from '../src/main/desk/testing/temp-store';
import type { FreshCentral } from '../src/central/testing/central';
import { stressDesks, withCentral } from './central';
import { ratio, type Bench } from './measure';

export const visibleElsewhere: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const turns = quick ? 5 : 200;
    log('opening two desks');
    await stress(central.sql, { entity: 'students', rows: rows ?? 1_000 });
    const newDesk = await stressDesks(central);
    const [here, there] = [await newDesk(), await newDesk()];
    await here.turn();
    await there.turn();
    const bare = await bareWay(central);
    const live = await follow(there);
    try {
      const ids = here.rows('students').map(({ id }) => id);
      const ours: number[] = [];
      const barest: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        ours.push(await seenAfter(here, live.next, ids[turn % ids.length] as string, turn));
        barest.push(await bare.run(turn));
      }
      const p95 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] as number;
      const limit = p95(barest);
      return [
        ratio('visible-elsewhere', p95(ours) / limit, 'lower', null, turns),
        {
          name: 'visible-elsewhere-p95',
          value: p95(ours),
          unit: 'ms',
          better: 'lower' as const,
          goal: limit + 3,
          limit,
          n: turns,
        },
      ];
    } finally {
      await live.stop();
      await bare.close();
      await here.close();
      await there.close();
    }
  });

/** Lets the other desk live as it does in a window. */
async function follow(desk: TestDesk): Promise<{ next(): Promise<void>; stop(): Promise<void> }> {
  let heard: () => void = () => undefined;
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const sync = createSync({
    store: desk.context.store,
    remote: desk.remote,
    token: desk.token,
    onRowsChanged: ({ changes }) => changes.students && heard(),
    onState: ({ live, lastSyncAt }) => live === 'listen' && lastSyncAt !== null && ready(),
  });
  sync.start();
  await isReady;
  return { next: () => new Promise((resolve) => (heard = resolve)), stop: () => sync.stop() };
}

async function seenAfter(desk: TestDesk, next: () => Promise<void>, id: string, turn: number): Promise<number> {
  const now = desk.row('students', id);
  if (!now) throw new Error(`Student ${id} is not on the desk.`);
  const op = { entity: 'students', op: 'update', id, version: now.rowVersion } as const;
  writeEdits(desk.db, {
    ...{ mutationId: newId(), at: Date.now(), label: 'Measured', via: 'typed', undo: null },
    ops: [{ ...op, base: { phone: now['phone'] }, patch: { phone: `+234 ${turn}` } }],
  });
  const seen = next();
  const begun = performance.now();
  await pushAll({ db: desk.db, remote: desk.remote, token: desk.token, onChanged: () => undefined });
  await seen;
  const took = performance.now() - begun;
  await desk.turn();
  return took;
}

async function bareWay(central: FreshCentral) {
  const connections = [new pg.Client(central.ownerUrl), new pg.Client(central.ownerUrl)] as const;
  const [writer, reader] = connections;
  for (const one of connections) await one.connect();
  await writer.query(
    `create schema if not exists bench; create table bench.one as select * from app.students where program_id = '${stressPlace.programId}' limit 1`,
  );
  await reader.query('listen bench');
  const temp = tempStore();
  const db = new Database(`${temp.file}.bare`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('create table one (id text primary key, json text)');
  const put = db.prepare('insert into one values (?, ?) on conflict (id) do update set json = excluded.json');
  return {
    async run(turn: number): Promise<number> {
      const told = new Promise<void>((resolve) => reader.once('notification', () => resolve()));
      const begun = performance.now();
      await writer.query({
        text: `with w as (update bench.one set phone = $1) select pg_notify('bench', '')`,
        values: [`${turn}`],
      });
      await told;
      const { rows } = await reader.query<{ id: string }>('select * from bench.one');
      put.run(rows[0]?.id, JSON.stringify(rows[0]));
      return performance.now() - begun;
    },
    async close() {
      for (const one of connections) await one.end();
      db.close();
      temp.remove();
    },
  };
}
