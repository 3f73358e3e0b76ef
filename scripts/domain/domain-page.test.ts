import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allEntities, entityOf } from '../../src/shared/entities';
import { alsoServes, sources } from './coverage';
import { domainPage, readersOf, servedBy, wrongWith } from './domain-page';

const tables = Object.entries(sources).flatMap(([code, source]) =>
  Object.entries(source.tables).map(([name, table]) => ({ name: `${code} ${name}`, ...table })),
);

describe('the page about the domain', () => {
  test('says what the declarations say: run `npm run docs:domain` where it does not', () => {
    const page = readFileSync(new URL('../../docs/domain.md', import.meta.url), 'utf8');
    expect(page === domainPage(), 'docs/domain.md is older than the declarations: run npm run docs:domain').toBe(true);
  });

  test('shows every entity with every field', () => {
    const page = domainPage();
    for (const entity of allEntities) {
      const section = page.split(`\`${entity.name}\`\n\n`)[1]?.split('\n### ')[0] ?? '';
      const missing = Object.keys(entity.fields).filter((field) => !section.includes(`| \`${field}\` |`));
      expect(missing, entity.name).toEqual([]);
    }
  });

  test('says who reads in the words of the matrix', () => {
    expect(readersOf(entityOf('payments'))).toContain('its admins');
    expect(readersOf(entityOf('students'))).toContain('coordinators and admins, and the tutor');
    expect(readersOf(entityOf('notifications'))).toContain('nobody else');
  });
});

describe('the coverage of the sources', () => {
  test('names only fields that exist', () => {
    const homes = tables.flatMap(({ homes: columns, as }) => [
      ...Object.values(columns).flatMap((home) => (typeof home === 'string' ? home.split(', ') : [])),
      ...(as === undefined ? [] : [`${as}.id`]),
    ]);
    expect(homes.map(wrongWith).filter((wrong) => wrong !== null)).toEqual([]);
    expect(wrongWith('users.shoeSize')).toContain('no field shoeSize');
  });

  test('has every table and every column that the sources name', () => {
    for (const { name, homes, columns } of tables) expect(Object.keys(homes), name).toHaveLength(columns);
    const counted = Object.entries(sources).map(([code, { tables: of }]) => [
      code,
      Object.keys(of).length,
      Object.values(of).reduce((sum, { columns }) => sum + columns, 0),
    ]);
    expect(counted).toEqual([
      ['S0', 13, 42],
      ['S1', 12, 98],
      ['S2', 14, 22],
      ['S3', 13, 84],
      ['S4', 11, 104],
    ]);
  });

  test('leaves no entity without a reason to be', () => {
    expect(allEntities.filter((e) => servedBy(e).length === 0 && !alsoServes[e.name]).map((e) => e.name)).toEqual([]);
  });
});
