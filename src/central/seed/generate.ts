/**
 * The demonstration's rows, made from a seed: the same seed, day and factor always give the same rows with the same ids, and the ids depend
 * on neither day nor factor. Pure: no database, no clock.
 *
 * The factor multiplies what is inside a program (sites, courses, prices, students); institutions, programs and staff stay as they are.
 * Rows come in chunks, so that a large factor needs no large memory.
 */
import type { EntityName } from '../../shared/entities';
import { addDays } from './calendar';
import { demoKeys, demoPeople } from './demo-accounts';
import { generateEnrollments } from './generate-enrollments';
import { generatePeople } from './generate-people';
import { generatePlatform } from './generate-platform';
import { generatePrices } from './generate-prices';
import { generateTeaching } from './generate-teaching';
import { rememberPrices } from './history';
import { programs } from './plans';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, blockOf, coordinatorId, demoUserId, momentOn, newWorld, type World } from './world';

export const defaultSeed = 2026;

/** Chunks in an order in which every reference points to a row that came before. */
export function* generate(factor: number, seed: number, today: string): Generator<SeedChunk, void, undefined> {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError('The factor must be a whole number, 1 or more.');
  const world = newWorld(seed, today, factor);
  const numberFor = studentNumbers();
  yield* generatePlatform(world);
  for (let part = 0; part < factor; part++) {
    for (const plan of programs) {
      const block = blockOf(world, plan, part);
      const teaching = generateTeaching(block);
      yield* teaching.chunks;
      const prices = generatePrices(block, teaching);
      rememberPrices(prices);
      yield chunk('facility_course_pricing', prices);
      const people = generatePeople(block, numberFor);
      yield* people.chunks;
      yield chunk('course_enrollments', generateEnrollments(block, teaching, prices, people.learners));
    }
  }
  yield chunk('notifications', notificationRows(world));
}

/** All of it at once, by entity: for tests and small factors. */
export function generateAll(factor: number, seed: number, today: string): { [N in EntityName]: SeedRow<N>[] } {
  const all: Partial<Record<EntityName, unknown[]>> = {};
  for (const { entity, rows } of generate(factor, seed, today)) {
    const list = (all[entity] ??= []);
    for (const row of rows) list.push(row);
  }
  return all as { [N in EntityName]: SeedRow<N>[] };
}

/** STU-YYYY-NNNN, counted within the year of joining. */
function studentNumbers(): (year: number) => string {
  const counts = new Map<number, number>();
  return (year) => {
    const count = (counts.get(year) ?? 0) + 1;
    counts.set(year, count);
    return `STU-${year}-${String(count).padStart(4, '0')}`;
  };
}

const messages: [type: string, title: string, message: string][] = [
  [
    'price',
    'A price ends soon',
    'A price at one of your facilities ends within a month, and no later price follows it.',
  ],
  [
    'price',
    'Combinations without a price',
    'Some combinations of course, facility and session have no price in force. Nobody can be enrolled there.',
  ],
  ['enrollment', 'New enrollments', 'A parent enrolled a child in one of your courses.'],
  ['facility', 'A facility is nearly full', 'Less than a tenth of the places are left.'],
  ['curriculum', 'A draft waits', 'A curriculum has been in draft for more than a month.'],
  ['system', 'Welcome to Provost', 'Press Ctrl+K to find any record, action or screen.'],
];

function notificationRows(world: World): SeedRow<'notifications'>[] {
  const staff = [
    ...demoKeys.filter((key) => demoPeople[key].status === 'active').map((key) => demoUserId(world, key)),
    ...programs.flatMap(({ code }) => [adminId(world, code), coordinatorId(world, code)]),
  ];
  return [...new Set(staff)].flatMap((userId) => {
    const random = world.random('notifications', userId);
    return random
      .shuffle(messages)
      .slice(0, random.int(2, 4))
      .map(([type, title, message], at) => {
        const day = addDays(world.today, -random.int(1, 45));
        const createdAt = momentOn(day, random);
        return {
          id: world.id('notifications', userId, at),
          userId,
          type,
          title,
          message,
          readAt: random.chance(0.5) ? createdAt + random.int(1, 20) * 3_600_000 : null,
          createdAt,
          createdBy: null,
        };
      });
  });
}
