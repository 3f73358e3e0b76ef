/**
 * The demonstration's rows, made from a seed: the same seed, day and factor always give the same rows with the same ids, and the ids depend
 * on neither day nor factor. Pure: no database, no clock.
 *
 * The factor multiplies what is inside a program (sites, courses, prices, students); institutions, programs and staff stay as they are.
 * Rows come in chunks, so that a large factor needs no large memory.
 */
import { entityNames, type EntityName } from '../../shared/entities';
import { generateCareers } from './generate-careers';
import { generateCommerce } from './generate-commerce';
import { generateDirectory } from './generate-directory';
import { generateEnrollments } from './generate-enrollments';
import { generateLearning, studiesOf } from './generate-learning';
import { generateMentoring } from './generate-mentoring';
import { clientNotifications, staffNotifications } from './generate-notifications';
import { generatePeople } from './generate-people';
import { generatePlatform } from './generate-platform';
import { generatePrices } from './generate-prices';
import { generateTeaching } from './generate-teaching';
import { rememberPrices } from './history';
import { programs } from './plans';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { blockOf, newWorld } from './world';

export const defaultSeed = 2026;

/** What people keep for themselves begins empty. */
export const leftEmpty: readonly EntityName[] = ['saved_views', 'import_recipes'];

/** Chunks in an order in which every reference points to a row that came before. */
export function* generate(factor: number, seed: number, today: string): Generator<SeedChunk, void, undefined> {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError('The factor must be a whole number, 1 or more.');
  const world = newWorld(seed, today, factor);
  const studentNumber = numbers('STU', 4);
  const certificateNumber = numbers('CERT', 6);
  yield* generatePlatform(world);
  yield* generateDirectory(world);
  for (let part = 0; part < factor; part++) {
    for (const plan of programs) {
      const block = blockOf(world, plan, part);
      const teaching = generateTeaching(block);
      yield* teaching.chunks;
      const prices = generatePrices(block, teaching);
      rememberPrices(prices);
      yield chunk('facility_course_pricing', prices);
      const people = generatePeople(block, studentNumber);
      yield* people.chunks;
      const enrollments = generateEnrollments(block, teaching, prices, people.learners);
      yield chunk('course_enrollments', enrollments);
      const studies = studiesOf(block, teaching, people.learners, enrollments);
      yield* generateLearning(block, teaching, studies, certificateNumber);
      const mentoring = generateMentoring(block, people);
      yield* mentoring?.chunks ?? [];
      yield* generateCareers(block, teaching, people);
      yield* generateCommerce(block, studies, mentoring, people);
      yield chunk('notifications', clientNotifications(block, studies, mentoring));
    }
  }
  yield chunk('notifications', staffNotifications(world));
}

/** All of it at once, by entity: for tests and small factors. */
export function generateAll(factor: number, seed: number, today: string): { [N in EntityName]: SeedRow<N>[] } {
  const all = Object.fromEntries(entityNames.map((name): [EntityName, unknown[]] => [name, []]));
  for (const { entity, rows } of generate(factor, seed, today)) for (const row of rows) all[entity]?.push(row);
  return all as { [N in EntityName]: SeedRow<N>[] };
}

/** STU-YYYY-NNNN and its like, counted within the year. */
function numbers(letters: string, digits: number): (year: number) => string {
  const counts = new Map<number, number>();
  return (year) => {
    const count = (counts.get(year) ?? 0) + 1;
    counts.set(year, count);
    return `${letters}-${year}-${String(count).padStart(digits, '0')}`;
  };
}
