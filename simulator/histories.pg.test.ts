/**
 * 200 random histories of real desks against a real server, with faults. They are shorter than those of `npm run simulate`, which prints,
 * shrinks and replays what fails: `npm run simulate -- --seed S --steps 16 --desks 2`. PROVOST_HISTORIES and PROVOST_SEED choose others.
 */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runMany } from './lanes';

const HISTORIES = Number(process.env.PROVOST_HISTORIES ?? 200);
const FIRST_SEED = Number(process.env.PROVOST_SEED ?? 1);

it(`${HISTORIES} histories come to rest with every promise kept`, async () => {
  if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
  const seeds = Array.from({ length: HISTORIES }, (_, at) => FIRST_SEED + at);
  const { histories, failures, total } = await runMany({ seeds, lanes: 2, mostFailures: 3, steps: 16, desks: 2 });
  expect(failures.map(({ plan, error }) => `seed ${plan.seed}: ${error.message}`)).toEqual([]);
  expect(histories).toBe(HISTORIES);
  expect(total.turns).toBeGreaterThan(HISTORIES);
}, 900_000);
