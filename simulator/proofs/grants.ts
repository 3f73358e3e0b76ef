/**
 * Rights that come and go, and rows that move to another program, between the pages of every pull: what a desk is sent stands in scopes it holds
 * at that moment (checked on the wire), and whenever things come to rest it holds exactly what it may, to the last byte.
 */
import { freshCentral } from '../../src/central/testing/central';
import { checkPurged, checkRows } from '../at-rest';
import { idsFrom } from '../chance';
import type { SeatPlan } from '../plan';
import { takeSeat, turn, type Seat } from '../seat';
import { hold } from '../violation';
import * as world from '../world';
import type { Figures, Proof } from './proof';

const EVENTS_BETWEEN_RESTS = 100;
const ROWS_A_PROGRAM = 12;
const MOST_HEALING_TURNS = 8;
const plans: SeatPlan[] = [
  { role: 'program_admin', programs: [0, 1], pageSize: 3 },
  { role: 'program_coordinator', programs: [0], pageSize: 5 },
  { role: 'tutor', programs: [1], pageSize: 4 },
  { role: 'super_admin', programs: [], pageSize: 7 },
];

export const grants: Proof = {
  what: 'grants, revocations and moves between the pages of pulls',
  unit: 'events',
  full: 10_000,
  async run({ size, chance, say }) {
    const central = await freshCentral();
    const seats: Seat[] = [];
    try {
      const here = await world.makeWorld(central, idsFrom(chance.below(2 ** 31)));
      await addRows(here);
      for (const plan of plans) seats.push(await takeSeat(central, plan, here.programs, () => false));
      here.tutors.push(seats[2]!.user);
      for (const seat of seats) await turn(seat);
      const figures: Figures = { grants: 0, moves: 0, 'turns with events in them': 0, rests: 0, 'checked pages': 0 };
      const events = (): number => figures['grants']! + figures['moves']!;
      const happen = async (): Promise<void> => {
        if (events() >= size) return;
        if (chance.is(0.6)) {
          figures['grants']!++;
          await world.changeRights(here, seats, chance);
        } else {
          figures['moves']!++;
          await world.moveRow(here, chance);
        }
      };
      for (let rested = 0; events() < size;) {
        const seat = chance.pick(seats);
        seat.proxy.meanwhile = async (what) => {
          if (what !== 'pull' && !what.startsWith('load_')) return;
          figures['checked pages']!++;
          for (let i = chance.below(4); i > 0; i--) await happen();
        };
        await happen();
        figures['turns with events in them']!++;
        await turn(seat);
        seat.proxy.heal();
        if (events() - rested < EVENTS_BETWEEN_RESTS && events() < size) continue;
        rested = events();
        figures['rests']!++;
        await rest(here, seats);
        if (figures['rests']! % 10 === 0) say(`${events()} events`);
      }
      return figures;
    } finally {
      for (const seat of seats) await seat.close();
      await central.drop();
    }
  },
};

async function addRows({ central, programs, newId }: world.World): Promise<void> {
  for (const program of programs) {
    for (let i = 0; i < ROWS_A_PROGRAM; i++) {
      const [facility, student] = [newId(), newId()];
      await central.sql.query(
        `with f as (insert into app.facilities (id, program_id, name, facility_type) values ($1, $3, 'F ' || $1::uuid, 'pool'))
         insert into app.students (id, program_id, first_name, last_name) values ($2, $3, 'Mover', 'M')`,
        [facility, student, program],
      );
    }
  }
}

async function rest(here: world.World, seats: readonly Seat[]): Promise<void> {
  for (const seat of seats) {
    for (let turns = 1; !(await turn(seat)); turns++)
      hold('I9', turns < MOST_HEALING_TURNS, () => `no whole turn in ${turns}`);
    world.checkPairs(here, seat);
    await checkRows(here, seat);
    await checkPurged(here, seat);
  }
}
