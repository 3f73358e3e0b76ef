import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Edit } from '../../../shared/contract/requests';
import { Refusal } from '../../../shared/contract/outcome';
import type { MutationResult } from '../../../shared/contract/wire';
import { newId } from '../../../shared/model';
import type { LocalOp } from '../local/replay';
import { readRows } from '../local/rows';
import { addStep, keptBytes, listSteps } from '../local/undo-log';
import { settle } from '../local/write';
import { finish } from '../steps';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { addNode, moveNodes } from './curriculum-nodes';
import { saveRows } from './save-rows';
import { goInHistory, previewHistory, redo, undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterAll(() => place.remove());

/** Everything a person could see, without when and by whom. */
const picture = (): unknown =>
  (['courses', 'curricula', 'modules', 'lessons', 'facilities'] as const).map((name) =>
    readRows(desk.store.reader, name, 'order by t.id').map(
      ({ updatedAt: _a, updatedBy: _b, createdAt: _c, createdBy: _d, ...row }) => row,
    ),
  );

const ids = (name: 'modules' | 'lessons'): string[] =>
  readRows(desk.store.reader, name, 'order by t.id').map((row) => row.id);

type Act = { act: 'add' | 'move' | 'rename' | 'delete' | 'paste'; a: number; b: number; c: number };
const acts: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom('add', 'move', 'move', 'rename', 'delete', 'paste'),
  a: fc.nat(20),
  b: fc.nat(20),
  c: fc.nat(5),
});

const at = (list: readonly string[], n: number): string | undefined => list[n % Math.max(1, list.length)];

/** @returns whether it became a step */
function carryOut({ act, a, b, c }: Act): boolean {
  const lesson = at(ids('lessons'), a);
  const module = at(ids('modules'), b);
  const save = (...edits: Edit[]): void => void saveRows(desk.context, { edits, label: act, via: 'typed' });
  const before = count();
  if (act === 'add' && module)
    addNode(desk.context, { entity: 'lessons', parentId: module, position: c + 1, values: { name: `L${a}` } });
  if (act === 'move' && lesson && module) {
    const more = at(ids('lessons'), a + 1)!;
    moveNodes(desk.context, {
      entity: 'lessons',
      ids: [...new Set([lesson, more])],
      parentId: module,
      position: c + 1,
    });
  }
  if (act === 'rename' && lesson)
    save({ op: 'update', entity: 'lessons', id: lesson, values: { name: `N${a}${b}`, durationMinutes: c } });
  if (act === 'delete' && module && c < 3)
    save({ op: 'delete', entity: c === 0 ? 'modules' : 'lessons', id: c === 0 ? module : (lesson ?? module) });
  if (act === 'paste') {
    const values = (n: number) => ({ programId: desk.ids.program, name: `P${newId()}${n}`, facilityType: 'gym' });
    save(...[0, 1].map((n): Edit => ({ op: 'insert', entity: 'facilities', id: newId(), values: values(n) })));
  }
  return count() > before;
}

const count = (): number =>
  desk.store.reader.prepare("select count(*) from undo_log where state = 'done'").pluck().get() as number;

it('undoing every step gives the picture there was, and redoing every step the one there is', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 1, maxLength: 12 }), (history) => {
      const pictures = [picture()];
      for (const act of history) {
        try {
          if (carryOut(act)) pictures.push(picture());
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
      for (let step = pictures.length - 2; step >= 0; step--) {
        expect(undo(desk.context, {}).skipped).toEqual([]);
        expect(picture()).toEqual(pictures[step]);
      }
      for (let step = 1; step < pictures.length; step++) {
        expect(redo(desk.context).skipped).toEqual([]);
        expect(picture()).toEqual(pictures[step]);
      }
      for (let step = pictures.length - 2; step >= 0; step--) undo(desk.context, {});
      expect(picture()).toEqual(pictures[0]);
    }),
    { numRuns: 20, seed: 5 },
  );
}, 60_000);

it('tells before going back what it would leave alone, goes back several steps at once, and forward again', () => {
  const { facility } = desk.ids;
  const rename = (name: string) =>
    saveRows(desk.context, {
      ...{ edits: [{ op: 'update', entity: 'facilities', id: facility, values: { name } }], label: name, via: 'typed' },
    }).mutationId;
  const size = (capacity: number) =>
    saveRows(desk.context, {
      edits: [{ op: 'update', entity: 'facilities', id: facility, values: { capacity } }],
      ...{ label: 'Capacity', via: 'typed' },
    }).mutationId;
  const shown = () => readRows(desk.store.reader, 'facilities', 'where t.id = ?', facility)[0]!;
  const first = rename('First');
  rename('Second');
  const last = size(77);
  const preview = previewHistory(desk.context, { id: first });
  expect(preview).toMatchObject({ undo: 2, redo: 0, stops: null });
  expect(shown()).toMatchObject({ name: 'Second', capacity: 77 });
  expect(goInHistory(desk.context, { id: first })).toEqual(preview);
  expect(shown()).toMatchObject({ name: 'First', capacity: 2 });
  expect(goInHistory(desk.context, { id: last })).toMatchObject({ undo: 0, redo: 2 });
  expect(shown()['name']).toBe('Second');
});

it('keeps the newest steps within a number of bytes, and the newest whatever its size', { timeout: 30_000 }, () => {
  const text = 'x'.repeat(keptBytes / 4);
  const step = (label: string, inverse: LocalOp[]) =>
    finish(addStep(desk.store.writer, { mutationId: newId(), at: 1, label, forward: [], inverse, rows: 1 }, []));
  const op: LocalOp = { entity: 'courses', op: 'update', id: newId(), version: 1, patch: { name: text } };
  for (const label of ['a', 'b', 'c', 'd', 'e']) step(label, [op]);
  expect(listSteps(desk.store.reader, 10).map(({ label }) => label)).toEqual(['e', 'd', 'c']);
  step('huge', [op, op, op, op, op]);
  expect(listSteps(desk.store.reader, 10).map(({ label }) => label)).toEqual(['huge']);
});

it('an action sent in parts of which the first was refused is undone as far as it stands', () => {
  const [facility] = readRows(desk.store.reader, 'facilities', 'order by t.id limit 1');
  const edits = Array.from({ length: 2_500 }, (_, i): Edit => {
    const values = { programId: facility!['programId'], name: `Hall ${i}`, facilityType: 'gym' };
    return { op: 'insert', entity: 'facilities', id: newId(), values };
  });
  const halls = (): number => readRows(desk.store.reader, 'facilities', "where t.name like 'Hall %'").length;
  const { mutationId } = saveRows(desk.context, { edits, label: 'Paste halls', via: 'paste' });
  expect(listSteps(desk.store.reader, 1)[0]).toMatchObject({ label: 'Paste halls', rows: 2_500 });
  settle(desk.store.writer, mutationId, { seq: 1, id: mutationId, status: 'rejected' } satisfies MutationResult);
  expect(halls()).toBe(500);
  expect(listSteps(desk.store.reader, 1)[0]).toMatchObject({ label: 'Paste halls', rows: 500 });
  expect(undo(desk.context, {}).label).toBe('Paste halls');
  expect(halls()).toBe(0);
  redo(desk.context);
  expect(halls()).toBe(500);
  undo(desk.context, {});
}, 60_000);
