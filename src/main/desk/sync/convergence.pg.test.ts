/**
 * Random histories of three desks with faults on the wire, crashes, restored backups, and rights that come and go; then everything heals, and
 * the invariants must hold. PROVOST_HISTORIES sets how many, PROVOST_SEED where to begin; a failure names its seed.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../../central/testing/central';
import { entityNames, entityOf, type EntityName } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import { isRefusalCode } from '../../../shared/rules/refusals';
import type { LocalOp } from '../local/replay';
import { statement } from '../local/statements';
import { RemoteError } from '../remote/remote-error';
import { openTestDesk, type TestDesk } from '../testing/test-desk';
import { startWireProxy, type Fault, type WireProxy } from '../testing/wire-proxy';

const HISTORIES = Number(process.env.PROVOST_HISTORIES ?? 10);
const FIRST_SEED = Number(process.env.PROVOST_SEED ?? 1);
const STEPS = 60;

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

/** mulberry32: small, seeded, good enough for choosing. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Seat {
  user: string;
  desk: TestDesk;
  proxy: WireProxy;
  backups: { file: string; mutations: number }[];
  /** Every mutation this desk made, oldest first, and whether a restored backup may have forgotten it. */
  made: { id: string; ops: LocalOp[]; isForgotten: boolean }[];
}

/** A stall is waited out, so it is rare. */
const faults: Fault[] = [...Array<Fault[]>(5).fill(['lose-request', 'lose-answer', 'cut-answer']).flat(), 'stall'];

async function history(seed: number): Promise<void> {
  const random = chance(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const programs = [await central.addProgram(), await central.addProgram()];
  const [a, b] = programs as [string, string];
  const roles: [string, string[]][] = [
    ['program_admin', [a, b]],
    ['program_coordinator', [a]],
    ['program_admin', [b]],
  ];
  const seats: Seat[] = [];
  const open: pg.Client[] = [];
  try {
    for (const [role, assigned] of roles) {
      const user = await central.addUser({ role, programs: assigned });
      const proxy = await startWireProxy(central.clientUrl);
      const desk = await openTestDesk({
        url: proxy.url,
        email: user.email,
        password: user.password,
        pageSize: 1 + below(6),
        answerWithin: 1_500,
      });
      seats.push({ user: user.id, desk, proxy, backups: [], made: [] });
      await turn(seats.at(-1) as Seat);
    }
    for (let step = 0; step < STEPS; step++) {
      const seat = pick(seats);
      const dice = random();
      seat.proxy.plan = () => (random() < 0.12 ? pick(faults) : 'pass');
      seat.proxy.meanwhile = async (what) => {
        if (what === 'pull' && random() < 0.5) await (random() < 0.85 ? operate() : changeRights());
      };
      if (dice < 0.5) edit(seat);
      else if (dice < 0.78) await turn(seat);
      else if (dice < 0.82) seat.desk.crash();
      else if (dice < 0.85) seat.backups.push({ file: seat.desk.backup(), mutations: seat.made.length });
      else if (dice < 0.87) restore(seat);
      else if (dice < 0.93) await operate();
      else if (dice < 0.97) await changeRights();
      else await longTransaction();
    }
    for (const client of open.splice(0)) await endLong(client);
    await heal();
    for (const seat of seats) await check(seat);
  } finally {
    for (const client of open) await client.end();
    for (const seat of seats) {
      await seat.desk.close();
      await seat.proxy.close();
    }
  }

  function edit(seat: Seat): void {
    const { desk } = seat;
    const mine = desk.rows('programs').map((row) => row.id);
    const act = (...ops: LocalOp[]): void => {
      seat.made.push({ id: desk.act(ops), ops, isForgotten: false });
    };
    const insert = (entity: EntityName, patch: Record<string, unknown>): LocalOp => ({
      entity,
      op: 'insert',
      id: newId(),
      version: 0,
      patch,
    });
    const update = (entity: EntityName, row: AnyRow, patch: Record<string, unknown>): LocalOp => ({
      entity,
      op: 'update',
      id: row.id,
      version: row.rowVersion,
      base: Object.fromEntries(Object.keys(patch).map((field) => [field, row[field]])),
      patch,
    });
    if (mine.length === 0) return;
    const programId = pick(mine);
    const students = desk.rows('students');
    const facilities = desk.rows('facilities');
    const options = desk.rows('program_options');
    const dice = random();
    if (dice < 0.22 || students.length === 0) {
      act(insert('students', { programId, firstName: `S${below(50)}`, lastName: 'L', status: 'active' }));
    } else if (dice < 0.55) {
      const patch = pick<Record<string, unknown>>([
        { phone: `${below(5)}` },
        { firstName: `N${below(9)}` },
        { status: pick(['active', 'inactive']) },
        { address: `A${below(4)}`, phone: `${below(5)}` },
      ]);
      act(update('students', pick(students), patch));
    } else if (dice < 0.62) {
      const row = pick(students);
      act({ entity: 'students', op: 'delete', id: row.id, version: row.rowVersion });
    } else if (dice < 0.72) {
      act(insert('facilities', { programId, name: `F${below(4)}`, facilityType: 'pool', status: 'active' }));
    } else if (dice < 0.82 && facilities.length > 0) {
      act(update('facilities', pick(facilities), { capacity: below(3), name: `F${below(4)}` }));
    } else if (dice < 0.92) {
      const code = `o-${below(6)}`;
      act(
        insert('program_options', {
          programId,
          optionKind: 'age_group',
          code,
          label: code,
          sequence: 1 + below(3),
          isActive: true,
        }),
      );
    } else if (options.length > 0) {
      act(update('program_options', pick(options), { sequence: 1 + below(4) }));
    }
  }

  async function turn(seat: Seat): Promise<void> {
    try {
      await seat.desk.turn();
    } catch (error) {
      if (!(error instanceof RemoteError) || error.class_ === 'alarm' || error.class_ === 'nonsense') throw error;
    }
  }

  function restore(seat: Seat): void {
    const backup = seat.backups.pop();
    if (!backup) return;
    for (const mutation of seat.made.slice(backup.mutations)) mutation.isForgotten = true;
    seat.desk.restore(backup.file);
  }

  /** An operator's own SQL: a change, now and then a row deleted or brought back. */
  async function operate(): Promise<void> {
    const dice = random();
    const [from, to] = dice < 0.1 ? ['is null', 'now()'] : dice < 0.2 ? ['is not null', 'null'] : [null, null];
    if (from !== null) {
      await central.sql.query(
        `update app.students set deleted_at = ${to} where id = (select id from app.students where program_id = $1 and deleted_at ${from} order by md5(id::text || $2) limit 1)`,
        [pick(programs), `${below(1_000_000)}`],
      );
      return;
    }
    if (dice < 0.6) {
      await central.sql.query(
        `update app.facilities set capacity = $2::int where id = (select id from app.facilities where program_id = $1 and deleted_at is null order by md5(id::text || $2) limit 1)`,
        [pick(programs), `${below(1_000)}`],
      );
      return;
    }
    await central.sql.query(
      `update app.students set phone = $2 where id = (select id from app.students where program_id = $1 and deleted_at is null order by md5(id::text || $2) limit 1)`,
      [pick(programs), `op ${below(1_000_000)}`],
    );
  }

  async function changeRights(): Promise<void> {
    const { user } = pick(seats);
    const program = pick(programs);
    const { rowCount } = await central.sql.query(
      'update app.user_program_assignments set deleted_at = now() where user_id = $1 and program_id = $2 and deleted_at is null',
      [user, program],
    );
    if (rowCount === 0)
      await central.sql.query(
        'insert into app.user_program_assignments (id, user_id, program_id) values ($1, $2, $3)',
        [newId(), user, program],
      );
  }

  async function longTransaction(): Promise<void> {
    if (open.length > 0) return endLong(open.pop() as pg.Client);
    const client = new pg.Client({ connectionString: central.ownerUrl });
    await client.connect();
    open.push(client);
    await client.query('begin');
    await client.query(
      "insert into app.facilities (id, program_id, name, facility_type) values ($1, $2, $3, 'court')",
      [newId(), pick(programs), `Late ${below(1_000_000)}`],
    );
  }

  async function endLong(client: pg.Client): Promise<void> {
    await client.query(random() < 0.8 ? 'commit' : 'rollback');
    await client.end();
  }

  /** I9: after the last fault, everything is said within a few turns, whatever it was. */
  async function heal(): Promise<void> {
    for (const { proxy } of seats) proxy.heal();
    for (const seat of seats) {
      for (let turns = 0; turns < 5; turns++) {
        await turn(seat);
        if (seat.desk.counts().waiting === 0) break;
      }
    }
    for (const { desk } of seats) expect(await desk.turn()).toEqual({ end: 'done', alarm: null });
  }

  async function check(seat: Seat): Promise<void> {
    const { desk, user } = seat;
    expect(desk.counts(), 'I9: nothing waits').toMatchObject({ waiting: 0, acknowledged: 0 });
    expect(desk.everything(), 'I1: the desk holds what the server holds').toEqual(await expected(user));
    expect(
      (statement(desk.db, 'select count(*) as n from base_rows').get() as { n: number }).n,
      'no clean row keeps a base',
    ).toBe(0);
    for (const { id, ops, isForgotten } of seat.made) {
      const { rows } = await central.sql.query<{ result: { status: string; refusal?: { code: string } } }>(
        'select result from sync.mutation where id = $1 and not alias',
        [id],
      );
      if (isForgotten && rows.length === 0) continue;
      expect(rows.length, `I2: mutation ${id} has one final status`).toBe(1);
      const { status, refusal } = rows[0]?.result ?? { status: '' };
      if (status === 'rejected') expect(isRefusalCode(refusal?.code ?? ''), `I10: ${refusal?.code}`).toBe(true);
      const here = desk.result(id).state;
      if (isForgotten) continue;
      if (status === 'conflict' || status === 'rejected') expect(here, 'I3: what came back is shown').toBe(status);
      else expect(['done', 'forgotten']).toContain(here);
      await checkEffects(id, ops, status);
    }
  }

  async function checkEffects(id: string, ops: LocalOp[], status: string): Promise<void> {
    const { rows: entries } = await central.sql.query<{
      row_id: string;
      action: string;
      changes: Record<string, [unknown, unknown]>;
    }>('select e.row_id, e.action, e.changes from audit.entry e where e.mutation_id = $1', [id]);
    // The server closes gaps in an order by itself, in the name of the mutation that made them.
    const rows = entries.filter(
      (entry) => entry.action !== 'update' || Object.keys(entry.changes).join() !== 'sequence',
    );
    if (status === 'conflict' || status === 'rejected')
      expect(rows, 'I2: a refused mutation has no effect').toEqual([]);
    for (const op of ops) {
      const [effect, ...more] = rows.filter((row) => row.row_id === op.id && row.action === op.op);
      expect(more, `I2: mutation ${id} took effect once`).toEqual([]);
      if (!effect) continue;
      for (const [field, before] of Object.entries(op.base ?? {})) {
        const change = effect.changes[field];
        if (change && field !== 'sequence')
          expect(change[0] ?? null, `I7: ${field} was not overwritten blindly`).toEqual(before ?? null);
      }
    }
  }

  async function expected(user: string): Promise<Record<string, AnyRow>> {
    const token = await central.openSession(user);
    const { rows } = await central.sql.query<{ r: { scopes: string[] } }>('select api.session($1) as r', [token]);
    const scopes = rows[0]?.r.scopes ?? [];
    const all: Record<string, AnyRow> = {};
    for (const entity of entityNames) {
      const found = await central.sql.query<{ r: AnyRow }>(
        `select sync.json_${entity}(t) as r from app.${entity} t where t.deleted_at is null and exists (
           select from sync.head h where h.tbl = $1 and h.row_id = t.id and h.op = 'P' and sync.class_name(h.class) || ':' || h.owner = any ($2))`,
        [entityOf(entity).number, scopes],
      );
      for (const { r } of found.rows) all[`${entity}:${r.id}`] = r;
    }
    return all;
  }
}

for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
  it(`history ${seed}: the desks and the server come to stand as one`, () => history(seed), 60_000);
}
