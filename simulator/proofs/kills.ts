/**
 * SIGKILL at random points of a desk's process, while it saves and syncs: no store is torn, nothing that was told to be saved is lost, and
 * nothing arrives twice. What a disk does when the current fails is another matter (docs/reliability.md).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { freshCentral, type FreshCentral } from '../../src/central/testing/central';
import { migrationsDir } from '../../src/main/desk/testing/temp-store';
import type { Chance } from '../chance';
import { hold } from '../violation';
import type { KillDesk } from './kill-desk';
import type { Figures, Proof } from './proof';

const DESKS = 4;
/** Milliseconds after the process began, after it stood, or after it first saved something: which of them, chance decides. */
const LONGEST_LIFE = 400;
const SETTLES_WITHIN = 120_000;
const root = resolve(import.meta.dirname, '../..');

export const kills: Proof = {
  what: 'SIGKILLs of desks that save and sync',
  unit: 'kills',
  full: 1_000,
  async run({ size, chance, say }) {
    const central = await freshCentral();
    const folder = mkdtempSync(join(tmpdir(), 'provost-kills-'));
    const program = join(root, 'node_modules/.cache/provost-kills', String(process.pid));
    try {
      // As one file: most of the time would go to finding modules.
      await build({
        ...{ root, configFile: false, logLevel: 'error' },
        build: {
          ssr: join(root, 'simulator/proofs/kill-desk.ts'),
          outDir: program,
          rollupOptions: { external: ['better-sqlite3'] },
        },
        ssr: { noExternal: true },
      });
      const figures: Figures = { kills: 0, 'before it stood': 0, saved: 0, turns: 0, torn: 0, lost: 0, twice: 0 };
      const desks: KillDesk[] = [];
      for (let at = 0; at < DESKS; at++) desks.push(await newDesk(central, join(folder, `${at}.db`)));
      const saves: Saved[] = [];
      const endure = async (deskOf: KillDesk): Promise<void> => {
        const saved = (saves[desks.indexOf(deskOf)] = new Saved());
        while (figures['kills']! < size) {
          figures['kills']!++;
          const life = await live(join(program, 'kill-desk.js'), deskOf, saved, chance);
          if (!life.stood) figures['before it stood']!++;
          figures['turns']! += life.turns;
          if (life.isMovedAside || !isWhole(deskOf.file)) figures['torn']!++;
          if (figures['kills']! % 50 === 0) say(`${figures['kills']} kills`);
        }
        await live(join(program, 'kill-desk.js'), { ...deskOf, isQuiet: true }, saved, null);
        figures['saved']! += saved.students.size + saved.phones.length;
      };
      await Promise.all(desks.map(endure));
      for (const [at, one] of desks.entries()) await count(central, one, saves[at]!, figures);
      hold('I11', figures['torn'] === 0, () => `${figures['torn']} stores were torn`);
      hold('I3', figures['lost'] === 0, () => `${figures['lost']} saved edits are lost`);
      hold('I2', figures['twice'] === 0, () => `${figures['twice']} edits arrived twice`);
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
      rmSync(program, { recursive: true, force: true });
      await central.drop();
    }
  },
};

async function newDesk(central: FreshCentral, file: string): Promise<KillDesk> {
  const program = await central.addProgram();
  const { id: user } = await central.addUser({ role: 'program_admin', programs: [program] });
  return {
    file,
    migrationsDir,
    url: central.clientUrl,
    token: await central.openSession(user),
    program,
    user,
    isQuiet: false,
  };
}

/** What the process said was saved. */
class Saved {
  readonly students = new Set<string>();
  readonly phones: { id: string; phone: string }[] = [];
  take(line: string): void {
    const [what, id, phone] = line.split(' ');
    if (what === 'saved' && id) this.students.add(id);
    if (what === 'phone' && id && phone) this.phones.push({ id, phone });
  }
}

interface Life {
  stood: boolean;
  turns: number;
  isMovedAside: boolean;
}

/** @param chance decides when it is killed; null: it lives until what is saved has arrived, and is killed then */
function live(script: string, desk: KillDesk, saved: Saved, chance: Chance | null): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(desk)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const life: Life = { stood: false, turns: 0, isMovedAside: false };
    const kill = (): void => void child.kill('SIGKILL');
    const when = !chance ? 'never' : chance.is(0.1) ? 'begun' : chance.is(0.2) ? 'stood' : 'saved';
    let timer: NodeJS.Timeout | undefined;
    const reach = (what: string): void => {
      if (what === when) timer ??= setTimeout(kill, chance!.below(LONGEST_LIFE));
    };
    reach('begun');
    const patience = setTimeout(() => reject(new Error('a desk does not come to rest')), SETTLES_WITHIN);
    let rest = '';
    let trouble = '';
    child.stderr.on('data', (text: Buffer) => (trouble += text.toString()));
    child.stdout.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        saved.take(line);
        if (line.startsWith('saved')) reach('saved');
        if (line === 'ready') {
          life.stood = true;
          reach('stood');
        }
        if (line === 'turn' || line === 'rest') life.turns++;
        if (line === 'moved-aside') life.isMovedAside = true;
        if (!chance && line === 'rest') kill();
      }
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      clearTimeout(patience);
      if (signal === 'SIGKILL') resolve(life);
      else reject(new Error(`the desk ended by itself with ${code}: ${trouble.slice(0, 2000)}`));
    });
  });
}

function isWhole(file: string): boolean {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } catch (error) {
    // Killed before there was a store.
    if ((error as { code?: string }).code === 'SQLITE_CANTOPEN') return true;
    throw error;
  } finally {
    db?.close();
  }
}

async function count(
  { sql }: FreshCentral,
  { program, file }: KillDesk,
  saved: Saved,
  figures: Figures,
): Promise<void> {
  const { rows } = await sql.query<{ id: string; inserted: number; phones: string[] }>(
    `select t.id, count(*) filter (where e.action = 'insert')::int as inserted,
        coalesce(array_agg(e.changes #>> '{phone,1}') filter (where e.action = 'update'), '{}') as phones
       from app.students t join audit.entry e on e.row_id = t.id where t.program_id = $1 group by t.id`,
    [program],
  );
  const there = new Map(rows.map((row) => [row.id, row]));
  const db = new Database(file, { readonly: true });
  const back = JSON.stringify(
    db.prepare("select ops from outbox where state in ('conflict', 'rejected')").pluck().all(),
  );
  db.close();
  for (const id of saved.students) if (!there.has(id) && !back.includes(id)) figures['lost']!++;
  for (const { id, phone } of saved.phones)
    if (!there.get(id)?.phones.includes(phone) && !back.includes(phone)) figures['lost']!++;
  for (const { inserted, phones } of rows)
    if (inserted !== 1 || new Set(phones).size !== phones.length) figures['twice']!++;
}
