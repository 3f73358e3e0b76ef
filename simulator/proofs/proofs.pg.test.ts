/** The long proofs, each for a moment: `npm run simulate -- --help` says how they are run to their length. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chanceFrom } from '../chance';
import { proofs } from './list';
import type { Figures } from './proof';

if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
const isWindows = process.platform === 'win32';
const run = (name: string, size: number): Promise<Figures> =>
  proofs[name]!.run({ size, chance: chanceFrom(7), say: () => undefined });

it('a desk misses nothing of 32 writers, and a cursor of the highest transaction would', async () => {
  const figures = await run('cursor-race', 3);
  expect(figures).toMatchObject({ missed: 0 });
  expect(figures['missed by the highest transaction seen']).toBeGreaterThan(0);
}, 120_000);

it('1,000 hostile calls reach nothing', async () => {
  expect(await run('hostile', 1_000)).toMatchObject({ calls: 1_000, reached: 0 });
}, 120_000);

it('rights and rows that move between the pages of pulls leave nobody with more or less than they may hold', async () => {
  const figures = await run('grants', 60);
  expect(figures['grants']! + figures['moves']!).toBe(60);
}, 120_000);

it('desks that are killed while they save and sync keep what was saved, and say it once', async () => {
  expect(await run('kills', 8)).toMatchObject({ kills: 8, torn: 0, lost: 0, twice: 0 });
}, 180_000);

it.skipIf(isWindows)(
  'a server that crashes has what it answered',
  async () => {
    const figures = await run('server-crashes', 2);
    expect(figures['answered and checked']).toBeGreaterThan(0);
  },
  300_000,
);

it.skipIf(isWindows)(
  'what a server lost that was brought back to an earlier moment is said again',
  async () => {
    const figures = await run('restores', 1);
    expect(figures['mutations the server had lost']).toBeGreaterThan(0);
  },
  300_000,
);
