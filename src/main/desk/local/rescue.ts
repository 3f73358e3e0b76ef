import {
  closeSync,
  existsSync,
  fsyncSync,
  fdatasync,
  fdatasyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { MutationResult, ScopeKey } from '../../../shared/contract/wire';
import type { StoreKey } from './driver';
import type { LocalOp } from './replay';
import { openText, sealText } from './seal';

/**
 * The rescue file beside a store: every mutation, and what became of it, one JSON line each.
 *
 * Invariant: whatever a person was told is saved can be read back from this file, should the store break.
 * An edit's line is written before its commit and brought to disk right after it, in the background: the commit alone already waits for the
 * disk, so a power cut in the milliseconds between costs something only where it breaks the store as well, and the wait is halved.
 *
 * Beside an encrypted store whatever quotes an edit is sealed under the store's key. Ids and numbers stay readable: with the key lost, the
 * desk still knows its name, which numbers it gave, and how many changes are lost with it.
 */

export interface RescuedMutation {
  mutationId: string;
  at: number;
  label: string;
  via: string;
  ops: LocalOp[];
  /** See the outbox. Lines of earlier versions have none. */
  scopes?: ScopeKey[];
}

export type RescueState = 'acknowledged' | 'done' | 'conflict' | 'rejected' | 'discarded';

type Line =
  | { t: 'device'; id: string }
  | { t: 'edit'; m: RescuedMutation }
  | { t: 'sent'; seqs: [mutationId: string, seq: number][] }
  | { t: 'settled'; id: string; state: RescueState; result?: MutationResult | null }
  | { t: 'unsent'; ids: string[] }
  | { t: 'void'; id: string };

type SealedLine =
  { t: 'edit'; id: string; sealed: string } | { t: 'settled'; id: string; state: RescueState; sealed: string };

/** `now`: on disk when the call returns. `soon`: on disk within milliseconds, without anybody waiting for it. */
type Durable = 'now' | 'soon';

export interface Rescue {
  append(line: Line, durable: Durable): void;
  /** Makes the file hold this and nothing else: what it said before is no longer in it. */
  rewrite(rescued: Rescued): void;
  close(): void;
}

const rescues = new WeakMap<Database.Database, Rescue>();
export const rescueOf = (db: Database.Database): Rescue | undefined => rescues.get(db);

/** Another connection to the same store writes into the same file. @returns says of every edit that came that way that it does not stand */
export function shareRescue(from: Database.Database, to: Database.Database): () => void {
  const rescue = rescues.get(from);
  const ids: string[] = [];
  if (!rescue) return () => undefined;
  rescues.set(to, {
    ...rescue,
    append(line, durable) {
      if (line.t === 'edit') ids.push(line.m.mutationId);
      rescue.append(line, durable);
    },
  });
  return () => ids.forEach((id) => rescue.append({ t: 'void', id }, 'soon'));
}

export function attachRescue(db: Database.Database, file: string, key: StoreKey | null): Rescue {
  let fd = openSync(file, 'a', 0o600);
  let sync = backgroundSync(fd);
  const rescue: Rescue = {
    append(line, durable) {
      // A line cut short by a full disk or a crash must not swallow the next one: each begins on a line of its own.
      const bytes = Buffer.from(`\n${written(line, key)}`);
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
      if (durable === 'now') fdatasyncSync(fd);
      else sync.soon();
    },
    rewrite(rescued) {
      writeRescue(file, rescued, key);
      sync.close();
      fd = openSync(file, 'a', 0o600);
      sync = backgroundSync(fd);
    },
    close() {
      rescues.delete(db);
      fdatasyncSync(fd);
      sync.close();
    },
  };
  rescues.set(db, rescue);
  return rescue;
}

/** Brings a file to disk beside other work: one call at a time, and another where lines came meanwhile. */
function backgroundSync(fd: number): { soon(): void; close(): void } {
  let isBusy = false;
  let isWanted = false;
  let isClosing = false;
  const next = (): void => {
    isBusy = false;
    if (isClosing) closeSync(fd);
    else if (isWanted) soon();
  };
  const soon = (): void => {
    isWanted = isBusy;
    if (isBusy) return;
    isBusy = true;
    fdatasync(fd, next);
  };
  const close = (): void => {
    isClosing = true;
    if (!isBusy) closeSync(fd);
  };
  return { soon, close };
}

export const noteDevice = (db: Database.Database, id: string): void => rescueOf(db)?.append({ t: 'device', id }, 'now');

/** What a rescue file tells: the device, and every mutation not yet finished, in order. */
export interface Rescued {
  deviceId: string | null;
  lastSeq: number;
  mutations: (RescuedMutation & {
    seq: number | null;
    state: RescueState | 'pending' | 'in-flight';
    result: MutationResult | null;
  })[];
  /** Changes not sent yet whose content is sealed under a key that is not here. */
  unreadable: number;
}

export const nothingRescued = (): Rescued => ({ deviceId: null, lastSeq: 0, mutations: [], unreadable: 0 });

export function readRescue(file: string, key: StoreKey | null): Rescued {
  const rescued = nothingRescued();
  if (!existsSync(file)) return rescued;
  const byId = new Map<string, Rescued['mutations'][number]>();
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = parsed(text, key);
    if (line) take(rescued, byId, line);
  }
  const unfinished = [...byId.values()].filter((m) => m.state !== 'done' && m.state !== 'discarded');
  rescued.mutations = unfinished.filter((m) => m.ops !== sealedOps);
  rescued.unreadable = unfinished.filter((m) => m.ops === sealedOps && isUnsent(m)).length;
  return rescued;
}

const isUnsent = ({ state }: Rescued['mutations'][number]): boolean => state === 'pending' || state === 'in-flight';

/** Changes not sent yet, as far as the rescue file of a store that cannot be opened tells. */
export function countUnsent(storeFile: string): number | null {
  try {
    const { mutations, unreadable } = readRescue(`${storeFile}.rescue.jsonl`, null);
    return mutations.filter(isUnsent).length + unreadable;
  } catch {
    return null;
  }
}

/** Does it quote edits, and are they sealed? Null where it quotes none. */
export function sealingOf(file: string): boolean | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  // A person's text cannot look like this: its quotes would be escaped.
  if (/"t":"edit","m"|"t":"settled"[^\n]*"result":\{/.test(text)) return false;
  return text.includes('"sealed":"') ? true : null;
}

export const isRescueSealed = (file: string): boolean => sealingOf(file) === true;

/** Stands for the content of an edit that cannot be read. */
const sealedOps: LocalOp[] = [];

function written(line: Line, key: StoreKey | null): string {
  if (!key) return JSON.stringify(line);
  const sealed = (value: unknown): string => sealText(key, JSON.stringify(value));
  if (line.t === 'edit') return JSON.stringify({ t: 'edit', id: line.m.mutationId, sealed: sealed(line.m) });
  if (line.t !== 'settled' || !line.result) return JSON.stringify(line);
  return JSON.stringify({ t: 'settled', id: line.id, state: line.state, sealed: sealed(line.result) });
}

function parsed(text: string, key: StoreKey | null): Line | null {
  if (text === '') return null;
  try {
    const line = JSON.parse(text) as Line | SealedLine;
    return 'sealed' in line ? unsealed(line, key) : line;
  } catch {
    return null; // cut short: it was never confirmed
  }
}

function unsealed({ sealed, ...line }: SealedLine, key: StoreKey | null): Line {
  const text = key && openText(key, sealed);
  if (line.t === 'settled') return { ...line, result: text === null ? null : (JSON.parse(text) as MutationResult) };
  if (text !== null) return { t: 'edit', m: JSON.parse(text) as RescuedMutation };
  return { t: 'edit', m: { mutationId: line.id, at: 0, label: '', via: '', ops: sealedOps } };
}

function take(rescued: Rescued, byId: Map<string, Rescued['mutations'][number]>, line: Line): void {
  switch (line.t) {
    case 'device':
      if (rescued.deviceId !== line.id) rescued.lastSeq = 0;
      rescued.deviceId = line.id;
      return;
    case 'edit':
      byId.set(line.m.mutationId, { ...line.m, seq: null, state: 'pending', result: null });
      return;
    case 'void':
      byId.delete(line.id);
      return;
    case 'sent':
      for (const [id, seq] of line.seqs) {
        rescued.lastSeq = Math.max(rescued.lastSeq, seq);
        const mutation = byId.get(id);
        if (mutation) Object.assign(mutation, { seq, state: 'in-flight' });
      }
      return;
    case 'unsent':
      for (const id of line.ids) {
        const mutation = byId.get(id);
        if (mutation) Object.assign(mutation, { seq: null, state: 'pending' });
      }
      return;
    case 'settled': {
      const mutation = byId.get(line.id);
      if (mutation) Object.assign(mutation, { state: line.state, result: line.result ?? mutation.result });
    }
  }
}

/** Writes a rescue file anew, holding only what is unfinished. The old one stays until the new one is safe on disk. */
export function writeRescue(file: string, rescued: Rescued, key: StoreKey | null): void {
  const lines: Line[] = [];
  if (rescued.deviceId) lines.push({ t: 'device', id: rescued.deviceId });
  // The highest number given must survive, even where its mutation is long done: numbers are never given twice.
  if (rescued.lastSeq > 0) lines.push({ t: 'sent', seqs: [['', rescued.lastSeq]] });
  for (const { seq, state, result, ...m } of rescued.mutations) {
    lines.push({ t: 'edit', m });
    if (seq !== null) lines.push({ t: 'sent', seqs: [[m.mutationId, seq]] });
    if (state !== 'pending' && state !== 'in-flight') lines.push({ t: 'settled', id: m.mutationId, state, result });
  }
  const fd = openSync(`${file}.new`, 'w', 0o600);
  try {
    const bytes = Buffer.from(lines.map((line) => `\n${written(line, key)}`).join(''));
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${file}.new`, file);
  syncFolder(dirname(file));
}

/** Makes a rename durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
