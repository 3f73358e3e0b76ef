import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, type Problem } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { migrationsDir, tempStore, type TempStore } from '../testing/temp-store';
import { isDiskFull } from './disk';
import type { Store } from './handles';
import { getMeta, setMeta, VERIFIED_AT } from './meta';
import { openStore, suspect } from './open';
import { counts, markInFlight, nextBatch } from './outbox';
import { purgeScope, scrubIfDue } from './purge';
import { readRow } from './rows';
import { putFromServer, settle, writeEdits } from './write';

let place: TempStore;
beforeEach(() => (place = tempStore()));
afterEach(() => place.remove());

const programId = newId();
const insert = (store: Store, name = 'Pool'): { id: string; mutationId: string } => {
  const [id, mutationId] = [newId(), newId()];
  const op = { entity: 'facilities', op: 'insert' as const, id, version: 0, patch: { programId, name } };
  writeEdits(store.writer, { mutationId, at: Date.now(), label: 'Add', via: 'typed', ops: [op], undo: null });
  return { id, mutationId };
};

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
  throw new Error('It was not refused');
}

/** Writes over the middle of a file, as a failing disk does. */
function scribble(file: string, at: number, length = 4096): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(length, 0x5a), 0, length, at);
  closeSync(fd);
}

describe('a store', () => {
  it('is opened by one process at a time', () => {
    place.open();
    expect(refusal(() => place.open())).toMatchObject({ kind: 'storage', reason: 'in-use' });
  });

  it('is free again when its holder died', () => {
    place.open().close();
    writeFileSync(`${place.file}.lock`, JSON.stringify({ pid: 2 ** 22 - 1, host: 'another', token: 'x' }));
    const old = new Date(Date.now() - 120_000);
    expect(refusal(() => place.open())).toMatchObject({ reason: 'in-use' });
    utimesSync(`${place.file}.lock`, old, old);
    expect(place.open().recovered).toBeNull();
  });

  it('is proven equal to the server again after a crash, and not after an end in order', () => {
    const store = place.open();
    setMeta(store.writer, VERIFIED_AT, '1');
    store.close();
    const again = place.open();
    expect(getMeta(again.writer, VERIFIED_AT)).toBe('1');
    again.close();
    writeFileSync(`${place.file}.lock`, JSON.stringify({ pid: 2 ** 22 - 1, host: hostname(), token: 'x' }));
    expect(getMeta(place.open().writer, VERIFIED_AT)).toBe('0');
  });

  it('is free again when its holder died and the clock was set back by years since', () => {
    place.open().close();
    const lock = `${place.file}.lock`;
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 - 1, host: 'another', token: 'x' }));
    const future = new Date(Date.now() + 5 * 365 * 86_400_000);
    utimesSync(lock, future, future);
    expect(place.open().recovered).toBeNull();
  });

  it('sends what was typed under a clock that jumped in the order in which it was typed', () => {
    const store = place.open();
    const at = (days: number) => Date.now() + days * 86_400_000;
    const ids = [at(0), at(4000), at(-4000), at(1)].map((time) => {
      const [id, mutationId] = [newId(), newId()];
      const op = { entity: 'facilities', op: 'insert' as const, id, version: 0, patch: { programId, name: 'Pool' } };
      writeEdits(store.writer, { mutationId, at: time, label: 'Add', via: 'typed', ops: [op], undo: null });
      return mutationId;
    });
    expect(nextBatch(store.reader).map((m) => m.id)).toEqual(ids);
  });

  it('of a newer console is left as it is', () => {
    place.open().close();
    const db = new Database(place.file);
    db.prepare("insert into __drizzle_migrations (hash, created_at) values ('future', ?)").run(Date.now() + 1e12);
    db.close();
    const size = statSync(place.file).size;
    expect(refusal(() => place.open())).toMatchObject({ reason: 'newer-version' });
    expect(statSync(place.file).size).toBe(size);
    expect(existsSync(`${place.file}.lock`)).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)('in a folder that cannot be written says so', () => {
    const folder = join(tmpdir(), `provost-read-only-${newId()}`);
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    try {
      process.seteuid!(65534);
      expect(refusal(() => openStore({ file: join(folder, 'cache.db'), migrationsDir }))).toMatchObject({
        reason: 'read-only',
      });
    } finally {
      process.seteuid!(0);
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a damaged store', () => {
  it.each([
    ['its first page', 0],
    ['a page in the middle', 8 * 4096],
  ])('at %s is moved aside, and every unsent edit is brought over', (_, at) => {
    const store = place.open();
    setMeta(store.writer, 'device_id', 'desk-1');
    const sent = insert(store, 'Sent');
    markInFlight(store.writer, [nextBatch(store.reader)[0]!.position]);
    const waiting = insert(store, 'Waiting');
    const refused = insert(store, 'Refused');
    settle(store.writer, refused.mutationId, {
      seq: 3,
      id: refused.mutationId,
      status: 'rejected',
      refusal: { code: 'forbidden' },
    });
    store.close();
    scribble(place.file, at);

    const again = place.open();
    expect(again.recovered).toMatchObject({ mutations: 3 });
    expect(readdirSync(place.folder).some((name) => name.includes('.damaged-'))).toBe(true);
    expect(nextBatch(again.reader).map((m) => [m.id, m.seq])).toEqual([
      [sent.mutationId, 1],
      [waiting.mutationId, null],
    ]);
    expect(counts(again.reader)).toMatchObject({ waiting: 2, refused: 1 });
    expect(getMeta(again.reader, 'device_id')).toBe('desk-1');
    expect(
      markInFlight(
        again.writer,
        nextBatch(again.reader).map((m) => m.position),
      ),
    ).toEqual([1, 2]);
    expect(readRow(again.reader, 'facilities', waiting.id)?.['name']).toBe('Waiting');
    expect(readRow(again.reader, 'facilities', refused.id)).toBeNull();
  });

  it('is found out also when it is large and was closed in order, once something read of it was damaged', () => {
    const store = place.open();
    insert(store);
    store.writer.exec('create table filler (x); insert into filler values (zeroblob(20000000))');
    store.close();
    expect(statSync(place.file).size).toBeGreaterThan(16 * 1024 * 1024);
    scribble(place.file, 40 * 4096);
    const unaware = place.open();
    expect(unaware.recovered).toBeNull();
    suspect(place.file);
    unaware.close();
    const again = place.open();
    expect(again.recovered).toMatchObject({ mutations: 1 });
    again.close();
    expect(place.open().recovered).toBeNull();
  });

  it('that was moved aside by a console that was then killed loses no edit: the next start brings them over', () => {
    const store = place.open();
    setMeta(store.writer, 'device_id', 'desk-1');
    const sent = insert(store, 'Sent');
    markInFlight(store.writer, [nextBatch(store.reader)[0]!.position]);
    const waiting = insert(store, 'Waiting');
    store.close();
    renameSync(place.file, `${place.file}.damaged-2026-01-01T00-00-00`);
    writeFileSync(`${place.file}.lock`, JSON.stringify({ pid: 2 ** 22 - 1, host: hostname(), token: 'x' }));
    const again = place.open();
    expect(again.recovered).toMatchObject({ mutations: 2 });
    expect(nextBatch(again.reader).map((m) => [m.id, m.seq])).toEqual([
      [sent.mutationId, 1],
      [waiting.mutationId, null],
    ]);
    expect(getMeta(again.reader, 'device_id')).toBe('desk-1');
    again.close();
    expect(place.open().recovered).toBeNull();
  });

  it('is repaired although the last line of the rescue file was cut short', () => {
    const store = place.open();
    const { mutationId } = insert(store);
    store.close();
    appendFileSync(`${place.file}.rescue.jsonl`, '\n{"t":"edit","m":{"mutationId":"half');
    scribble(place.file, 0);
    expect(nextBatch(place.open().reader).map((m) => m.id)).toEqual([mutationId]);
  });
});

describe('damaged stores that were moved aside', () => {
  const aside = (daysAgo: number): string => {
    const stamp = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 19).replaceAll(':', '-');
    const name = `cache.db.damaged-${stamp}`;
    for (const suffix of ['', '-wal']) writeFileSync(join(place.folder, name + suffix), 'x');
    return name;
  };
  const left = (): string[] =>
    readdirSync(place.folder).filter((name) => name.includes('.damaged-') && !name.endsWith('l'));

  it('are kept for a month, three at most, so that they never fill the disk', () => {
    const young = [1, 2, 3, 4].map(aside);
    aside(40);
    place.open();
    expect(left().sort()).toEqual(young.slice(0, 3).sort());
    expect(
      readdirSync(place.folder).filter((name) => name.endsWith('-wal') && name.includes('.damaged-')),
    ).toHaveLength(3);
  });

  it('go at once when a program is revoked: its rows are in them', () => {
    aside(1);
    const store = place.open();
    expect(left()).toHaveLength(1);
    purgeScope(store.writer, `people:${programId}`);
    scrubIfDue(store.writer);
    expect(left()).toEqual([]);
  });

  it('and what a crash kept from being scrubbed is scrubbed at the next opening', () => {
    const store = place.open();
    insert(store, 'Typed and done');
    setMeta(store.writer, 'scrub_due', '1');
    store.writer.prepare('delete from outbox').run();
    store.close();
    place.open();
    expect(readFileSync(`${place.file}.rescue.jsonl`, 'utf8')).not.toContain('Typed and done');
  });
});

describe('a full disk', () => {
  it('refuses an edit in words, keeps everything before it, and takes edits again when there is room', () => {
    const store = place.open();
    const first = insert(store, 'Before');
    const pages = store.writer.pragma('page_count', { simple: true }) as number;
    store.writer.pragma(`max_page_count = ${pages + 1}`);
    const big = 'x'.repeat(2_000_000);
    expect(refusal(() => insert(store, big))).toMatchObject({ kind: 'storage', reason: 'disk-full' });
    expect(isDiskFull(store.writer)).toBe(true);
    expect(existsSync(`${place.file}.ballast`)).toBe(false);
    expect(nextBatch(store.reader).map((m) => m.id)).toEqual([first.mutationId]);
    store.writer.pragma('max_page_count = 1000000');
    const second = insert(store, big);
    store.close();
    scribble(place.file, 0);
    expect(nextBatch(place.open().reader).map((m) => m.id)).toEqual([first.mutationId, second.mutationId]);
  });
});

describe('a process killed in the middle of edits', () => {
  it('has lost nothing it said was saved', async () => {
    for (let round = 0; round < 4; round++) {
      const said = await editUntilKilled(place.file, 120 + round * 90);
      const store = place.open();
      const kept = new Set(store.reader.prepare('select id from facilities').pluck().all());
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((id) => !kept.has(id))).toEqual([]);
      const touched = store.reader.prepare('select count(*) from outbox_rows').pluck().get();
      const waiting = store.reader.prepare('select count(*) from outbox').pluck().get();
      expect(touched).toBe(waiting);
      expect(store.reader.pragma('quick_check', { simple: true })).toBe('ok');
      store.close();
    }
  }, 60_000);
});

/** Starts a process that edits as fast as it can and prints each id once it was saved; kills it. @returns the ids it printed */
async function editUntilKilled(file: string, afterMs: number): Promise<string[]> {
  const script = join(import.meta.dirname, '../testing/edit-forever.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, migrationsDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      out += String(chunk);
      resolve();
    });
  });
  await ended;
  return out.split('\n').filter((line) => line.length === 36);
}

it('a row of the server is the same after closing and opening', () => {
  const store = place.open();
  const id = newId();
  const row = {
    id,
    programId,
    name: 'Pool',
    rowVersion: 1,
    createdAt: 1,
    updatedAt: 1,
    createdBy: null,
    updatedBy: null,
  };
  putFromServer(store.writer, `catalogue:${programId}`, 'facilities', id, 'P', row);
  const before = readRow(store.reader, 'facilities', id);
  store.close();
  expect(readRow(place.open().reader, 'facilities', id)).toEqual(before);
});
