import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MutationResult, WireRow } from '../../../shared/contract/wire';
import { newId, type AnyRow } from '../../../shared/model';
import { tempStore, type TempStore } from '../testing/temp-store';
import type { Store } from './handles';
import { replay, type LocalOp } from './replay';
import { readRow } from './rows';
import { finish, letGo, putFromServer, settle, writeEdits } from './write';

let place: TempStore;
beforeEach(() => (place = tempStore()));
afterEach(() => place.remove());

const programId = newId();
const scope = `catalogue:${programId}` as const;
const ids = [newId(), newId(), newId()];

type State = 'pending' | 'acknowledged' | 'done' | 'conflict' | 'rejected' | 'discarded';
interface Model {
  server: Map<string, AnyRow>;
  mutations: { id: string; at: number; ops: LocalOp[]; state: State }[];
  version: number;
}

const active = (model: Model, id: string) =>
  model.mutations
    .filter(({ state }) => state === 'pending' || state === 'acknowledged')
    .flatMap(({ at, ops }) => ops.filter((op) => op.id === id).map((op) => ({ at, op })));

/** What the invariant says: the server's row with the active ops applied in order. */
const wanted = (model: Model, id: string): AnyRow | null =>
  replay(model.server.get(id) ?? null, active(model, id), null);

const serverRow = (id: string, name: string, capacity: number, version: number): AnyRow => ({
  ...{ id, programId, name, facilityType: 'pool', capacity, equipment: null, amenities: null, status: 'active' },
  ...{ rowVersion: version, createdAt: 1, updatedAt: version, createdBy: null, updatedBy: null },
});

type Step =
  | { do: 'edit'; rows: number[]; kind: 'insert' | 'update' | 'delete' | 'restore'; name: string; capacity: number }
  | { do: 'server'; row: number; gone: boolean; name: string; capacity: number }
  | { do: 'settle'; nth: number; status: MutationResult['status'] }
  | { do: 'finish' }
  | { do: 'let-go'; nth: number };

const name = fc.constantFrom('A', 'B', 'C');
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      rows: fc.subarray([0, 1, 2], { minLength: 1 }),
      kind: fc.constantFrom(
        'insert' as const,
        'update' as const,
        'update' as const,
        'delete' as const,
        'restore' as const,
      ),
      name,
      capacity: fc.nat(9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('server' as const),
      row: fc.nat(2),
      gone: fc.boolean(),
      name,
      capacity: fc.nat(9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      nth: fc.nat(5),
      status: fc.constantFrom('applied' as const, 'noop' as const, 'conflict' as const, 'rejected' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'finish' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('let-go' as const), nth: fc.nat(5) }) },
);

let at = 100;
function run(store: Store, model: Model, step: Step): void {
  switch (step.do) {
    case 'edit': {
      const mutation = {
        id: newId(),
        at: ++at,
        ops: step.rows.map((row) => opOf(store, step, ids[row]!)),
        state: 'pending' as const,
      };
      writeEdits(store.writer, {
        mutationId: mutation.id,
        at: mutation.at,
        label: 'x',
        via: 'typed',
        ops: mutation.ops,
        undo: { kind: 'step', inverse: [] },
      });
      model.mutations.push(mutation);
      return;
    }
    case 'server': {
      const id = ids[step.row]!;
      if (step.gone) model.server.delete(id);
      else model.server.set(id, serverRow(id, step.name, step.capacity, ++model.version));
      const row = model.server.get(id) ?? null;
      putFromServer(store.writer, scope, 'facilities', id, row ? 'P' : 'D', row as WireRow | null);
      return;
    }
    case 'settle': {
      const mutation = model.mutations.filter(({ state }) => state === 'pending')[step.nth];
      if (!mutation) return;
      settle(store.writer, mutation.id, { seq: 1, id: mutation.id, status: step.status });
      mutation.state = step.status === 'conflict' || step.status === 'rejected' ? step.status : 'acknowledged';
      return;
    }
    case 'finish': {
      const ended = model.mutations.filter(({ state }) => state === 'acknowledged');
      finish(
        store.writer,
        ended.map((mutation) => mutation.id),
      );
      for (const mutation of ended) mutation.state = 'done';
      return;
    }
    case 'let-go': {
      const mutation = model.mutations.filter(({ state }) => state === 'conflict' || state === 'rejected')[step.nth];
      if (!mutation) return;
      letGo(store.writer, mutation.id);
      mutation.state = 'discarded';
    }
  }
}

function opOf(store: Store, step: Extract<Step, { do: 'edit' }>, id: string): LocalOp {
  const op = { entity: 'facilities', id, version: 0 };
  const now = readRow(store.reader, 'facilities', id);
  if (step.kind === 'insert')
    return { ...op, op: 'insert', patch: { programId, name: step.name, capacity: step.capacity } };
  if (step.kind === 'update')
    return { ...op, op: 'update', patch: { name: step.name }, base: { name: now?.['name'] ?? null } };
  if (step.kind === 'delete') return { ...op, op: 'delete' };
  return { ...op, op: 'restore', row: serverRow(id, step.name, step.capacity, 0) };
}

it('a row is always the server’s row with the active mutations in order, and its base is kept exactly while it is dirty', () => {
  const store = place.open();
  fc.assert(
    fc.property(fc.array(steps, { minLength: 1, maxLength: 25 }), (history) => {
      for (const table of ['facilities', 'outbox', 'outbox_rows', 'base_rows', 'undo_log'])
        store.writer.exec(`delete from ${table}`);
      const model: Model = { server: new Map(), mutations: [], version: 0 };
      for (const step of history) {
        run(store, model, step);
        for (const id of ids) {
          expect(readRow(store.reader, 'facilities', id)).toEqual(wanted(model, id));
          const base = store.reader.prepare('select row from base_rows where row_id = ?').get(id) as
            { row: string | null } | undefined;
          expect(base !== undefined).toBe(active(model, id).length > 0);
          if (base) expect(base.row && JSON.parse(base.row)).toEqual(model.server.get(id) ?? null);
        }
      }
      const states = store.reader.prepare('select mutation_id as id, state from outbox order by position').all();
      expect(states).toEqual(model.mutations.map(({ id, state }) => ({ id, state })));
    }),
    { numRuns: 40, seed: 3 },
  );
}, 60_000);
