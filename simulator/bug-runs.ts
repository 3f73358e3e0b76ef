/** Runs histories against one deliberate bug after the other, and says which promise each of them broke. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createServer, type Plugin } from 'vite';
import type { FreshCentral } from '../src/central/testing/central';
import type * as History from './history';
import { runMany, type Outcome } from './lanes';
import { seededBugs, type Bug } from './seeded-bugs';

export interface BugOptions {
  names: readonly string[];
  /** At most so many for each; the first that breaks a promise is enough. */
  histories: number;
  lanes: number;
  isJson: boolean;
  say(text: string): void;
}

/** Directed histories find sooner what they are directed at, so that short ones do. */
const short = { steps: 25, desks: 2 };
const root = resolve(import.meta.dirname, '..');

/** @returns 0 where every bug was caught */
export async function tryBugs({ names, histories, lanes, isJson, say }: BugOptions): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(seededBugs, name));
  if (unknown.length > 0) throw new Error(`There is no bug ${unknown.join(', ')}.`);
  const chosen = names.length > 0 ? names : Object.keys(seededBugs);
  const lines: string[] = [];
  let missed = 0;
  for (const name of chosen) {
    const bug = seededBugs[name]!;
    const { failures, histories: run } = await tryBug(bug, histories, lanes);
    const labels = [...new Set(failures.map(({ label }) => label))].sort();
    if (labels.length === 0) missed++;
    const by = labels.length === 0 ? 'MISSED' : labels.join(', ');
    if (isJson) lines.push(JSON.stringify({ name, by: labels, histories: run }));
    else lines.push(`| ${name} | ${bug.what} | ${by} | ${run} |`);
    say(`${name}: ${by} (${run} histories)${failures[0] ? ` ${failures[0].error.message.slice(0, 200)}` : ''}`);
  }
  if (!isJson) lines.unshift('| bug | what is wrong | caught by | histories |', '|---|---|---|---|');
  process.stdout.write(`${lines.join('\n')}\n`);
  say(`${chosen.length - missed} of ${chosen.length} caught`);
  return missed === 0 ? 0 : 1;
}

async function tryBug(bug: Bug, histories: number, lanes: number): Promise<Outcome> {
  const seeds = Array.from({ length: histories }, (_, at) => 1 + at);
  const common = { seeds, lanes, mostFailures: 1, ...short, ...bug.plan };
  if ('routine' in bug.where) return runMany({ ...common, prepare: (central) => spoilRoutine(central, bug) });
  return withSpoiledDesk(bug, (run) => runMany({ ...common, run }));
}

/** Makes a function anew with the bug in it. */
export async function spoilRoutine(central: FreshCentral, { where, from, to, sql }: Bug): Promise<void> {
  if (!('routine' in where)) return;
  const { rows } = await central.sql.query<{ text: string }>('select pg_get_functiondef($1::regproc) as text', [
    where.routine,
  ]);
  await central.sql.query(spoiled(rows[0]!.text, where.routine, from, to));
  if (sql !== undefined) await central.sql.query(sql);
}

export function spoiled(text: string, where: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${where}: the fragment is there ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/** The simulator once more, loaded with a desk that has the bug. */
async function withSpoiledDesk<T>(bug: Bug, work: (run: typeof History.runHistory) => Promise<T>): Promise<T> {
  if (!('file' in bug.where)) throw new Error('not a bug of the desk');
  const file = resolve(root, bug.where.file);
  const plugin: Plugin = {
    name: 'seeded-bug',
    enforce: 'pre',
    transform: (code, id) => (resolve(id.split('?')[0]!) === file ? spoiled(code, file, bug.from, bug.to) : null),
  };
  const server = await createServer({
    ...{ root, configFile: false, logLevel: 'error', appType: 'custom', plugins: [plugin] },
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const history = (await server.ssrLoadModule(
      pathToFileURL(resolve(root, 'simulator/history.ts')).pathname,
    )) as typeof History;
    return await work(history.runHistory);
  } finally {
    await server.close();
  }
}
