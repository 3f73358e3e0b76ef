import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../../central/testing/central';
import type { Edit } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { createDesk, type RunningDesk } from '../desk';
import { migrationsDir } from '../testing/temp-store';

let central: FreshCentral;
let desk: RunningDesk;
let program: string;
const dataDir = mkdtempSync(join(tmpdir(), 'provost-undo-'));
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  const user = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Admin' });
  desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '0', demo: null, deskName: 'Undo', vault, log },
  });
  await desk.request('session.sign-in', { server: central.clientUrl, email: user.email, password: user.password });
  await desk.request('sync.now', {});
});
afterAll(async () => {
  await desk.close();
  rmSync(dataDir, { recursive: true, force: true });
  await central.drop();
});

const facilities = async (): Promise<AnyRow[]> => {
  const page = await desk.request('rows.page', { view: { entity: 'facilities' }, from: 0, count: 1000 });
  const at = (row: unknown[], field: string) => row[page.fields.indexOf(field)];
  return page.rows.map((row) =>
    Object.fromEntries(['id', 'name', 'capacity', 'status'].map((field) => [field, at(row, field)])),
  ) as AnyRow[];
};
/** Everything a person could see, in an order of its own. */
const picture = async () => (await facilities()).sort((a, b) => (a.id < b.id ? -1 : 1));

const acts = fc.array(
  fc.record({ act: fc.constantFrom('add', 'rename', 'resize', 'delete', 'sync'), a: fc.nat(20), b: fc.nat(50) }),
  { minLength: 3, maxLength: 10 },
);

it('undoing everything gives the first state and redoing everything the last, here and on the server, with syncs in between', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.infiniteStream(fc.boolean()), async (history, syncs) => {
      const syncAtTimes = async () => {
        if (syncs.next().value) await desk.request('sync.now', {});
      };
      const first = await picture();
      let steps = 0;
      for (const { act, a, b } of history) {
        const rows = await facilities();
        const id = rows[a % Math.max(1, rows.length)]?.id;
        const name = `F ${newId()}`;
        const edits: Edit[] =
          act === 'add'
            ? [
                {
                  op: 'insert',
                  entity: 'facilities',
                  id: newId(),
                  values: { programId: program, name, facilityType: 'gym', status: 'active' },
                },
              ]
            : !id || act === 'sync'
              ? []
              : act === 'delete'
                ? [{ op: 'delete', entity: 'facilities', id }]
                : [
                    {
                      op: 'update',
                      entity: 'facilities',
                      id,
                      values: act === 'rename' ? { name } : { capacity: b + 1 },
                    },
                  ];
        if (edits.length > 0) {
          const before = JSON.stringify(await picture());
          await desk.request('rows.save', { edits, label: act });
          if (JSON.stringify(await picture()) !== before) steps++;
        }
        await syncAtTimes();
      }
      const last = await picture();
      const turn = async (name: 'history.undo' | 'history.redo') => {
        for (let step = 0; step < steps; step++) {
          expect((await desk.request(name, {})).skipped).toEqual([]);
          await syncAtTimes();
        }
      };
      await turn('history.undo');
      expect(await picture()).toEqual(first);
      await turn('history.redo');
      expect(await picture()).toEqual(last);
      await desk.request('sync.now', {});
      expect(await picture()).toEqual(last);
      expect(await desk.request('sync.needs-you', {})).toEqual([]);
      const { rows } = await central.sql.query<{ n: string }>(
        'select count(*) as n from app.facilities where deleted_at is null',
      );
      expect(Number(rows[0]!.n)).toBe(last.length);
    }),
    { numRuns: 6, seed: 3 },
  );
}, 180_000);
