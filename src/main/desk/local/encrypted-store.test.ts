import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs, {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { ExchangeDesk } from '../testing/exchange-desk';
import { sampleDesk } from '../testing/sample-desk';
import { migrationsDir, tempStore, type TempStore } from '../testing/temp-store';
import { convert, isUnlikePlain, keyFileOf } from './convert';
import type { Store } from './handles';
import { getMeta, setMeta } from './meta';
import { openReader } from './open';
import { counts, markInFlight, nextBatch } from './outbox';
import { readRescue } from './rescue';
import { buildNextSearch } from './search-index';
import { settle, writeEdits } from './write';

let place: TempStore;
beforeEach(() => (place = tempStore()));
afterEach(() => place.remove());

const key = randomBytes(32);
const encrypted = { key, encrypt: true };
const plainAgain = { key, encrypt: false };
const asked = { view: { entity: 'students' as const }, columns: ['firstName', 'lastName'], name: 'Students' };
const secret = 'Zebedee Quillfeather';

function edit(store: Store, name: string): string {
  const mutationId = newId();
  const op = { entity: 'facilities', op: 'insert' as const, id: newId(), version: 0, patch: { name } };
  const undo = { kind: 'step' as const, inverse: [{ ...op, op: 'delete' as const }] };
  writeEdits(store.writer, { mutationId, at: Date.now(), label: name, via: 'typed', ops: [op], undo });
  return mutationId;
}

/** A store with rows, searches, a device, and edits in every state. */
function filled(store: Store): void {
  setMeta(store.writer, 'device_id', 'desk-1');
  const desk = sampleDesk(store);
  desk.put('students', {
    programId: desk.ids.program,
    firstName: 'Zebedee',
    lastName: 'Quillfeather',
    status: 'active',
  });
  desk.put('saved_views', { userId: desk.ids.admin, entity: 'students', name: secret, view: { filters: [secret] } });
  while (buildNextSearch(store.writer));
  edit(store, `${secret} sent`);
  markInFlight(store.writer, [nextBatch(store.reader)[0]!.position]);
  edit(store, `${secret} waiting`);
  const refused = edit(store, `${secret} refused`);
  settle(store.writer, refused, {
    seq: 2,
    id: refused,
    status: 'conflict',
    conflicts: [],
    refusal: { code: 'forbidden', detail: secret },
  } as never);
}

/** Every row of every table, search indexes and all. */
function everything(store: Store): Record<string, unknown[]> {
  const tables = store.reader
    .prepare(
      "select name from sqlite_schema where type = 'table' and rootpage > 0 and name not like 'sqlite_stat%' order by name",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(tables.map((name) => [name, store.reader.prepare(`select * from "${name}"`).all()]));
}

function filesWith(text: string): string[] {
  return readdirSync(place.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name);
}

function refused(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal && error.problem.kind === 'storage')
      return `${error.problem.reason}: ${error.message}`;
    throw error;
  }
  throw new Error('It was not refused');
}

function scribble(file: string, at: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(4096, 0x5a), 0, 4096, at);
  closeSync(fd);
}

describe('an encrypted store', { timeout: 60_000 }, () => {
  it('has no byte of a name in any file, open or closed, not even of an import', async () => {
    const store = place.open(encrypted);
    filled(store);
    const desk = sampleDesk(store);
    const files = new ExchangeDesk(desk, place.folder, store.key !== null);
    const file = files.upload(
      'students.csv',
      `First name,Last name,Note\n${'Zebedee,Quillfeather,Zebedee Quillfeather\n'.repeat(300)}`,
    );
    await files.open(file);
    const out = await files.export({ ...asked, format: 'csv' });
    expect(out.content.toString()).toContain('Quillfeather');
    for (const word of ['Zebedee', 'Quillfeather', secret]) expect(filesWith(word)).toEqual([]);
    store.writer.pragma('wal_checkpoint(PASSIVE)');
    expect(filesWith('Quillfeather')).toEqual([]);
    store.close();
    expect(filesWith('Quillfeather')).toEqual([]);
    // The test can tell: the same in a plain store is found.
    const plain = place.open(plainAgain);
    expect(filesWith('Quillfeather').sort()).toEqual(['cache.db', 'cache.db.rescue.jsonl']);
    plain.close();
  });

  it('reads files in and out as a plain one does, from any place of them', async () => {
    const store = place.open(encrypted);
    const files = new ExchangeDesk(sampleDesk(store), place.folder, true);
    const made = await files.export({ ...asked, format: 'xlsx' });
    const book = await files.open(files.upload('again.xlsx', made.content));
    expect(book.kind).toBe('xlsx');
    expect(book.rows).toBeGreaterThan(0);
  });

  it('is read and written through as many connections as a plain one', () => {
    const store = place.open(encrypted);
    edit(store, 'Pool');
    const another = openReader(place.file, key);
    expect(another.prepare('select name from facilities').pluck().all()).toEqual(['Pool']);
    another.close();
    store.close();
    expect(place.open(encrypted).recovered).toBeNull();
  });

  it.each([
    ['its first page', 0],
    ['a page in the middle', 12 * 4096],
  ])('damaged at %s is begun anew with every unfinished edit, and leaves nothing behind', (_, at) => {
    const store = place.open(encrypted);
    filled(store);
    const waiting = nextBatch(store.reader).map((m) => [m.id, m.seq]);
    store.close();
    scribble(place.file, at);
    const again = place.open(encrypted);
    expect(again.recovered).toEqual({ from: null, mutations: 3, unreadable: 0 });
    expect(nextBatch(again.reader).map((m) => [m.id, m.seq])).toEqual(waiting);
    expect(readdirSync(place.folder).filter((name) => name.includes('.damaged-'))).toEqual([]);
    again.close();
    expect(isUnlikePlain(place.file)).toBe(true);
  });
});

describe('a store that is to be kept otherwise', { timeout: 60_000 }, () => {
  it('is encrypted and decrypted with all its rows, edits, undo steps, views and searches', () => {
    const before = place.open();
    filled(before);
    const rows = everything(before);
    before.close();
    const there = place.open(encrypted);
    expect(there.unconverted).toBeNull();
    expect(everything(there)).toEqual(rows);
    expect(rows['undo_log']).toHaveLength(2);
    there.close();
    expect(isUnlikePlain(place.file)).toBe(true);
    expect(filesWith('Quillfeather')).toEqual([]);
    const back = place.open(plainAgain);
    expect(everything(back)).toEqual(rows);
    expect(readRescue(`${place.file}.rescue.jsonl`, null)).toMatchObject({
      deviceId: 'desk-1',
      lastSeq: 1,
      unreadable: 0,
    });
    expect(readRescue(`${place.file}.rescue.jsonl`, null).mutations).toHaveLength(3);
    back.close();
    expect(isUnlikePlain(place.file)).toBe(false);
  });

  it('takes no damaged, unencrypted store along', () => {
    const store = place.open();
    filled(store);
    store.close();
    scribble(place.file, 0);
    place.open().close();
    expect(readdirSync(place.folder).some((name) => name.includes('.damaged-'))).toBe(true);
    place.open(encrypted).close();
    expect(readdirSync(place.folder).some((name) => name.includes('.damaged-'))).toBe(false);
    expect(filesWith('Quillfeather')).toEqual([]);
  });

  it('stays as it is where there is no room for a second one, and says so', () => {
    const store = place.open();
    filled(store);
    const waiting = counts(store.reader).waiting;
    store.close();
    const real = fs.renameSync;
    fs.renameSync = (from, to) => {
      if (String(from).endsWith('.converting')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      real(from, to);
    };
    syncBuiltinESMExports();
    const again = place.open(encrypted);
    fs.renameSync = real;
    syncBuiltinESMExports();
    expect(again.unconverted).toMatchObject({ code: 'ENOSPC' });
    expect(again.key).toBeNull();
    expect(counts(again.reader).waiting).toBe(waiting);
    again.close();
    expect(readdirSync(place.folder).filter((name) => name.includes('.converting'))).toEqual([]);
    expect(place.open(encrypted).unconverted).toBeNull();
  });

  it('is neither where what would take its place is not the same', () => {
    place.open().close();
    expect(() => convert(place.file, randomBytes(32), key)).toThrow();
    expect(isUnlikePlain(place.file)).toBe(false);
    expect(place.open().recovered).toBeNull();
  });

  it.each([
    ['encrypted', 'yes'],
    ['decrypted', 'no'],
  ])(
    'and whose process is killed while it is %s is whole at the next start, with every edit',
    (_, encrypt) => {
      const store = place.open(encrypt === 'yes' ? {} : encrypted);
      filled(store);
      const rows = everything(store);
      store.close();
      const begin = place.file.replace('cache.db', 'begin');
      const files = ['', '.rescue.jsonl'];
      for (const suffix of files) copyFileSync(place.file + suffix, begin + suffix);
      const all = Number(inAnother([encrypt]).stdout);
      expect(all).toBeGreaterThan(30);
      const kills = Number(process.env.PROVOST_KILLS ?? 3);
      for (let at = 1; at <= all; at += Math.max(1, Math.floor(all / kills))) {
        for (const suffix of files) copyFileSync(begin + suffix, place.file + suffix);
        const died = inAnother([encrypt, String(at)]);
        expect(died.signal).toBe('SIGKILL');
        const again = place.open({ key, encrypt: encrypt === 'yes' });
        expect({ at, ...again.recovered }).toEqual({ at });
        expect(everything(again)).toEqual(rows);
        again.close();
        expect(isUnlikePlain(place.file)).toBe(encrypt === 'yes');
        expect(readRescue(`${place.file}.rescue.jsonl`, key).mutations).toHaveLength(3);
        if (encrypt === 'yes')
          expect(filesWith('Quillfeather').filter((name) => !name.startsWith('begin'))).toEqual([]);
      }
    },
    600_000,
  );
});

function inAnother([encrypt = '', dieAt = '']: string[]) {
  const script = join(import.meta.dirname, '../testing/convert-and-die.ts');
  return spawnSync(
    process.execPath,
    ['--import', 'tsx', script, place.file, migrationsDir, key.toString('hex'), encrypt, dieAt],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

describe('a lost key', { timeout: 60_000 }, () => {
  beforeEach(() => {
    writeFileSync(keyFileOf(place.file), '{"sealed":"under a keychain that is gone","encrypt":true}');
    const store = place.open(encrypted);
    filled(store);
    store.close();
  });

  it.each([
    ['is not given', null],
    ['is another one', randomBytes(32)],
  ])('that %s leaves the store alone and says how much could be lost', (_, other) => {
    const before = readFileSync(place.file);
    expect(refused(() => place.open({ key: other, encrypt: true }))).toMatch(
      /^key-lost: .*keychain.*2 changes that were not sent yet/,
    );
    expect(readFileSync(place.file).equals(before)).toBe(true);
    expect(existsSync(`${place.file}.lock`)).toBe(false);
    expect(place.open(encrypted).recovered).toBeNull();
  });

  it('ends in a new store where the person says so: its name and numbers stay, and what is lost is counted and kept', () => {
    const next = { key: randomBytes(32), encrypt: true, anew: true };
    const store = place.open(next);
    expect(store.recovered).toMatchObject({ mutations: 0, unreadable: 2 });
    expect(getMeta(store.reader, 'device_id')).toBe('desk-1');
    edit(store, 'Next');
    expect(markInFlight(store.writer, [nextBatch(store.reader)[0]!.position])).toEqual([2]);
    const aside = store.recovered?.from ?? '';
    expect(statSync(aside).size).toBeGreaterThan(0);
    expect(readRescue(`${aside}.rescue.jsonl`, key).mutations.map((m) => m.label)).toContain(`${secret} waiting`);
    store.close();
    expect(place.open({ ...next, anew: false }).recovered).toBeNull();
  });

  it('of a store with nothing in it but what the server has costs nothing', () => {
    const store = place.open(encrypted);
    store.writer.exec("update outbox set state = 'done'");
    store.close();
    const rescue = `${place.file}.rescue.jsonl`;
    writeFileSync(rescue, '');
    expect(refused(() => place.open({ key: null }))).toContain('Nothing waited to be sent');
  });
});
