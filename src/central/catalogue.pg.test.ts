import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sources } from '../../scripts/domain/coverage';
import { freshCentral, type FreshCentral } from './testing/central';

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

const names = async (text: string): Promise<string[]> =>
  (await central.sql.query<{ name: string }>(text)).rows.map((row) => row.name);

// What an index on a foreign key must begin with: its column; for keys over (program_id, id), the column that is not the program's.
const unindexed = `
  select c.conrelid::regclass || '.' || c.conname as name
    from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and not t.relispartition and not exists (
      select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = c.conrelid and i.indisvalid and i.indpred is null and a.attnum = any (c.conkey)
          and (cardinality(c.conkey) = 1 or a.attname <> 'program_id'))`;

describe('the catalogue of the database', () => {
  test('has an index on every foreign key', async () => {
    const { rows } = await central.sql.query<{ n: number }>(
      `select count(*)::int as n from pg_constraint where contype = 'f'`,
    );
    expect(rows[0]!.n).toBeGreaterThan(80);
    expect(await names(unindexed)).toEqual([]);
    await central.sql.query('begin');
    await central.sql.query('drop index app.courses_instructor_id_idx');
    expect(await names(unindexed)).toEqual(['app.courses.courses_instructor_id_fk']);
    await central.sql.query('rollback');
  });

  test('has every column that the sources’ columns are said to live in centrally', async () => {
    const said = Object.values(sources)
      .flatMap(({ tables }) => Object.values(tables))
      .flatMap(({ homes }) => Object.values(homes))
      .flatMap((home) => (typeof home === 'object' && 'central' in home ? [home.central] : []));
    const there = await names(
      `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns where table_schema = 'auth'`,
    );
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((column) => !there.includes(column))).toEqual([]);
  });
});
