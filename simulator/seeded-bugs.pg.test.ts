import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../src/central/testing/central';
import { spoiled, spoilRoutine } from './bug-runs';
import { seededBugs } from './seeded-bugs';

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

describe('every deliberate bug still finds the code that it spoils', () => {
  it.each(Object.entries(seededBugs))('%s', async (_, bug) => {
    if ('routine' in bug.where) {
      await central.sql.query('begin');
      await spoilRoutine(central, bug).finally(() => central.sql.query('rollback'));
    } else {
      const text = readFileSync(resolve(import.meta.dirname, '..', bug.where.file), 'utf8');
      expect(spoiled(text, bug.where.file, bug.from, bug.to)).not.toBe(text);
    }
  });

  it('and one that does not is told', () => {
    expect(() => spoiled('a b', 'here', 'c', 'd')).toThrow('here: the fragment is there 0 times: c');
  });
});
