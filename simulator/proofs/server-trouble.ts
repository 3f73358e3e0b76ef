/**
 * A server that crashes in the middle of pushes, and one that is brought back to an earlier moment. Acknowledged means durable: after a crash
 * everything that was answered is there; after a restore the desks say again what the server lost, and nothing of it has two effects.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshCentral, type FreshCentral } from '../../src/central/testing/central';
import { becomeOwner } from '../../src/central/migrate';
import { startPostgres } from '../../src/central/server/embedded-postgres';
import { startArchived } from '../../src/central/testing/point-in-time';
import { markRestored } from '../../src/central/upkeep';
import { checkAtRest } from '../at-rest';
import { idsFrom, type Chance } from '../chance';
import { edit } from '../edits';
import type { SeatPlan } from '../plan';
import { takeSeat, turn, type Seat } from '../seat';
import { hold } from '../violation';
import * as world from '../world';
import { pause, type Figures, type Proof } from './proof';

const BATCHES_A_CRASH = 5;
const CHECKED_EVERY = 20;
const MOST_HEALING_TURNS = 12;
const plans: SeatPlan[] = [
  { role: 'program_admin', programs: [0, 1], pageSize: 50 },
  { role: 'program_admin', programs: [0], pageSize: 20 },
  { role: 'program_coordinator', programs: [1], pageSize: 50 },
];

interface Office {
  here: world.World;
  seats: Seat[];
  newId: () => string;
}

async function openOffice(central: FreshCentral, chance: Chance): Promise<Office> {
  const newId = idsFrom(chance.below(2 ** 31));
  const here = await world.makeWorld(central, newId);
  const seats: Seat[] = [];
  for (const plan of plans) seats.push(await takeSeat(central, plan, here.programs, () => false));
  for (const seat of seats) await turn(seat);
  return { here, seats, newId };
}

function workAt({ newId }: Office, seat: Seat, chance: Chance): void {
  for (let i = 1 + chance.below(4); i > 0; i--) edit(seat, chance, newId);
}

async function rest({ here, seats }: Office): Promise<void> {
  // Twice: what one desk says again, the others hear in the second round.
  for (const _ of [1, 2]) {
    for (const seat of seats) {
      for (let turns = 1; !(await turn(seat)) || seat.desk.counts().waiting > 0; turns++)
        hold('I9', turns < MOST_HEALING_TURNS, () => `${JSON.stringify(seat.desk.counts())} after ${turns} turns`);
    }
  }
  await checkAtRest(here, seats);
}

/** What the desks know to have been judged, of what was not looked at before, is known to the server. @returns how much that was */
async function checkAnswered({ here, seats }: Office, checked: Set<string>): Promise<number> {
  const answered = seats.flatMap((seat) =>
    seat.made.filter(({ id }) => !checked.has(id) && seat.desk.result(id).result !== null).map(({ id }) => id),
  );
  const { rows } = await here.central.sql.query<{ id: string }>('select id from sync.mutation where id = any ($1)', [
    answered,
  ]);
  const known = new Set(rows.map(({ id }) => id));
  const lost = answered.filter((id) => !known.has(id));
  hold('I2', lost.length === 0, () => `answered, and gone after the crash: ${lost.join(', ')}`);
  for (const id of answered) checked.add(id);
  return answered.length;
}

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'provost-trouble-'));
  chmodSync(root, 0o755);
  return root;
}

export const serverCrashes: Proof = {
  what: `crashes of the server (kill -9 of its first process, or an immediate stop), one every ${BATCHES_A_CRASH} batches`,
  unit: 'crashes',
  full: 200,
  async run({ size, chance, say }) {
    const root = makeRoot();
    const dir = join(root, 'server');
    let server = await startPostgres({ dir });
    const figures: Figures = {
      crashes: 0,
      'by kill -9': 0,
      batches: 0,
      'turns cut off by a crash': 0,
      'answered and checked': 0,
    };
    let office: Office | null = null;
    try {
      const central = await freshCentral(server.url);
      const all = (office = await openOffice(central, chance));
      const checked = new Set<string>();
      while (figures['crashes']! < size) {
        for (let batch = 1; batch < BATCHES_A_CRASH; batch++) {
          const seat = chance.pick(all.seats);
          workAt(all, seat, chance);
          await turn(seat);
          figures['batches']!++;
        }
        for (const seat of all.seats) workAt(all, seat, chance);
        const turns = all.seats.map((seat) => turn(seat));
        figures['batches']! += turns.length;
        await pause(chance.below(60));
        const signal = chance.is(0.5) ? 'SIGKILL' : 'SIGQUIT';
        process.kill(Number(readFileSync(join(server.dir, 'data/postmaster.pid'), 'utf8').split('\n')[0]), signal);
        for (const isWhole of await Promise.all(turns)) if (!isWhole) figures['turns cut off by a crash']!++;
        await server.exited;
        server = await startPostgres({ dir, port: server.port });
        await central.reconnect();
        figures['crashes']!++;
        if (signal === 'SIGKILL') figures['by kill -9']!++;
        figures['answered and checked']! += await checkAnswered(all, checked);
        if (figures['crashes']! % CHECKED_EVERY !== 0) continue;
        await rest(all);
        say(`${figures['crashes']} crashes`);
      }
      await rest(all);
      return figures;
    } finally {
      for (const seat of office?.seats ?? []) await seat.close();
      await server.stop();
      rmSync(server.dir, { recursive: true, force: true });
      rmSync(root, { recursive: true, force: true });
    }
  },
};

export const restores: Proof = {
  what: 'restores of the server to an earlier moment, after which the desks say again what it lost',
  unit: 'restores',
  full: 20,
  async run({ size, chance, say }) {
    const root = makeRoot();
    const archived = await startArchived(root);
    const figures: Figures = { restores: 0, 'mutations the server had lost': 0, mutations: 0 };
    let office: Office | null = null;
    try {
      const central = await freshCentral(archived.server.url);
      const all = (office = await openOffice(central, chance));
      const work = async (batches: number): Promise<void> => {
        for (; batches > 0; batches--) {
          const seat = chance.pick(all.seats);
          workAt(all, seat, chance);
          await turn(seat);
          if (chance.is(0.2)) await world.changeWorld(all.here, chance);
        }
      };
      while (figures['restores']! < size) {
        await archived.backUp(central.sql);
        await work(3);
        const { rows } = await central.sql.query<{ at: string }>('select clock_timestamp()::text as at');
        await work(6);
        const known = await knownTo(central);
        await archived.bringBack(rows[0]!.at);
        all.here.isRestored = true;
        await central.reconnect();
        await becomeOwner(central.sql);
        await markRestored(central.sql);
        await central.reconnect();
        figures['mutations the server had lost']! += known - (await knownTo(central));
        figures['restores']!++;
        await work(2);
        await rest(all);
        say(`${figures['restores']} restores`);
      }
      figures['mutations'] = all.seats.reduce((sum, seat) => sum + seat.made.length, 0);
      return figures;
    } finally {
      for (const seat of office?.seats ?? []) await seat.close();
      await archived.server.stop();
      rmSync(archived.server.dir, { recursive: true, force: true });
      rmSync(root, { recursive: true, force: true });
    }
  },
};

const knownTo = async ({ sql }: FreshCentral): Promise<number> =>
  (await sql.query<{ n: number }>('select count(*)::int as n from sync.mutation')).rows[0]!.n;
