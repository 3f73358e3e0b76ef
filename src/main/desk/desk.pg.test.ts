import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../central/testing/central';
import type { RowPage } from '../../shared/contract/requests';
import { newId } from '../../shared/model';
import type { Vault } from '../desk-messages';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';
import { startWireProxy, type WireProxy } from './testing/wire-proxy';

let central: FreshCentral;
let program: string;
let admin: TestUser;
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  admin = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Admin' });
});
afterAll(() => central.drop());

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const silent = { info: () => undefined, warn: () => undefined, error: (...told: unknown[]) => void errors.push(told) };
const errors: unknown[] = [];
const vault = {
  seal: async (text: string) => Buffer.from(text).toString('base64'),
  open: async (text: string) => Buffer.from(text, 'base64').toString(),
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'provost-desk-'));
  closers.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function start(dataDir: string, seals: Vault = vault): RunningDesk {
  const desk = createDesk({
    dataDir,
    migrationsDir,
    shell: 'browser',
    version: '0.0.0',
    demo: null,
    deskName: 'Test',
    vault: seals,
    log: silent,
  });
  closers.push(() => desk.close());
  return desk;
}

async function proxied(): Promise<WireProxy> {
  const proxy = await startWireProxy(central.clientUrl);
  closers.push(() => proxy.close());
  return proxy;
}

const view = (entity: 'facilities' | 'students') => ({ entity, programs: [], where: [], search: '', sort: [] });
const page = (desk: RunningDesk, entity: 'facilities' | 'students' = 'facilities'): Promise<RowPage> =>
  desk.request('rows.page', { view: view(entity), from: 0, count: 50 });
const names = (shown: RowPage): unknown[] => shown.rows.map((row) => row[shown.fields.indexOf('name')]);
const add = (desk: RunningDesk, name: string, id = newId()) =>
  desk.request('rows.save', {
    edits: [{ op: 'insert', entity: 'facilities', id, values: { programId: program, name, facilityType: 'pool' } }],
    label: `Add ${name}`,
  });

describe('a desk', () => {
  it('answers nothing about data before somebody signed in', async () => {
    const desk = start(folder());
    await expect(page(desk)).rejects.toMatchObject({ problem: { kind: 'signed-out' } });
    expect(await desk.request('session.read', {})).toEqual({
      state: 'signed-out',
      lastEmail: '',
      notice: null,
      trouble: null,
    });
    expect(await desk.request('sync.read', {})).toMatchObject({ connection: 'signed-out' });
  });

  it('refuses what it cannot understand, with the path of it', async () => {
    const desk = start(folder());
    expect(await desk.ask('rows.page', { view: { entity: 'nothing' }, from: -1, count: 5 })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', issues: [{ path: 'view.entity' }, { path: 'from' }] },
    });
    expect(await desk.ask('__proto__', {})).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });

  it('says why a sign-in did not succeed', async () => {
    const desk = start(folder());
    const attempt = (server: string, password: string) =>
      desk.ask('session.sign-in', { server, email: admin.email, password });
    expect(await attempt(central.clientUrl, 'wrong')).toMatchObject({ problem: { reason: 'wrong-password' } });
    expect(await attempt('127.0.0.1:9/provost', 'x')).toMatchObject({ problem: { reason: 'unreachable' } });
  });

  it('carries an edit to another desk, and the history tells who did it', async () => {
    const [one, two] = [start(folder()), start(folder())];
    for (const desk of [one, two]) {
      await desk.request('session.sign-in', {
        server: central.clientUrl,
        email: admin.email,
        password: admin.password,
      });
      await desk.request('sync.now', {});
    }
    const id = newId();
    await add(one, 'Lekki Pool', id);
    expect((await page(one)).marks).toEqual({ [id]: 'waiting' });
    await one.request('sync.now', {});
    await two.request('sync.now', {});
    expect((await page(one)).marks).toEqual({});
    expect(names(await page(two))).toContain('Lekki Pool');
    const history = await two.request('audit.read', { entity: 'facilities', id });
    expect(history).toMatchObject([{ action: 'insert', userName: 'Ada Admin', via: 'typed' }]);
    expect(errors).toEqual([]);
  });

  it('goes on offline after a restart, with what waits and with its undo', async () => {
    const dataDir = folder();
    const proxy = await proxied();
    const first = start(dataDir);
    await first.request('session.sign-in', { server: proxy.url, email: admin.email, password: admin.password });
    await first.request('sync.now', {});
    await proxy.close();
    await add(first, 'Offline Pool');
    await first.close();
    expect(readFileSync(join(dataDir, 'session.json'), 'utf8')).not.toContain('client-of-the-tests');

    const second = start(dataDir);
    expect(await second.request('session.read', {})).toMatchObject({
      state: 'signed-in',
      user: { fullName: 'Ada Admin' },
    });
    expect(names(await page(second))).toContain('Offline Pool');
    expect(await second.request('history.read', {})).toMatchObject({ canUndo: 'Add Offline Pool' });
    expect(await second.request('sync.waiting', {})).toMatchObject([{ label: 'Add Offline Pool' }]);
    await second.request('history.undo', {});
    expect(names(await page(second))).not.toContain('Offline Pool');
    await expect(second.request('audit.read', { entity: 'facilities', id: newId() })).rejects.toMatchObject({
      problem: { kind: 'offline' },
    });
  });

  it('keeps a session only while the person wants it, and one that was kept goes when they change their mind', async () => {
    const dataDir = folder();
    let mayKeep = false;
    const seals = {
      ...vault,
      seal: async (text: string) => (mayKeep ? vault.seal(text) : Promise.reject(new Error('no'))),
    };
    const kept = () => JSON.parse(readFileSync(join(dataDir, 'session.json'), 'utf8')) as Record<string, unknown>;
    const first = start(dataDir, seals);
    await first.request('session.keep', {});
    await first.request('session.sign-in', { server: central.clientUrl, email: admin.email, password: admin.password });
    expect(kept()).toMatchObject({ token: null, server: null, email: admin.email });
    mayKeep = true;
    await first.request('session.keep', {});
    await first.close();

    const second = start(dataDir, seals);
    expect(await second.request('session.read', {})).toMatchObject({ state: 'signed-in' });
    mayKeep = false;
    await second.request('session.keep', {});
    expect(kept()).toMatchObject({ token: null, server: null });
    expect(await second.request('session.read', {})).toMatchObject({ state: 'signed-in' });
    await second.close();
    expect(await start(dataDir, seals).request('session.read', {})).toMatchObject({ state: 'signed-out' });
  });

  it('shows nothing after signing out, and everything again after signing in', async () => {
    const desk = start(folder());
    const signIn = () =>
      desk.request('session.sign-in', { server: central.clientUrl, email: admin.email, password: admin.password });
    await signIn();
    await desk.request('sync.now', {});
    await desk.request('session.sign-out', {});
    await expect(page(desk)).rejects.toMatchObject({ problem: { kind: 'signed-out' } });
    expect(await desk.request('session.read', {})).toMatchObject({ lastEmail: admin.email });
    await signIn();
    expect((await page(desk)).total).toBeGreaterThan(0);
  });

  it('finds records by what is written in them once the first load is over', async () => {
    const desk = start(folder());
    await desk.request('session.sign-in', { server: central.clientUrl, email: admin.email, password: admin.password });
    await desk.request('sync.now', {});
    await add(desk, 'Águas Claras');
    await expect
      .poll(() => desk.request('search.records', { text: 'aguas cl' }))
      .toMatchObject([{ entity: 'facilities', title: 'Águas Claras', hint: 'pool' }]);
  });
});
