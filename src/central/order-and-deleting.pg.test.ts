import { afterAll, beforeAll, expect, test } from 'vitest';
import { allEntities, type EntityName } from '../shared/entities';
import { orderOf } from './sql/apply';
import { freshCentral, type FreshCentral } from './testing/central';
import { remove, restore } from './testing/ops';
import { pushable, SampleRows } from './testing/sample-rows';

let central: FreshCentral;
let rows: SampleRows;
beforeAll(async () => {
  central = await freshCentral();
  const program = await central.addProgram('SWIM');
  const root = (await central.addUser({ role: 'super_admin', programs: [program] })).id;
  rows = new SampleRows(central, await central.desk(await central.openSession(root)), program, root);
});
afterAll(() => central.drop());

const ordered = allEntities.flatMap((entity) => {
  const order = orderOf(entity);
  return order ? [[entity.name as EntityName, order] as const] : [];
});

test.each(ordered)(
  '%s: raw SQL that moves, deletes and restores leaves no gap and no two in one place',
  async (name, order) => {
    const first = await rows.fresh(name);
    await rows.push({ entity: name, op: 'insert', id: first.id, version: 0, patch: first.values });
    const ids = [first.id];
    const parent = { [order.withinField]: first.values[order.withinField] };
    for (let i = 2; i <= 4; i++) ids.push(await rows.make(name, { ...parent, [order.field]: i }));
    const positions = async (): Promise<number[]> =>
      (
        await central.sql.query<{ p: number }>(
          `select ${order.column} as p from app.${name} where id = any ($1) and deleted_at is null order by 1`,
          [ids],
        )
      ).rows.map((row) => row.p);
    const steps = [
      [`update app.${name} set ${order.column} = 1 where id = $1`, ids[3]],
      [`update app.${name} set ${order.column} = 900 where id = $1`, ids[0]],
      [`update app.${name} set deleted_at = now() where id = $1`, ids[1]],
      [`update app.${name} set deleted_at = null where id = $1`, ids[1]],
    ] as const;
    for (const [text, id] of steps) {
      await central.sql.query(text, [id]);
      const now = await positions();
      expect(now).toEqual(now.map((_, at) => at + 1));
    }
  },
);

test.each(pushable.map(({ name }) => name as EntityName))('%s: what is deleted comes back', async (name) => {
  const id = await rows.make(name);
  const isLive = async (): Promise<boolean> =>
    (await central.sql.query(`select from app.${name} where id = $1 and deleted_at is null`, [id])).rowCount === 1;
  const result = await rows.desk.change(remove(name, id));
  if (result.status === 'rejected') {
    expect(result.refusal?.code).toMatch(/^(has-dependents|forbidden)$/);
    expect(await isLive()).toBe(true);
    return;
  }
  expect(await isLive()).toBe(false);
  expect(await rows.desk.change(restore(name, id))).toMatchObject({ status: 'applied' });
  expect(await isLive()).toBe(true);
});
