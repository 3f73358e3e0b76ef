/**
 * Nothing of a foreign program crosses the wire, and nothing foreign applies, whatever is said. The target's rows are compared before and after,
 * and every answer is searched for ids of the target that the call did not name, and for words that only its rows hold.
 */
import pg from 'pg';
import { freshCentral, type FreshCentral } from '../../src/central/testing/central';
import { plantRows } from '../../src/central/testing/samples';
import { columnOf, newId } from '../../src/shared/model';
import { hold } from '../violation';
import { drawCall, programEntities, type ApiFunction, type Attacker, type Call, type Target } from './hostile-calls';
import type { Figures, Proof } from './proof';

const COMPARE_EVERY = 10_000;
const KEPT_BATCHES = 40;
const roles = ['program_admin', 'program_coordinator', 'tutor'] as const;
const MARK = 'only-the-target-says-this';

export const hostile: Proof = {
  what: 'hostile calls: forged context, batches again, devices of others, oversize, wrong types, SQL in strings, ids of another program',
  unit: 'calls',
  full: 100_000,
  async run({ size, chance, say }) {
    const central = await freshCentral();
    const clients: pg.Client[] = [];
    try {
      const target = await makeTarget(central);
      const functions = await listFunctions(central);
      const mine = await central.addProgram();
      const before = await stateOf(central, target);
      const figures: Figures = {
        calls: 0,
        functions: functions.length,
        'rows of the target': target.rows.length,
        reached: 0,
      };
      const victimIds = new Set(target.rows.map(({ id }) => id));
      const lane = async (attacker: Attacker, isDead: boolean): Promise<void> => {
        const client = new pg.Client({ connectionString: central.clientUrl });
        client.on('error', () => undefined);
        await client.connect();
        clients.push(client);
        let spoiled = 0;
        while (figures['calls']! < size) {
          const n = ++figures['calls']!;
          const call = drawCall(chance, attacker, target, functions);
          const answer = await said(client, call);
          // What it set for itself stands for a few calls, and then would only keep it from being heard.
          if (call.kind === 'plain SQL') spoiled = 4;
          else if (--spoiled === 0) await client.query('reset all; reset role');
          const outcome = judge(call, answer, attacker, victimIds, isDead);
          for (const name of [call.kind, outcome]) figures[name] = (figures[name] ?? 0) + 1;
          if (n % COMPARE_EVERY !== 0) continue;
          say(`${n} calls`);
          await compare(central, target, before);
        }
      };
      const living = [];
      for (const role of roles) living.push(await attackerOf(central, role, mine));
      const dead = [];
      for (const make of [suspended, expired, revoked]) {
        const attacker = await attackerOf(central, 'program_admin', mine);
        await make(central, attacker);
        dead.push(attacker);
      }
      await Promise.all([...living.map((one) => lane(one, false)), ...dead.map((one) => lane(one, true))]);
      await compare(central, target, before);
      return figures;
    } finally {
      for (const client of clients) await client.end();
      await central.drop();
    }
  },
};

async function makeTarget(central: FreshCentral): Promise<Target> {
  const program = await central.addProgram();
  const owner = await central.addUser({ role: 'program_admin', programs: [program], fullName: MARK });
  const device = newId();
  const theirs = await central.desk(await central.openSession(owner.id, device), device);
  await theirs.push({ seq: 1, id: newId(), ops: [] });
  const planted = await plantRows(central.sql, {
    programs: [program],
    people: [owner.id],
    perProgram: 2,
    pick: () => 0,
  });
  const rows: Target['rows'] = [];
  for (const entity of programEntities) {
    for (const row of planted.get(entity.name as never) ?? [])
      if (row['programId'] === program) rows.push({ entity: entity.name, id: String(row['id']), row });
    const text = Object.entries(entity.fields).find(
      ([, field]) => field.kind === 'text' && (field.options.max ?? 99) > 40 && !field.options.timeZone,
    );
    if (text)
      await central.sql
        .query(`update app.${entity.name} set ${columnOf(text[0])} = '${MARK} ' || id where program_id = $1`, [program])
        .catch(() => undefined);
  }
  return { program, people: [owner.id], devices: [device], rows };
}

async function listFunctions({ sql }: FreshCentral): Promise<ApiFunction[]> {
  // Asked rarely for the rest of the world's sake: passwords are slow on purpose, and signing out ends the attack.
  const { rows } = await sql.query<{ name: string; names: string[]; types: string; isTable: boolean }>(
    `select p.proname as name, p.proargnames[1:p.pronargs] as names, p.proretset as "isTable",
        array_to_string(array(select format_type(t, null) from unnest(p.proargtypes) t), '|') as types
       from pg_proc p where p.pronamespace = 'api'::regnamespace and p.pronargs > 0
         and p.proname not in ('sign_in', 'sign_out', 'change_password', 'push') order by 1`,
  );
  return rows.map((row) => ({ ...row, types: row.types.split('|') }));
}

async function attackerOf(central: FreshCentral, role: string, program: string): Promise<Attacker> {
  const { id: user } = await central.addUser({ role, programs: [program] });
  const device = newId();
  const token = await central.openSession(user, device);
  return { user, token, device, program, seq: 0, sent: [] };
}

const suspended = ({ sql }: FreshCentral, { user }: Attacker): Promise<unknown> =>
  sql.query(`update app.users set status = 'suspended' where id = $1`, [user]);
const expired = ({ sql }: FreshCentral, { user }: Attacker): Promise<unknown> =>
  sql.query(`update auth.session set expires_at = now() - interval '1 second' where user_id = $1`, [user]);
const revoked = ({ sql }: FreshCentral, { user }: Attacker): Promise<unknown> =>
  sql.query(`update auth.session set revoked_at = now() where user_id = $1`, [user]);

interface Answer {
  text: string;
  /** The SQLSTATE, or what broke. */
  code: string | null;
}

async function said(client: pg.Client, { text, values }: Call): Promise<Answer> {
  try {
    const { rows } = await client.query<{ r?: unknown }>(text, values as string[]);
    return { text: JSON.stringify(rows), code: null };
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message: string; detail?: string };
    return { text: JSON.stringify([message, detail]), code: code ?? 'broken' };
  }
}

interface PushAnswer {
  err?: string;
  lastSeq?: number;
  results?: { status: string }[];
}

/** @returns what came of it, in a word. @throws Violation where something was reached */
function judge(call: Call, answer: Answer, me: Attacker, victims: ReadonlySet<string>, isDead: boolean): string {
  const asked = JSON.stringify(call.values) + call.text;
  for (const [id] of answer.text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))
    hold(
      'I4',
      !victims.has(id) || asked.includes(id),
      () => `${call.kind}: a foreign row was told: ${call.text} ${asked.slice(0, 500)}`,
    );
  hold(
    'I4',
    !answer.text.includes(MARK),
    () => `${call.kind}: words of a foreign row were told: ${asked.slice(0, 500)}`,
  );
  // A server that ends a connection over what it was told has a hole of another kind.
  hold(
    'I10',
    answer.code !== 'broken' && !/^(57P|XX|58)/.test(answer.code ?? ''),
    () => `${call.kind}: ${answer.code} ${answer.text.slice(0, 300)}`,
  );
  if (call.expected !== undefined && !isDead && answer.code === null)
    hold(
      'I2',
      resultsOf(answer.text) === call.expected,
      () => `a batch again was answered ${answer.text}, first ${call.expected}`,
    );
  if (answer.code !== null) return 'raised';
  const [first] = JSON.parse(answer.text) as { r?: unknown }[];
  const result = (first?.r ?? {}) as PushAnswer;
  if (isDead && call.text.includes('api.'))
    hold(
      'I4',
      result.err !== undefined || isPublic(call.text),
      () => `a dead session was answered ${answer.text.slice(0, 200)}`,
    );
  if (result.err !== undefined) return 'refused whole';
  const status = result.results?.at(-1)?.status;
  if (status === undefined) return 'answered without anything foreign';
  if (call.push && result.lastSeq === call.push.seq) {
    me.seq = call.push.seq;
    me.sent = [...me.sent.slice(-KEPT_BATCHES), { values: call.values, answer: resultsOf(answer.text) }];
  }
  return `push ${status}`;
}

/** What was decided, without what only tells that it was decided before. */
function resultsOf(text: string): string {
  const [first] = JSON.parse(text) as { r?: { results?: Record<string, unknown>[] } }[];
  return JSON.stringify(first?.r?.results?.map(({ repeated: _repeated, ...result }) => result) ?? text);
}

/** What may be asked without a session. */
const isPublic = (text: string): boolean => /api\.(hello|calendar|rows_of|set_config)/.test(text);

async function stateOf({ sql }: FreshCentral, { program, people }: Target): Promise<Record<string, string>> {
  const parts = programEntities.map(
    ({ name }) =>
      `select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t.id)), '') as state from app.${name} t where t.program_id = $1`,
  );
  parts.push(
    `select 'sync.head', count(*) || ' ' || coalesce(max(h.x)::text, '') from sync.head h where h.owner = $1`,
    `select 'audit', count(*)::text from audit.entry e where e.program_id = $1 and e.action <> 'reveal'`,
    `select 'sessions', count(*)::text from auth.session s where s.user_id = any ($2) and s.revoked_at is null`,
    `select 'ranks', md5(string_agg(u.id || u.role, '|' order by u.id)) from app.users u where u.role = 'super_admin' or u.id = any ($2)`,
  );
  const { rows } = await sql.query<{ name: string; state: string }>(parts.join('\nunion all '), [program, people]);
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

async function compare(central: FreshCentral, target: Target, before: Record<string, string>): Promise<void> {
  const now = await stateOf(central, target);
  const touched = Object.keys(before).filter((name) => now[name] !== before[name]);
  hold('I4', touched.length === 0, () => `foreign ${touched.join(', ')} changed`);
}
