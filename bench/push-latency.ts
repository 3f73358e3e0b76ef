/** `push-latency`: 1,000 edits over a line of 20 ms there and back, against sending and settling them one by one over the same line. */
import { newId } from '../src/shared/model';
import { stress, stressPlace } from '../src/central/seed/stress';
import { writeEdits } from '../src/main/desk/local/write';
import { pushAll } from '../src/main/desk/sync/push';
import { openTestDesk, type TestDesk } from '../src/main/desk/testing/test-desk';
import { startWireProxy } from '../src/main/desk/testing/wire-proxy';
import { withCentral } from './central';
import { alternate, ratio, type Bench } from './measure';

const ONE_WAY_MS = 10;

export const pushLatency: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 60 : 1_000);
    const sample = quick ? 3 : 20;
    log(`making ${n} rows`);
    await stress(central.sql, { entity: 'students', rows: n });
    const { email, password } = await central.addUser({ role: 'program_admin', programs: [stressPlace.programId] });
    const proxy = await startWireProxy(central.clientUrl);
    proxy.line = { delayMs: ONE_WAY_MS, bytesPerSecond: 100_000_000 };
    const desk = await openTestDesk({ url: proxy.url, email, password, answerWithin: 60_000 });
    try {
      await desk.turn();
      const ids = desk.rows('students').map(({ id }) => id);
      let round = 0;
      const ms = await alternate(quick ? 1 : 5, {
        ours: {
          before: () => edit(desk, ids, ++round),
          run: () => sendAll(desk),
          after: async () => void (await desk.turn()),
        },
        oneByOne: {
          async run() {
            for (const id of ids.slice(0, sample)) {
              edit(desk, [id], ++round);
              await sendAll(desk);
            }
          },
          after: async () => void (await desk.turn()),
        },
      });
      return [ratio('push-latency', ((ms.oneByOne / sample) * n) / ms.ours, 'higher', quick ? null : 200, n)];
    } finally {
      await desk.close();
      await proxy.close();
    }
  });

function edit(desk: TestDesk, ids: readonly string[], round: number): void {
  for (const [at, id] of ids.entries()) {
    const now = desk.row('students', id);
    if (!now) throw new Error(`Student ${id} is not on the desk.`);
    const op = { entity: 'students', op: 'update', id, version: now.rowVersion } as const;
    writeEdits(desk.db, {
      ...{ mutationId: newId(), at: Date.now(), label: 'Measured', via: 'typed', undo: null },
      ops: [{ ...op, base: { phone: now['phone'] }, patch: { phone: `+234 ${round} ${at}` } }],
    });
  }
}

async function sendAll({ db, remote, token, counts }: TestDesk): Promise<void> {
  const pushed = await pushAll({ db, remote, token, onChanged: () => undefined });
  const { refused, conflicts } = counts();
  if (pushed.end !== 'empty' || refused + conflicts > 0) throw new Error('The push left something.');
}
