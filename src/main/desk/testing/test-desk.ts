/** A real desk for tests: a store of its own, a real connection, a real session; the loop is turned by hand. */
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import type { MutationResult, SessionFacts } from '../../../shared/contract/wire';
import { entityNames, entityOf, type EntityName } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import type { Store, Writable } from '../local/handles';
import { setMeta } from '../local/meta';
import { counts, type Counts } from '../local/outbox';
import type { LocalOp } from '../local/replay';
import { readRow, readRows } from '../local/rows';
import { statement } from '../local/statements';
import { writeEdits } from '../local/write';
import { createRemote, type Remote } from '../remote/connect';
import { signIn } from '../remote/sign-in';
import { meet, runCycle, type CycleContext, type CycleEnd } from '../sync/cycle';
import { deviceOf } from '../sync/push';
import { verifyIfDue } from '../sync/verify';
import { tempStore } from './temp-store';

export interface TestDeskOptions {
  url: string;
  email: string;
  password: string;
  pageSize?: number;
  answerWithin?: number;
  /** Puts something between the sync and the way to the server. */
  through?(remote: Remote): Remote;
}

export interface TestDesk {
  readonly db: Writable;
  readonly file: string;
  readonly token: string;
  readonly session: SessionFacts;
  readonly remote: Remote;
  readonly context: CycleContext;
  /** One turn: greet where the connection is new, push, pull. */
  turn(): Promise<CycleEnd>;
  row(entity: EntityName, id: string): AnyRow | null;
  rows(entity: EntityName): AnyRow[];
  insert(entity: EntityName, values: Record<string, unknown>): string;
  update(entity: EntityName, id: string, patch: Record<string, unknown>): string;
  remove(entity: EntityName, id: string): string;
  /** Several ops as one action of a person. @returns the mutation's id */
  act(ops: LocalOp[]): string;
  counts(): Counts;
  /** `forgotten` where the journal no longer holds it: it was done, and its rows left this desk. */
  result(mutationId: string): { state: string; result: MutationResult | null };
  /** Every row this desk holds, as `entity:id` -> row, for comparing. */
  everything(): Record<string, AnyRow>;
  /** Is the text anywhere in the store's files, free pages included? */
  holdsBytes(text: string): boolean;
  /** The process ends in the middle of whatever it does; another one opens the files as they lie there. */
  crash(): void;
  /** The disk spoils the store while nobody has it open. */
  damage(): void;
  backup(): string;
  /** The store becomes what it was at the backup. */
  restore(backup: string): void;
  stop(): void;
  close(): Promise<void>;
}

export async function openTestDesk(options: TestDeskOptions): Promise<TestDesk> {
  const temp = tempStore(true);
  let store: Store = temp.open();
  let isStopped = false;
  const direct = createRemote(options.url, {
    connectWithin: 5_000,
    answerWithin: options.answerWithin ?? 10_000,
    idleWithin: options.answerWithin ?? 10_000,
  });
  const remote = options.through?.(direct) ?? direct;
  const { email, password } = options;
  const { token, session } = await signIn(remote, {
    email,
    password,
    deviceId: deviceOf(store.writer),
    deviceName: 'Test desk',
    client: 'test',
  });
  setMeta(store.writer, 'user', session.userId);
  let greeted = -1;
  let backups = 0;

  const act = (ops: LocalOp[]): string => {
    const mutationId = newId();
    writeEdits(store.writer, { mutationId, at: Date.now(), label: 'A test edit', via: 'typed', ops, undo: null });
    return mutationId;
  };
  const opFor = (entity: EntityName, id: string, patch: Record<string, unknown>): LocalOp => {
    const now = readRow(store.writer, entity, id);
    if (!now) throw new Error(`${entity} ${id} is not on this desk`);
    const base = Object.fromEntries(Object.keys(patch).map((field) => [field, now[field]]));
    return { entity, op: 'update', id, version: now.rowVersion, base, patch };
  };
  const context: CycleContext = {
    get store() {
      return store;
    },
    remote,
    token,
    now: () => Date.now(),
    ...(options.pageSize === undefined ? {} : { pageSize: options.pageSize }),
    onChanged: () => undefined,
    onRows: () => undefined,
    onProgress: () => undefined,
    onSession: () => undefined,
    isStopped: () => isStopped,
    isHeld: () => false,
  };

  return {
    get db() {
      return store.writer;
    },
    file: temp.file,
    token,
    session,
    remote,
    context,
    async turn() {
      await remote.open();
      if (remote.generation !== greeted) {
        await meet(context);
        greeted = remote.generation;
      }
      const ended = await runCycle(context);
      if (ended.end === 'done' && !ended.alarm) await verifyIfDue(context);
      return ended;
    },
    row: (entity, id) => readRow(store.writer, entity, id),
    rows: (entity) => readRows(store.writer, entity, 'order by t.id'),
    insert(entity, values) {
      const id = newId();
      const { fields } = entityOf(entity);
      const defaults = Object.fromEntries(
        Object.entries(fields).flatMap(
          ([
            name,
            {
              options: { default: initial },
            },
          ]) => (initial === undefined ? [] : [[name, initial]]),
        ),
      );
      act([{ entity, op: 'insert', id, version: 0, patch: { ...defaults, ...values } }]);
      return id;
    },
    update: (entity, id, patch) => act([opFor(entity, id, patch)]),
    remove(entity, id) {
      return act([{ ...opFor(entity, id, {}), op: 'delete' }]);
    },
    act,
    counts: () => counts(store.writer),
    result(mutationId) {
      const row = statement(store.writer, 'select state, result from outbox where mutation_id = ?').get(mutationId) as
        { state: string; result: string | null } | undefined;
      const result = row?.result ? (JSON.parse(row.result) as MutationResult) : null;
      return { state: row?.state ?? 'forgotten', result };
    },
    everything: () =>
      Object.fromEntries(
        entityNames.flatMap((entity) =>
          readRows(store.writer, entity, '').map((row) => [`${entity}:${row.id}`, row] as const),
        ),
      ),
    holdsBytes(text) {
      const wanted = Buffer.from(text);
      return ['', '-wal', '.rescue.jsonl'].some((suffix) => {
        try {
          return readFileSync(temp.file + suffix).includes(wanted);
        } catch {
          return false;
        }
      });
    },
    crash() {
      greeted = -1;
      const files = ['', '-wal', '.rescue.jsonl'].map((suffix) => temp.file + suffix).filter(existsSync);
      for (const file of files) copyFileSync(file, `${file}.crashed`);
      // Closing tidies up, which a process that ends does not.
      store.close();
      for (const file of files) {
        copyFileSync(`${file}.crashed`, file);
        rmSync(`${file}.crashed`);
      }
      store = temp.open();
    },
    damage() {
      greeted = -1;
      store.close();
      const size = statSync(temp.file).size;
      const file = openSync(temp.file, 'r+');
      writeSync(file, Buffer.alloc(8_192, 0xa5), 0, 8_192, Math.floor(size / 3));
      writeSync(file, Buffer.alloc(8_192, 0xa5), 0, 8_192, Math.floor((size * 2) / 3));
      closeSync(file);
      store = temp.open();
      setMeta(store.writer, 'user', session.userId);
    },
    backup() {
      const copy = `${temp.file}.backup-${++backups}`;
      store.writer.pragma('wal_checkpoint(TRUNCATE)');
      copyFileSync(temp.file, copy);
      copyFileSync(`${temp.file}.rescue.jsonl`, `${copy}.rescue.jsonl`);
      return copy;
    },
    restore(copy) {
      greeted = -1;
      store.close();
      copyFileSync(copy, temp.file);
      copyFileSync(`${copy}.rescue.jsonl`, `${temp.file}.rescue.jsonl`);
      store = temp.open();
    },
    stop() {
      isStopped = true;
    },
    async close() {
      await remote.close();
      temp.remove();
    },
  };
}
