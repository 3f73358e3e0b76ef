/**
 * The process that `kills.ts` kills: a real desk that saves as fast as it can and syncs at the same time. Each edit that was saved is told in a
 * line, after the command returned, as a window would be told.
 */
import { writeSync } from 'node:fs';
import { saveRows } from '../../src/main/desk/commands/save-rows';
import { setMeta } from '../../src/main/desk/local/meta';
import { counts } from '../../src/main/desk/local/outbox';
import { openStore } from '../../src/main/desk/local/open';
import { Views } from '../../src/main/desk/queries/views';
import { createRemote } from '../../src/main/desk/remote/connect';
import { readSession } from '../../src/main/desk/remote/sign-in';
import { meet, runCycle, type CycleContext } from '../../src/main/desk/sync/cycle';
import { newId } from '../../src/shared/model';

export interface KillDesk {
  file: string;
  migrationsDir: string;
  url: string;
  token: string;
  program: string;
  user: string;
  /** Only says what waits, and tells when nothing does. */
  isQuiet: boolean;
}

const MOST_WAITING = 40;
const told = process.argv[2];
if (told === undefined) throw new Error('what to be is said in the first argument');
const { file, migrationsDir, url, token, program, user, isQuiet } = JSON.parse(told) as KillDesk;
const say = (line: string): void => void writeSync(1, `${line}\n`);

const store = openStore({ file, migrationsDir });
if (store.recovered) say('moved-aside');
setMeta(store.writer, 'user', user);
const remote = createRemote(url, { connectWithin: 10_000, answerWithin: 60_000, idleWithin: 60_000 });
const context: CycleContext = {
  ...{ store, remote, token, now: () => Date.now(), pageSize: 200 },
  ...{ onChanged: () => undefined, onRows: () => undefined, onProgress: () => undefined, onSession: () => undefined },
  ...{ isStopped: () => false, isHeld: () => false },
};

async function sync(): Promise<never> {
  for (let greeted = -1; ;) {
    await remote.open();
    if (remote.generation !== greeted) await meet(context);
    greeted = remote.generation;
    await runCycle(context);
    say(counts(store.reader).waiting > 0 ? 'turn' : 'rest');
  }
}

async function work(): Promise<never> {
  await remote.open();
  const session = await readSession(remote, token);
  if (!session) throw new Error('signed out');
  const desk = {
    ...{ read: store.reader, db: store.writer, session, views: new Views() },
    ...{ now: () => Date.now(), changed: () => undefined },
  };
  const held = store.reader.prepare('select count(*) from programs').pluck();
  const mine: string[] = [];
  for (let n = 1; ; n++) {
    await new Promise((done) => setImmediate(done));
    if ((held.get() as number) === 0 || counts(store.reader).waiting > MOST_WAITING) continue;
    const id = newId();
    const values = { programId: program, firstName: `S ${id.slice(-12)}`, lastName: 'Killed', status: 'active' };
    saveRows(desk, { edits: [{ op: 'insert', entity: 'students', id, values }], label: 'Add', via: 'typed' });
    say(`saved ${id}`);
    mine.push(id);
    if (n % 3 !== 0) continue;
    const phone = `${n}-${id.slice(-6)}`;
    const old = mine[Math.floor(mine.length / 2)]!;
    saveRows(desk, {
      edits: [{ op: 'update', entity: 'students', id: old, values: { phone } }],
      label: 'Phone',
      via: 'typed',
    });
    say(`phone ${old} ${phone}`);
  }
}

say('ready');
await (isQuiet ? sync() : Promise.race([sync(), work()]));
