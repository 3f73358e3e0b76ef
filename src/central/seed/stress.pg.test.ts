import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type FreshCentral } from '../testing/central';
import { stress, stressEntities } from './stress';

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

const count = async (sql: string): Promise<number> => Number((await central.sql.query<{ n: string }>(sql)).rows[0]?.n);

test.each(stressEntities)('%s are made in bulk and stand in the change log', async (entity) => {
  const before = await count(`select count(*) as n from app.${entity}`);
  await stress(central.sql, { entity, rows: 300 });
  await stress(central.sql, { entity, rows: 200 });
  expect(await count(`select count(*) as n from app.${entity}`)).toBe(before + 500);
  for (const table of [entity, 'users', 'mentors', 'user_program_assignments']) {
    const number = await count(`select sync.entity_number('${table}') as n`);
    const astray = await count(
      `select count(*) as n from ((select class, owner, row_id, op from sync.wanted_${table} except select class, owner, row_id, op from sync.head where tbl = ${number})
         union all (select class, owner, row_id, op from sync.head where tbl = ${number} except select class, owner, row_id, op from sync.wanted_${table})) d`,
    );
    expect(astray, table).toBe(0);
  }
  expect(await count(`select row_version as n from app.${entity} limit 1`)).toBe(1);
});
