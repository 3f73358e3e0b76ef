import { expect, it } from 'vitest';
import { inForceAt } from './curriculum';

const version = (number: number, state: string, startedAt: number, stateSince: number) => ({
  ...{ version: number, state, startedAt, stateSince },
});
const line = [
  version(4, 'draft', 350, 380),
  version(3, 'published', 250, 300),
  version(2, 'archived', 150, 300),
  version(1, 'archived', 50, 200),
];
const at = (moment: number) => inForceAt(line, moment)?.version ?? null;

it('the version in force on a day is the one that had come and was not yet replaced', () => {
  expect([at(40), at(60), at(199), at(200), at(299), at(300), at(9999)]).toEqual([null, 1, 1, 2, 2, 3, 3]);
});

it('where the last version was archived and none followed, none is in force', () => {
  expect(inForceAt([version(1, 'archived', 50, 200)], 250)).toBeNull();
  expect(inForceAt([version(1, 'draft', 50, 60)], 250)).toBeNull();
});
