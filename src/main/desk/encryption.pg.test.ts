import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../central/testing/central';
import { newId } from '../../shared/model';
import { encryptedStoresSetting } from '../../shared/rules/encrypted-stores';
import { openVault } from '../browser/vault';
import type { Vault } from '../desk-messages';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';
import { startWireProxy } from './testing/wire-proxy';

let central: FreshCentral;
let program: string;
let admin: TestUser;
let root: TestUser;
let dataDir: string;
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  admin = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Zebedee Quillfeather' });
  root = await central.addUser({ role: 'super_admin' });
});
afterAll(() => central.drop());

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(): string {
  dataDir = mkdtempSync(join(tmpdir(), 'provost-encryption-'));
  const made = dataDir;
  closers.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const said: unknown[] = [];
const log = {
  info: (...words: unknown[]) => void said.push(words),
  warn: (...words: unknown[]) => void said.push(words),
  error: (...words: unknown[]) => void said.push(words),
};
function start(vault: Vault = openVault(dataDir)): RunningDesk {
  const app = { shell: 'browser' as const, version: '0.0.0', demo: null, deskName: 'Test' };
  const desk = createDesk({ dataDir, migrationsDir, vault, log, ...app });
  closers.push(() => desk.close());
  return desk;
}

/** A super admin's desk sets it as the console does. */
async function ask(required: boolean): Promise<void> {
  const kept = dataDir;
  folder();
  const desk = start();
  await desk.request('session.sign-in', { server: central.clientUrl, email: root.email, password: root.password });
  await desk.request('sync.now', {});
  const { rows, fields } = await desk.request('rows.page', {
    view: { entity: 'platform_settings', where: [{ field: 'key', test: 'is', value: encryptedStoresSetting }] },
    from: 0,
    count: 1,
  });
  const id = rows[0]?.[fields.indexOf('id')] as string | undefined;
  const values = { value: { required } };
  await desk.request('rows.save', {
    edits: [
      id
        ? { op: 'update', entity: 'platform_settings', id, values }
        : {
            op: 'insert',
            entity: 'platform_settings',
            id: newId(),
            values: { key: encryptedStoresSetting, ...values },
          },
    ],
    label: 'Encryption',
  });
  await desk.request('sync.now', {});
  dataDir = kept;
}

const signIn = (desk: RunningDesk, server = central.clientUrl, anew = false) =>
  desk.request('session.sign-in', { server, email: admin.email, password: admin.password, anew });
const edit = (desk: RunningDesk, name: string) =>
  desk.request('rows.save', {
    edits: [
      { op: 'insert', entity: 'facilities', id: newId(), values: { programId: program, name, facilityType: 'pool' } },
    ],
    label: name,
  });
const pools = async (desk: RunningDesk): Promise<unknown[]> => {
  const page = await desk.request('rows.page', { view: { entity: 'facilities' }, from: 0, count: 50 });
  return page.rows.map((row) => row[page.fields.indexOf('name')]).sort();
};
const filesWith = (text: string): string[] =>
  readdirSync(join(dataDir, 'stores'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name)
    .sort();

describe('a server that asks for encrypted data', () => {
  it('is followed at the next start, offline too, with what waits; and not asking any more is followed back', async () => {
    folder();
    const proxy = await startWireProxy(central.clientUrl);
    closers.push(() => proxy.close());
    const first = start();
    expect(await signIn(first, proxy.url)).toMatchObject({ encrypted: false, user: { encryptStores: false } });
    await ask(true);
    await first.request('sync.now', {});
    expect(await first.request('session.read', {})).toMatchObject({ encrypted: false, user: { encryptStores: true } });
    proxy.goDark();
    await edit(first, 'Quillfeather Pool');
    await first.close();
    expect(filesWith('Quillfeather')).toEqual(['cache.db', 'cache.db.rescue.jsonl']);

    const second = start();
    expect(await second.request('session.read', {})).toMatchObject({ state: 'signed-in', encrypted: true });
    expect(await pools(second)).toEqual(['Quillfeather Pool']);
    await edit(second, 'Quillfeather Court');
    expect(filesWith('Quillfeather')).toEqual([]);
    await second.close();
    expect(filesWith('Quillfeather')).toEqual([]);

    proxy.heal();
    const third = start();
    await third.request('sync.now', {});
    expect(await third.request('sync.read', {})).toMatchObject({ waiting: 0, notice: null });
    expect(await pools(third)).toEqual(['Quillfeather Court', 'Quillfeather Pool']);
    await ask(false);
    await third.request('sync.now', {});
    await third.close();
    const fourth = start();
    expect(await fourth.request('session.read', {})).toMatchObject({ encrypted: false });
    expect(await pools(fourth)).toEqual(['Quillfeather Court', 'Quillfeather Pool']);
    await fourth.close();
    expect(filesWith('Quillfeather')).toContain('cache.db');
    expect(
      readdirSync(join(dataDir, 'stores'), { recursive: true }).filter((name) => String(name).endsWith('.key')),
    ).toEqual([]);
  }, 120_000);

  it('is followed from the first byte where it asks at sign-in; a lost key is said, and given up only when told to', async () => {
    await central.sql.query('delete from app.facilities');
    await ask(true);
    folder();
    const desk = start();
    expect(await signIn(desk)).toMatchObject({ encrypted: true });
    await desk.request('sync.now', {});
    await desk.request('sync.hold', { held: true });
    await edit(desk, 'Quillfeather Gym');
    expect(filesWith('Quillfeather')).toEqual([]);
    await desk.close();

    // Another computer's vault: the file of its key is not here.
    rmSync(join(dataDir, 'vault.key'));
    const locked = start();
    expect(await locked.request('session.read', {})).toMatchObject({ state: 'signed-out' });
    const refused = await locked.ask('session.sign-in', {
      server: central.clientUrl,
      email: admin.email,
      password: admin.password,
    });
    expect(refused).toMatchObject({ problem: { kind: 'storage', reason: 'key-lost' } });
    expect(JSON.stringify(refused)).toContain('1 change that was not sent yet');
    expect(await signIn(locked, central.clientUrl, true)).toMatchObject({ state: 'signed-in', encrypted: true });
    await locked.request('sync.now', {});
    expect((await locked.request('sync.read', {})).notice).toContain(
      '1 unsent change could not be read without the lost key',
    );
    await edit(locked, 'Hall');
    await locked.request('sync.now', {});
    expect(await locked.request('sync.read', {})).toMatchObject({ waiting: 0, conflicts: 0, refused: 0 });
  }, 120_000);

  it('lets nobody in on a computer that cannot keep a key, and says so', async () => {
    await ask(true);
    folder();
    const none = () => Promise.reject(new Error('no keychain'));
    const refused = await start({ seal: none, open: none }).ask('session.sign-in', {
      server: central.clientUrl,
      email: admin.email,
      password: admin.password,
    });
    expect(refused).toMatchObject({ problem: { kind: 'storage', reason: 'no-keychain' } });
  });

  it('never has its keys in a log', () => {
    expect(said.filter((words) => /[0-9a-f]{64}|[A-Za-z0-9+/]{43}=/.test(JSON.stringify(words)))).toEqual([]);
  });
});

it('only a super admin sets it', async () => {
  folder();
  const desk = start();
  await signIn(desk);
  await desk.request('sync.now', {});
  const refused = await desk.ask('rows.save', {
    edits: [
      {
        op: 'insert',
        entity: 'platform_settings',
        id: newId(),
        values: { key: 'encrypted-stores-2', value: { required: true } },
      },
    ],
    label: 'Encryption',
  });
  expect(refused).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
});
