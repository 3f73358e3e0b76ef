import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../shared/model';
import { becomeOwner, migrate } from './migrate';
import { provision } from './provision';
import { startArchived, type Archived } from './testing/point-in-time';
import { markRestored, verifyAudit } from './upkeep';

let root: string;
let archived: Archived | undefined;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'provost-pitr-'));
  chmodSync(root, 0o755);
});
afterAll(async () => {
  await archived?.server.stop();
  if (archived) rmSync(archived.server.dir, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
const institutions = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ name: string }>('select name from app.institutions order by name')).rows.map(
    ({ name }) => name,
  );

test.skipIf(process.platform === 'win32')(
  'brings the database back to the moment before an accident, as another epoch',
  async () => {
    archived = await startArchived(root);
    const { url } = archived.server;
    await provision(url, { clientPassword: 'of-the-test' });
    await migrate(url);
    const client = await connected(url);
    const add = (name: string): Promise<unknown> =>
      client.query('insert into app.institutions (id, name) values ($1, $2)', [newId(), name]);
    await add('before the base backup');
    await archived.backUp(client);
    await add('after the base backup');
    const { rows } = await client.query<{ at: string; epoch: string }>(
      'select clock_timestamp()::text as at, sync.epoch() as epoch',
    );
    const { at, epoch } = rows[0]!;
    await client.query(`update app.institutions set name = name || ', ruined'`);
    await client.end();
    await archived.bringBack(at);

    const back = await connected(archived.server.url);
    expect(await institutions(back)).toEqual(['after the base backup', 'before the base backup']);
    expect((await back.query<{ epoch: string }>('select sync.epoch() as epoch')).rows[0]!.epoch).not.toBe(epoch);
    await becomeOwner(back);
    await markRestored(back);
    expect((await verifyAudit(back)).filter(({ problem }) => problem !== null)).toEqual([]);
    await back.end();
  },
  180_000,
);
