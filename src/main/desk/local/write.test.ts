import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationResult, WireRow } from '../../../shared/contract/wire';
import { newId } from '../../../shared/model';
import { tempStore, type TempStore } from '../testing/temp-store';
import type { Store } from './handles';
import { acknowledgedIds, counts, entryById, markInFlight, nextBatch } from './outbox';
import { purgeScope, scrubIfDue } from './purge';
import type { LocalOp } from './replay';
import { readRow } from './rows';
import { finish, letGo, putFromServer, serverLoader, settle, writeEdits } from './write';
import { putCursor } from './cursors';
import { nextUndo } from './undo-log';
import { readFileSync } from 'node:fs';

const programId = newId();
const scope = `catalogue:${programId}` as const;
const facilityId = newId();

const facility = (over: Partial<WireRow> = {}): WireRow => ({
  id: facilityId,
  programId,
  name: 'Pool',
  facilityType: 'pool',
  capacity: 30,
  equipment: ['fins'],
  amenities: null,
  status: 'active',
  rowVersion: 1,
  createdAt: 1,
  updatedAt: 1,
  createdBy: null,
  updatedBy: null,
  ...over,
});

const change = (patch: Record<string, unknown>, base: Record<string, unknown>): LocalOp => ({
  entity: 'facilities',
  op: 'update',
  id: facilityId,
  version: 1,
  base,
  patch,
});

let place: TempStore;
let store: Store;
beforeEach(() => {
  place = tempStore();
  store = place.open();
});
afterEach(() => place.remove());

const edit = (ops: LocalOp[]): string => {
  const mutationId = newId();
  writeEdits(store.writer, {
    mutationId,
    at: 10,
    label: 'Edit',
    via: 'typed',
    ops,
    undo: { kind: 'step', inverse: [] },
  });
  return mutationId;
};
const row = () => readRow(store.reader, 'facilities', facilityId);
const fromServer = (over: Partial<WireRow> = {}) =>
  putFromServer(store.writer, scope, 'facilities', facilityId, 'P', facility(over));
const baseCount = () => (store.reader.prepare('select count(*) as n from base_rows').get() as { n: number }).n;
const answer = (id: string, status: MutationResult['status']): MutationResult => ({ seq: 1, id, status });

describe('an edit', () => {
  it('shows at once, waits in the outbox, and keeps what the server has beside it', () => {
    fromServer();
    const id = edit([change({ name: 'Big pool' }, { name: 'Pool' })]);
    expect(row()).toMatchObject({ name: 'Big pool', capacity: 30, equipment: ['fins'], rowVersion: 1 });
    expect(nextBatch(store.reader)).toMatchObject([{ id, seq: null, ops: [{ patch: { name: 'Big pool' } }] }]);
    expect(baseCount()).toBe(1);
    expect(nextUndo(store.reader)?.mutationId).toBe(id);
  });

  it('is carried over what others changed meanwhile', () => {
    fromServer();
    edit([change({ name: 'Big pool' }, { name: 'Pool' })]);
    fromServer({ capacity: 50, rowVersion: 2 });
    expect(row()).toMatchObject({ name: 'Big pool', capacity: 50, rowVersion: 2 });
  });

  it('gives way to the server once it conflicts, and to nothing else', () => {
    fromServer();
    const first = edit([change({ name: 'Mine' }, { name: 'Pool' })]);
    edit([change({ capacity: 12 }, { capacity: 30 })]);
    fromServer({ name: 'Theirs', rowVersion: 2 });
    settle(store.writer, first, answer(first, 'conflict'));
    expect(row()).toMatchObject({ name: 'Theirs', capacity: 12 });
    expect(counts(store.reader)).toMatchObject({ waiting: 1, conflicts: 1 });
    letGo(store.writer, first);
    expect(counts(store.reader)).toMatchObject({ waiting: 1, conflicts: 0 });
  });

  it('is done only after a pull, and then the row is exactly the server’s', () => {
    fromServer();
    const id = edit([change({ name: 'Big pool' }, { name: 'Pool' })]);
    markInFlight(store.writer, [nextBatch(store.reader)[0]!.position]);
    settle(store.writer, id, answer(id, 'applied'));
    expect(row()?.['name']).toBe('Big pool');
    expect(acknowledgedIds(store.reader)).toEqual([id]);
    fromServer({ name: 'Big pool', rowVersion: 2, updatedAt: 99 });
    finish(store.writer, [id]);
    expect(row()).toEqual(facility({ name: 'Big pool', rowVersion: 2, updatedAt: 99 }));
    expect(baseCount()).toBe(0);
  });

  it('of a new row disappears when it is refused', () => {
    const id = newId();
    const mutation = edit([{ entity: 'facilities', op: 'insert', id, version: 0, patch: { programId, name: 'New' } }]);
    expect(readRow(store.reader, 'facilities', id)).toMatchObject({ name: 'New', capacity: null, rowVersion: 0 });
    settle(store.writer, mutation, answer(mutation, 'rejected'));
    expect(readRow(store.reader, 'facilities', id)).toBeNull();
    expect(nextUndo(store.reader)).toBeNull();
  });

  it('keeps its number when it is sent again', () => {
    fromServer();
    edit([change({ name: 'A' }, { name: 'Pool' })]);
    edit([change({ name: 'B' }, { name: 'A' })]);
    const positions = nextBatch(store.reader).map((m) => m.position);
    expect(markInFlight(store.writer, positions)).toEqual([1, 2]);
    expect(nextBatch(store.reader).map((m) => m.seq)).toEqual([1, 2]);
    expect(markInFlight(store.writer, positions)).toEqual([1, 2]);
  });
});

describe('rows of a first load', () => {
  it('are put as they stream', () => {
    const put = serverLoader(store.writer, scope, 'facilities');
    store.writer.transaction(() => {
      put([facilityId, programId, 'Pool', 'pool', '30', '["fins"]', null, 'active', '1', '1', '1', null, null]);
    })();
    expect(row()).toEqual(facility());
  });

  it('are rebased where a mutation of a rescue file waits for them', () => {
    edit([change({ name: 'Mine' }, { name: 'Pool' })]);
    expect(row()).toBeNull();
    const put = serverLoader(store.writer, scope, 'facilities');
    put([facilityId, programId, 'Pool', 'pool', '30', '["fins"]', null, 'active', '1', '1', '1', null, null]);
    expect(row()).toMatchObject({ name: 'Mine', capacity: 30, equipment: ['fins'] });
  });
});

describe('a scope that is lost', () => {
  it('takes its rows along, to the last byte, and leaves what waits', () => {
    putCursor(store.writer, { scope, snapshot: '1:1:', state: 'live', progress: null });
    fromServer({ name: 'Remarkable-Secret-Name' });
    const id = edit([change({ capacity: 1 }, { capacity: 30 })]);
    expect([...purgeScope(store.writer, scope).keys()]).toEqual(['facilities']);
    scrubIfDue(store.writer);
    expect(row()).toBeNull();
    expect(nextBatch(store.reader).map((m) => m.id)).toEqual([id]);
    expect(readFileSync(store.file).includes('Remarkable-Secret-Name')).toBe(false);
    expect(readFileSync(`${store.file}-wal`).includes('Remarkable-Secret-Name')).toBe(false);
  });

  describe('of whose rows some were gone before', () => {
    const gone = (): string => {
      putCursor(store.writer, { scope, snapshot: '1:1:', state: 'live', progress: null });
      fromServer({ name: 'Remarkable-Secret-Name' });
      return edit([change({ name: 'Remarkable-Secret-Act' }, { name: 'Remarkable-Secret-Name' })]);
    };
    const lose = (): void => {
      purgeScope(store.writer, scope);
      scrubIfDue(store.writer);
    };
    const bytes = (): string =>
      ['', '-wal', '.rescue.jsonl'].map((end) => readFileSync(store.file + end, 'latin1')).join();

    it('takes along what its person had done to them', () => {
      const id = gone();
      settle(store.writer, id, { seq: 1, id, status: 'applied' });
      putFromServer(store.writer, scope, 'facilities', facilityId, 'D', null);
      finish(store.writer, [id]);
      expect(entryById(store.reader, id)?.state).toBe('done');
      lose();
      expect(entryById(store.reader, id)).toBeNull();
      expect(bytes()).not.toContain('Remarkable-Secret');
    });

    it('and what is judged only after the loss, as soon as it is', () => {
      const id = gone();
      putFromServer(store.writer, scope, 'facilities', facilityId, 'D', null);
      lose();
      expect(nextBatch(store.reader).map((m) => m.id)).toEqual([id]);
      settle(store.writer, id, { seq: 1, id, status: 'rejected', refusal: { code: 'forbidden' } });
      expect(entryById(store.reader, id)?.state).toBe('rejected');
      letGo(store.writer, id);
      scrubIfDue(store.writer);
      expect(bytes()).not.toContain('Remarkable-Secret');
    });
  });

  it('leaves an account that stands in another scope', () => {
    const id = newId();
    const other = `people:${newId()}` as const;
    const user = { id, fullName: 'Ada', rowVersion: 1, createdAt: 1, updatedAt: 1, createdBy: null, updatedBy: null };
    const people = `people:${programId}` as const;
    putFromServer(store.writer, people, 'users', id, 'P', user);
    putFromServer(store.writer, other, 'users', id, 'P', user);
    purgeScope(store.writer, people);
    expect(readRow(store.reader, 'users', id)?.['fullName']).toBe('Ada');
    purgeScope(store.writer, other);
    expect(readRow(store.reader, 'users', id)).toBeNull();
  });

  it('does not take a row that moved to a program this desk holds', () => {
    const other = newId();
    const target = `catalogue:${other}` as const;
    putCursor(store.writer, { scope: target, snapshot: '1:1:', state: 'live', progress: null });
    fromServer();
    putFromServer(store.writer, target, 'facilities', facilityId, 'P', facility({ programId: other, rowVersion: 2 }));
    putFromServer(store.writer, scope, 'facilities', facilityId, 'L', null);
    expect(row()).toMatchObject({ programId: other });
    putFromServer(store.writer, target, 'facilities', facilityId, 'D', null);
    expect(row()).toBeNull();
  });
});
