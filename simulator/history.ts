/** Carries out a plan: desks, edits and faults as it says; then everything heals, and every promise is checked. */
import type { FreshCentral } from '../src/central/testing/central';
import { checkAtRest } from './at-rest';
import { chanceFrom, idsFrom, type Chance } from './chance';
import { edit } from './edits';
import { attack } from './hostile';
import type { Plan, Step } from './plan';
import { plagueTurn, takeSeat, turn, type Seat } from './seat';
import { hold, Violation } from './violation';
import * as world from './world';

export interface Tally {
  steps: number;
  mutations: number;
  turns: number;
  broken: number;
}

const MOST_HEALING_TURNS = 8;

/** A history takes seconds; one that does not end is stuck (I9). */
const MOST_MS = 120_000;

/** @throws Violation, or whatever nobody foresaw */
export async function runHistory(central: FreshCentral, plan: Plan): Promise<Tally> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Violation('I9', 'the history does not come to an end')),
      plan.within ?? MOST_MS,
    );
  });
  const work = carryOut(central, plan);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** 90 and more: the world, at the same time; up to 40: the world; 45: rights; 50: a move. */
function meanwhileDice({ focus }: Plan, chance: Chance): number {
  const dice = chance.below(100);
  if (focus.length === 0 || chance.is(0.5)) return dice;
  const wanted = focus.filter((kind) => kind === 'world' || kind === 'rights' || kind === 'move');
  return wanted.length === 0 ? dice : { world: 95, rights: 42, move: 47 }[chance.pick(wanted)];
}

async function carryOut(central: FreshCentral, plan: Plan): Promise<Tally> {
  const newId = idsFrom(plan.seed);
  const here = await world.makeWorld(central, newId);
  const tally: Tally = { steps: plan.steps.length, mutations: 0, turns: 0, broken: 0 };
  const seats: Seat[] = [];
  let isDoubled = (): boolean => false;
  try {
    for (const seatPlan of plan.seats) {
      const seat = await takeSeat(central, seatPlan, here.programs, () => isDoubled());
      seats.push(seat);
      if (seatPlan.role === 'tutor') here.tutors.push(seat.user);
      await turn(seat);
    }
    for (const step of plan.steps) await take(step);
    while (here.open.length > 0) await world.endLong(here, chanceFrom(plan.seed));
    await heal();
    await checkAtRest(here, seats);
    tally.mutations = seats.reduce((sum, seat) => sum + seat.made.length, 0);
    return tally;
  } finally {
    for (const client of here.open) await client.end();
    for (const seat of seats) await seat.close();
  }

  async function take({ kind, seat: at, salt }: Step): Promise<void> {
    const chance = chanceFrom(salt);
    const seat = seats[at];
    if (!seat) return;
    switch (kind) {
      case 'edit':
        return edit(seat, chance, newId);
      case 'turn':
        return plaguedTurn(seat, chance);
      case 'world':
        return world.changeWorld(here, chance);
      case 'rights':
        return world.changeRights(here, seats, chance);
      case 'move':
        return world.moveRow(here, chance);
      case 'teach':
        return world.changeTeaching(here, chance);
      case 'long':
        return world.longTransaction(here, chance);
      case 'hostile':
        return attack(here, seats, seat, chance);
      case 'crash':
        return seat.desk.crash();
      case 'backup':
        return void seat.backups.push({ file: seat.desk.backup(), made: seat.made.length });
      case 'restore':
        return restore(seat);
      case 'damage':
        return seat.desk.damage();
      case 'kill':
        return world.killConnections(here);
      case 'epoch':
        return world.beginEpoch(here);
    }
  }

  async function plaguedTurn(seat: Seat, chance: Chance): Promise<void> {
    const beside: Promise<void>[] = [];
    plagueTurn(seat, chance, plan.faults, async (what) => {
      if (what !== 'pull' && !what.startsWith('load_')) return;
      const dice = meanwhileDice(plan, chance);
      // While the server reads a page, not only before.
      if (dice >= 90 && plan.faults.includes('world'))
        beside.push(world.changeWorld(here, chanceFrom(chance.below(2 ** 31))));
      else if (dice < 40 && plan.faults.includes('world')) await world.changeWorld(here, chance);
      else if (dice < 45 && plan.faults.includes('rights'))
        // Directed at it, it is the rights of whoever reads that come and go.
        await world.changeRights(here, plan.focus.includes('rights') ? [seat] : seats, chance);
      else if (dice < 50 && plan.faults.includes('move')) await world.moveRow(here, chance);
    });
    isDoubled = () => plan.faults.includes('duplicate') && chance.is(0.15);
    tally.turns++;
    const isWhole = await turn(seat);
    await Promise.all(beside);
    isDoubled = () => false;
    seat.proxy.heal();
    if (isWhole) world.checkPairs(here, seat);
    else tally.broken++;
  }

  function restore(seat: Seat): void {
    const backup = seat.backups.pop();
    if (!backup) return;
    for (const mutation of seat.made.slice(backup.made)) mutation.isForgotten = true;
    seat.desk.restore(backup.file);
  }

  /** I9: after the last fault, everything is said within a few turns, whatever it was. */
  async function heal(): Promise<void> {
    for (const seat of seats) {
      let turns = 0;
      while (!(await turn(seat)) || seat.desk.counts().waiting > 0)
        hold('I9', ++turns < MOST_HEALING_TURNS, () => `${JSON.stringify(seat.desk.counts())} after ${turns} turns`);
    }
    for (const seat of seats) {
      hold('I9', await turn(seat), () => 'a healed desk cannot take a turn');
      world.checkPairs(here, seat);
    }
  }
}
