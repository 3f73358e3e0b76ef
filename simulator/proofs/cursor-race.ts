/**
 * No row is missed by the cursor, and nobody waits for a writer: 32 writers commit and abort at once, and one transaction stays open all the
 * while. Beside the desk reads one that goes by the highest transaction seen, as a sequence or a timestamp would: it shows that there is a race.
 */
import pg from 'pg';
import { freshCentral, type FreshCentral } from '../../src/central/testing/central';
import { openTestDesk } from '../../src/main/desk/testing/test-desk';
import { newId } from '../../src/shared/model';
import type { Chance } from '../chance';
import { hold } from '../violation';
import { pause, share, type Figures, type Proof } from './proof';

const WRITERS = 32;
const LONGEST_PAUSE_MS = 120;

interface Commit {
  id: string;
  version: number;
  at: number;
}

export const cursorRace: Proof = {
  what: `${WRITERS} writers, aborts and a transaction that stays open, and a desk that reads meanwhile`,
  unit: 'seconds',
  full: 60,
  async run({ size, chance }) {
    const central = await freshCentral();
    const clients: pg.Client[] = [];
    const connect = async (): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: central.ownerUrl });
      await client.connect();
      clients.push(client);
      return client;
    };
    const program = await central.addProgram();
    const { email, password } = await central.addUser({ role: 'program_admin', programs: [program] });
    const desk = await openTestDesk({ url: central.clientUrl, email, password, answerWithin: 60_000 });
    try {
      await desk.turn();
      const figures: Figures = { writers: WRITERS, seconds: size, commits: 0, aborts: 0 };
      const commits: Commit[] = [];
      const late = await connect();
      const lateId = newId();
      await late.query('begin');
      await late.query(insert, [lateId, program, `Late ${lateId}`]);

      const until = performance.now() + size * 1000;
      const isOver = (): boolean => performance.now() > until;
      const writers = Array.from({ length: WRITERS }, async () =>
        write(await connect(), program, chance, isOver, commits, figures),
      );
      let isEnded = false;
      const simple = followSimply(await connect(), () => isEnded);
      const turns: number[] = [];
      let seen = 0;
      const look = async (): Promise<void> => {
        const known = commits.length;
        const from = performance.now();
        await desk.turn();
        turns.push(performance.now() - from);
        for (; seen < known; seen++) expectSeen(commits[seen]!);
      };
      const expectSeen = ({ id, version }: Commit): void => {
        const here = desk.row('facilities', id)?.rowVersion ?? 0;
        hold('I1', here >= version, () => `facility ${id} stands at ${here}, and ${version} was committed before`);
      };
      while (!isOver()) await look();
      await Promise.all(writers);
      hold('I5', desk.row('facilities', lateId) === null, () => 'a row of an open transaction was seen');
      await late.query('commit');
      commits.push({ id: lateId, version: 1, at: performance.now() });
      await look();
      figures['turns'] = turns.length;
      figures['missed'] = await countMissing(central, program, (id) => desk.row('facilities', id)?.rowVersion);
      hold('I1', figures['missed'] === 0, () => `${figures['missed']} rows were missed`);
      figures['longest turn, ms'] = Math.round(Math.max(...turns));
      figures['turn p95, ms'] = share(turns, 0.95);
      // Who waits for the oldest writer waits for as long as it is open.
      hold('I9', Math.max(...turns) < (size * 1000) / 2 + 5_000, () => 'the desk waited for a writer');
      isEnded = true;
      const delivered = await simple;
      figures['missed by the highest transaction seen'] = await countMissing(central, program, (id) =>
        delivered.get(id),
      );
      return figures;
    } finally {
      await desk.close();
      for (const client of clients) await client.end();
      await central.drop();
    }
  },
};

const insert = `insert into app.facilities (id, program_id, name, facility_type) values ($1, $2, $3, 'pool')`;

async function write(
  client: pg.Client,
  program: string,
  chance: Chance,
  isOver: () => boolean,
  commits: Commit[],
  figures: Figures,
): Promise<void> {
  const mine: string[] = [];
  while (!isOver()) {
    await client.query('begin');
    const done: Commit[] = [];
    for (let i = 0; i < 1 + chance.below(3); i++) {
      const id = mine.length > 3 && chance.is(0.6) ? chance.pick(mine) : newId();
      if (!mine.includes(id)) await client.query(insert, [id, program, `F ${id}`]);
      const { rows } = await client.query<{ v: string }>(
        'update app.facilities set capacity = coalesce(capacity, 0) + 1 where id = $1 returning row_version as v',
        [id],
      );
      done.push({ id, version: Number(rows[0]!.v), at: 0 });
      await pause(chance.below(LONGEST_PAUSE_MS));
    }
    const isAborted = chance.is(0.25);
    await client.query(isAborted ? 'rollback' : 'commit');
    figures[isAborted ? 'aborts' : 'commits']!++;
    if (isAborted) continue;
    commits.push(...done);
    for (const { id } of done) if (!mine.includes(id)) mine.push(id);
  }
}

/** The versions that somebody gets who asks for what is newer than the newest they know. */
async function followSimply(client: pg.Client, isEnded: () => boolean): Promise<Map<string, number>> {
  const delivered = new Map<string, number>();
  let last = '0';
  for (;;) {
    const isLast = isEnded();
    const { rows } = await client.query<{ id: string; v: string; x: string }>(
      `select t.id, t.row_version as v, h.x::text as x from sync.head h join app.facilities t on t.id = h.row_id
        where h.x > $1::xid8 order by h.x`,
      [last],
    );
    for (const { id, v, x } of rows) {
      delivered.set(id, Number(v));
      last = x;
    }
    if (isLast) return delivered;
    await pause(20);
  }
}

async function countMissing(
  { sql }: FreshCentral,
  program: string,
  versionHere: (id: string) => number | undefined,
): Promise<number> {
  const { rows } = await sql.query<{ id: string; v: string }>(
    'select id, row_version as v from app.facilities where program_id = $1',
    [program],
  );
  return rows.filter(({ id, v }) => versionHere(id) !== Number(v)).length;
}
