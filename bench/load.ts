/**
 * `load`: a thousand desks polling and fifty of them editing, against one server, for ten minutes (`--seconds N`). Nothing may be lost: at the end
 * every desk must have heard the last version of every row that was edited in its program, and the trail must hold every edit once.
 *
 * The desks are the protocol without their stores: a thousand of those would measure this computer's disk. They share connections, as they do behind
 * a pooler in transaction mode.
 */
import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import type { PullResult, PushResult } from '../src/shared/contract/wire';
import { protocol } from '../src/shared/contract/wire';
import { newId } from '../src/shared/model';
import type { FreshCentral } from '../src/central/testing/central';
import { withCentral } from './central';
import { type Bench, type BenchOptions, type Figure } from './measure';

const PROGRAMS = 10;
const ROWS_PER_EDITOR = 4;
const POLL_EVERY_MS = 5_000;
const EDIT_EVERY_MS = 2_000;
const CONNECTIONS = 24;

interface SimulatedDesk {
  token: string;
  device: string;
  cursors: Record<string, string>;
  /** Newest version heard, by row. */
  heard: Map<string, number>;
  /** What an editor edits: the version and the value as its desk knows them. */
  rows: { id: string; version: number; phone: string | null }[];
  seq: number;
}

export const load: Bench = (options) =>
  withCentral(async (central) => {
    const desks = await furnish(central, options);
    const pool = new pg.Pool({ connectionString: central.clientUrl, max: CONNECTIONS });
    try {
      return await run(central, pool, desks, options);
    } finally {
      await pool.end();
    }
  });

async function furnish(central: FreshCentral, { quick, rows, log }: BenchOptions): Promise<SimulatedDesk[]> {
  const count = rows ?? (quick ? 40 : 1_000);
  log(`signing ${count} desks in`);
  const desks: SimulatedDesk[] = [];
  for (let at = 0; at < PROGRAMS; at++) {
    const program = await central.addProgram();
    const user = await central.addUser({ role: 'program_coordinator', programs: [program] });
    const editors = Math.ceil(count / 20 / PROGRAMS);
    for (let n = 0; n < count / PROGRAMS; n++) {
      const device = newId();
      const ids = Array.from({ length: n < editors ? ROWS_PER_EDITOR : 0 }, () => newId());
      for (const id of ids) {
        await central.sql.query(
          `insert into app.students (id, program_id, first_name, last_name, status) values ($1, $2, 'Ada', 'Obi', 'active')`,
          [id, program],
        );
      }
      desks.push({
        token: await central.openSession(user.id, device),
        device,
        cursors: {},
        heard: new Map(),
        rows: ids.map((id) => ({ id, version: 1, phone: null })),
        seq: 0,
      });
    }
  }
  return desks;
}

async function run(
  central: FreshCentral,
  pool: pg.Pool,
  desks: SimulatedDesk[],
  { quick, seconds, log }: BenchOptions,
): Promise<Figure[]> {
  const lasts = (seconds ?? (quick ? 3 : 600)) * 1_000;
  log(`${desks.length} desks for ${lasts / 1_000} s`);
  const polls: number[] = [];
  const pushes: number[] = [];
  const ends = performance.now() + lasts;
  const busy = await serverTime(central);
  const begun = performance.now();
  await Promise.all([
    ...desks.map((desk) => every(POLL_EVERY_MS, ends, polls, () => poll(pool, desk))),
    ...desks
      .filter(({ rows }) => rows.length > 0)
      .map((desk) => every(EDIT_EVERY_MS, ends, pushes, () => edit(pool, desk))),
  ]);
  const share = ((await serverTime(central)) - busy) / (performance.now() - begun) / 2;
  for (const desk of desks) await poll(pool, desk);
  await proveNothingLost(central, desks, pushes.length);
  const n = desks.length;
  const figure = (name: string, value: number, unit: string, goal: number | null): Figure => ({
    ...{ name, value, unit, goal, n },
    ...{ better: 'lower' as const, limit: null },
  });
  return [
    figure('load-poll-p95', quantile(polls, 0.95), 'ms', null),
    figure('load-poll-median', quantile(polls, 0.5), 'ms', null),
    figure('load-push-p95', quantile(pushes, 0.95), 'ms', null),
    figure('load-server', share * 100, '% of two cores', null),
    { ...figure('load-edits', pushes.length, 'edits', null), better: 'higher' },
    { ...figure('load-polls', polls.length, 'polls', null), better: 'higher' },
  ];
}

/** Begins at a moment of its own, as desks do; the wait for a connection counts. */
async function every(period: number, ends: number, times: number[], work: () => Promise<void>): Promise<void> {
  let due = performance.now() + Math.random() * Math.min(period, ends - performance.now());
  while (due < ends) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await work();
    times.push(performance.now() - due);
    due = Math.max(due + period, performance.now());
  }
}

const ask = async <T>(pool: pg.Pool, name: string, values: unknown[]): Promise<T> => {
  const holes = values.map((_, at) => `$${at + 1}`).join(', ');
  const { rows } = await pool.query<{ r: T }>(`select api.${name}(${holes}) as r`, values);
  return rows[0]!.r;
};

async function poll(pool: pg.Pool, desk: SimulatedDesk): Promise<void> {
  let after: unknown = null;
  let snapshot = '';
  do {
    const text = after === null ? null : JSON.stringify(after);
    const page: PullResult = await ask(pool, 'pull', [desk.token, protocol, JSON.stringify(desk.cursors), text, 1_000]);
    if ('err' in page) throw new Error(`A poll was answered with ${page.err}.`);
    for (const [, , id, , row] of page.changes)
      if (row) desk.heard.set(id, Math.max(desk.heard.get(id) ?? 0, row.rowVersion));
    snapshot ||= page.snapshot;
    after = page.after;
    if (after === null) desk.cursors = Object.fromEntries(page.session.scopes.map((scope) => [scope, snapshot]));
  } while (after !== null);
}

async function edit(pool: pg.Pool, desk: SimulatedDesk): Promise<void> {
  const row = desk.rows[desk.seq % desk.rows.length]!;
  const phone = `+234 ${desk.seq}`;
  const op = {
    entity: 'students',
    op: 'update',
    id: row.id,
    version: row.version,
    base: { phone: row.phone },
    patch: { phone },
  };
  const mutation = { seq: ++desk.seq, id: newId(), via: 'typed', ops: [op] };
  const answer: PushResult = await ask(pool, 'push', [desk.token, desk.device, protocol, JSON.stringify([mutation])]);
  if ('err' in answer || answer.results[0]?.status !== 'applied')
    throw new Error(`An edit was answered with ${JSON.stringify(answer)}.`);
  Object.assign(row, { version: row.version + 1, phone });
}

async function proveNothingLost(central: FreshCentral, desks: readonly SimulatedDesk[], edits: number): Promise<void> {
  const { rows } = await central.sql.query<{ id: string; version: string; program: string; entries: string }>(
    `select t.id, t.row_version as version, t.program_id as program,
       (select count(*) from audit.entry e where e.row_id = t.id and e.action = 'update') as entries from app.students t`,
  );
  const told = rows.reduce((sum, { entries }) => sum + Number(entries), 0);
  if (told !== edits) throw new Error(`${edits} edits were acknowledged, and the trail holds ${told}.`);
  const program = new Map(rows.map((row) => [row.id, row.program]));
  for (const desk of desks) {
    const mine = [...desk.heard.keys()].map((id) => program.get(id)).find((found) => found !== undefined);
    const missing = rows.filter((row) => row.program === mine && desk.heard.get(row.id) !== Number(row.version));
    if (mine === undefined || missing.length > 0)
      throw new Error(`A desk did not hear the last of ${missing.length} rows.`);
  }
}

/** Milliseconds that the server's processes have computed so far; 0 where the system does not tell. */
async function serverTime(central: FreshCentral): Promise<number> {
  const { rows } = await central.sql.query<{ pid: number }>('select pid from pg_stat_activity where pid is not null');
  return rows.reduce((sum, { pid }) => {
    const file = `/proc/${pid}/schedstat`;
    return existsSync(file) ? sum + Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : sum;
  }, 0);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}
