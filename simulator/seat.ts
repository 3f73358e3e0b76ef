/** One person at one desk: a real store, a real session, and a wire that can fail. */
import pg from 'pg';
import type { FreshCentral } from '../src/central/testing/central';
import type { LocalOp } from '../src/main/desk/local/replay';
import { statement } from '../src/main/desk/local/statements';
import type { Remote } from '../src/main/desk/remote/connect';
import { RemoteError } from '../src/main/desk/remote/remote-error';
import { openTestDesk, type TestDesk } from '../src/main/desk/testing/test-desk';
import { startWireProxy, type Fault, type WireProxy } from '../src/main/desk/testing/wire-proxy';
import type { MutationResult } from '../src/shared/contract/wire';
import { isRefusalCode } from '../src/shared/rules/refusals';
import type { Chance } from './chance';
import type { SeatPlan } from './plan';
import { hold, Violation } from './violation';

/** What this seat's person did, and whether a restored backup may have forgotten it. */
export interface Made {
  id: string;
  ops: LocalOp[];
  isForgotten: boolean;
  /** It came back, and its person let go of it. */
  isLetGo: boolean;
}

export interface Seat {
  plan: SeatPlan;
  user: string;
  desk: TestDesk;
  proxy: WireProxy;
  made: Made[];
  backups: { file: string; made: number }[];
  /** Students this desk deleted: what may be brought back. */
  deleted: LocalOp[];
  close(): Promise<void>;
}

/** Milliseconds: a busy machine is no fault. */
const ANSWER_WITHIN = 20_000;

/** @param isDoubled whether the push under way reaches the server several times at once */
export async function takeSeat(
  central: FreshCentral,
  plan: SeatPlan,
  programs: readonly string[],
  isDoubled: () => boolean,
): Promise<Seat> {
  const user = await central.addUser({ role: plan.role, programs: plan.programs.map((at) => programs[at]!) });
  const proxy = await startWireProxy(central.clientUrl);
  const doubles = new pg.Pool({ connectionString: central.clientUrl, max: 2 });
  doubles.on('error', () => undefined);
  const through = (remote: Remote): Remote => ({
    ...remote,
    get generation() {
      return remote.generation;
    },
    get isConnected() {
      return remote.isConnected;
    },
    async call(name, values) {
      const twice =
        name === 'push' && isDoubled()
          ? [1, 2].map(() => doubles.query('select api.push($1, $2, $3, $4)', [...values]).catch(() => undefined))
          : [];
      try {
        const answer = await remote.call(name, values);
        if (name === 'pull') checkPage(answer);
        if (name === 'push') checkResults(answer);
        return answer;
      } finally {
        await Promise.all(twice);
      }
    },
  });
  const { email, password } = user;
  const desk = await openTestDesk({
    ...{ url: proxy.url, email, password, pageSize: plan.pageSize, through },
    answerWithin: ANSWER_WITHIN,
  });
  return {
    ...{ plan, user: user.id, desk, proxy, made: [], backups: [], deleted: [] },
    async close() {
      await desk.close();
      await proxy.close();
      await doubles.end();
    },
  };
}

interface PageAnswer {
  session?: { programs: string[]; scopes: string[] };
  changes?: [string, string, string, string, { programId?: string | null } | null][];
}

/** What crosses the wire to a desk stands in a scope the session holds. */
function checkPage(answer: unknown): void {
  const { session, changes = [] } = answer as PageAnswer;
  if (!session) return;
  const [scopes, programs] = [new Set(session.scopes), new Set(session.programs)];
  for (const [scope, entity, id, , row] of changes) {
    hold('I4', scopes.has(scope), () => `${entity} ${id} came in ${scope}, which the session does not hold`);
    const home = row?.programId;
    hold('I4', home == null || programs.has(home), () => `${entity} ${id} of the foreign program ${home} came`);
  }
}

function checkResults(answer: unknown): void {
  for (const { status, refusal } of (answer as { results?: MutationResult[] }).results ?? []) {
    if (status === 'rejected')
      hold('I10', isRefusalCode(refusal?.code ?? ''), () => `a refusal without words: ${JSON.stringify(refusal)}`);
  }
}

/** Notes the mutations that the last command or act left in the queue. */
export function noteMade(seat: Seat, work: () => void): void {
  const last = statement(seat.desk.db, 'select coalesce(max(position), 0) as n from outbox').get() as { n: number };
  try {
    work();
  } finally {
    const added = statement(
      seat.desk.db,
      'select mutation_id as id, ops from outbox where position > ? order by position',
    ).all(last.n) as { id: string; ops: string }[];
    for (const { id, ops } of added)
      seat.made.push({ id, ops: JSON.parse(ops) as LocalOp[], isForgotten: false, isLetGo: false });
  }
}

const cuts: Record<string, Fault> = {
  'lost-request': 'lose-request',
  'lost-answer': 'lose-answer',
  'cut-answer': 'cut-answer',
};

/** Faults of the wire for the turn to come, as its step draws them. */
export function plagueTurn(
  seat: Seat,
  chance: Chance,
  faults: readonly string[],
  meanwhile: (what: string) => Promise<void>,
): void {
  const some = Object.keys(cuts).filter((name) => faults.includes(name));
  const canCrash = faults.includes('crash-in-turn');
  seat.proxy.plan = () => (some.length > 0 && chance.is(0.07) ? cuts[chance.pick(some)]! : 'pass');
  seat.proxy.meanwhile = async (what) => {
    await meanwhile(what);
    if (!canCrash || !(what === 'pull' || what === 'push' || what.startsWith('load_')) || !chance.is(0.015)) return;
    seat.desk.crash();
    throw new Error('the process is gone');
  };
}

/** @returns whether the turn came to its end: pushed, pulled and flipped */
export async function turn(seat: Seat): Promise<boolean> {
  try {
    const { end, ...more } = await seat.desk.turn();
    const alarm = 'alarm' in more ? more.alarm : null;
    if (alarm !== null && alarm.class_ !== 'retry') throw alarm;
    return end === 'done' && alarm === null;
  } catch (error) {
    if (error instanceof Violation) throw error;
    // A turn that outlives its process finds the store closed.
    if (error instanceof TypeError && /database connection is not open/.test(error.message)) return false;
    if (!(error instanceof RemoteError)) throw error;
    const isExpected = error.class_ === 'connection' || error.class_ === 'retry';
    hold('I10', isExpected, () => `the server raised what nobody listed: ${error.code} ${error.message}`);
    return false;
  }
}
