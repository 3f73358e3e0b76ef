import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { isEntityName } from '../../../shared/entities';
import type { MutationResult, ScopeKey } from '../../../shared/contract/wire';
import { isUnlikePlain } from './convert';
import { enlist, putBase, recompute } from './base-rows';
import { openDatabase, type StoreKey } from './driver';
import type { Readable, Writable } from './handles';
import { getMeta, getNumber, setMeta } from './meta';
import type { LocalOp } from './replay';
import { nothingRescued, readRescue, writeRescue, type Rescued } from './rescue';
import { inTransaction, statement } from './statements';

/**
 * A store that broke is moved aside, not deleted at once; the rows are pulled again, and what a person did is brought back from the rescue
 * file and from whatever of the broken file can still be read. The last few are kept for a month, for whoever wants to look into them.
 */

const mostAside = 3;
export const asideDays = 30;

const stampText = (at: Date): string =>
  at
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(':', '-');

/** @returns where the damaged store went */
export function moveAside(file: string, now: Date): string {
  const aside = `${file}.damaged-${stampText(now)}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

/** Deletes what was moved aside too long ago, all but the last few, and what may not be kept. */
export function pruneAside(file: string, now: number, mayKeep: (aside: string) => boolean = () => true): void {
  const prefix = `${basename(file)}.damaged-`;
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const stampOf = (name: string): string => name.slice(prefix.length).replace(/(-wal|-shm|\.rescue\.jsonl)$/, '');
  const stamps = [...new Set(names.map(stampOf))].sort().reverse();
  const oldest = stampText(new Date(now - asideDays * 24 * 3_600_000));
  const may = (stamp: string): boolean => stamp >= oldest && mayKeep(join(folder, prefix + stamp));
  const kept = new Set(stamps.slice(0, mostAside).filter(may));
  for (const name of names) if (!kept.has(stampOf(name))) rmSync(join(folder, name), { force: true });
}

/** Everything unfinished that either source knows. Where both know a mutation, the one that knows its answer is believed. */
export function gather(damaged: string | null, rescueFile: string, key: StoreKey | null): Rescued {
  const fromFile = readRescue(rescueFile, key);
  const fromStore = damaged === null ? nothingRescued() : salvage(damaged, isUnlikePlain(damaged) ? key : null);
  // The rescue file is written anew from what could be read. What could not stays where somebody who finds the key can read it.
  if (damaged !== null && fromFile.unreadable > 0) copyFileSync(rescueFile, `${damaged}.rescue.jsonl`);
  const byId = new Map(fromStore.mutations.map((m) => [m.mutationId, m]));
  for (const m of fromFile.mutations) {
    const other = byId.get(m.mutationId);
    if (!other || rank[m.state]! >= rank[other.state]!) byId.set(m.mutationId, m);
  }
  return {
    deviceId: fromFile.deviceId ?? fromStore.deviceId,
    lastSeq: Math.max(fromFile.lastSeq, fromStore.lastSeq),
    mutations: [...byId.values()].sort((a, b) => a.at - b.at || ((a.seq ?? Infinity) < (b.seq ?? Infinity) ? -1 : 1)),
    unreadable: fromFile.unreadable,
  };
}

const rank: Record<string, number> = {
  pending: 0,
  'in-flight': 1,
  acknowledged: 2,
  conflict: 2,
  rejected: 2,
  done: 3,
  discarded: 3,
};

function salvage(damaged: string, key: StoreKey | null): Rescued {
  const rescued = nothingRescued();
  let db: Database.Database | null = null;
  try {
    db = openDatabase(damaged, key, { readonly: true });
    rescued.deviceId = getMeta(db as Readable, 'device_id');
    rescued.lastSeq = getNumber(db as Readable, 'last_seq');
    rescued.mutations = unfinished(db as Readable).mutations;
  } catch {
    // As far as it can be read: the rescue file knows the rest.
  } finally {
    db?.close();
  }
  return rescued;
}

/** What is unfinished in a store that can be read. */
export function unfinished(db: Readable): Rescued {
  const rows = statement(
    db,
    `select mutation_id as mutationId, seq, at, label, via, ops, state, result, scopes from outbox
     where state not in ('done', 'discarded') order by position`,
  ).all() as (Omit<Rescued['mutations'][number], 'ops' | 'result' | 'scopes'> & {
    ops: string;
    result: string | null;
    scopes: string;
  })[];
  return {
    deviceId: getMeta(db, 'device_id'),
    lastSeq: getNumber(db, 'last_seq'),
    mutations: rows.map((row) => ({
      ...row,
      ops: JSON.parse(row.ops) as LocalOp[],
      scopes: JSON.parse(row.scopes) as ScopeKey[],
      result: row.result === null ? null : (JSON.parse(row.result) as MutationResult),
    })),
    unreadable: 0,
  };
}

/** Puts rescued mutations into a new, empty store. New rows show at once; changed ones when the server's rows are here again. */
export function restore(db: Writable, rescued: Rescued): void {
  inTransaction(db, () => {
    if (rescued.deviceId) setMeta(db, 'device_id', rescued.deviceId);
    if (rescued.lastSeq > 0) setMeta(db, 'last_seq', String(rescued.lastSeq));
    for (const m of rescued.mutations) {
      const { lastInsertRowid } = statement(
        db,
        'insert into outbox (mutation_id, seq, at, label, via, ops, state, result, scopes) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(
        m.mutationId,
        m.seq,
        m.at,
        m.label,
        m.via,
        JSON.stringify(m.ops),
        m.state,
        m.result && JSON.stringify(m.result),
        JSON.stringify(m.scopes ?? []),
      );
      enlist(db, Number(lastInsertRowid), m.ops, null);
      for (const op of m.ops) {
        if (op.op !== 'insert' || !isEntityName(op.entity)) continue;
        putBase(db, op.entity, op.id, null);
        recompute(db, op.entity, op.id);
      }
    }
  });
}

/** Makes the rescue file say exactly what the store says. */
export const compactRescue = (db: Readable, rescueFile: string, key: StoreKey | null): void =>
  writeRescue(rescueFile, unfinished(db), key);
