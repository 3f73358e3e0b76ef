import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Edit } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { saveRows } from '../commands/save-rows';
import { stepToUndo, turnAlone, undo } from '../commands/undo';
import { ExchangeDesk } from '../testing/exchange-desk';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { alone, whenFree } from './alone';
import { counts } from './outbox';
import { readRescue } from './rescue';
import { readRows } from './rows';

let temp: TempStore;
let desk: SampleDesk;
let files: ExchangeDesk;
beforeEach(() => {
  temp = tempStore();
  desk = sampleDesk(temp.open());
  files = new ExchangeDesk(desk, temp.folder);
});
afterEach(async () => {
  await files.exchange.close();
  temp.remove();
});

/** More than fit one mutation. */
const lines = 2_100;
const csv = (from = 0): string =>
  `Code,Name\n${Array.from({ length: lines }, (_, i) => `C${from + i},Course ${from + i}`).join('\n')}\n`;
const courses = () => desk.store.reader.prepare('select count(*) from courses').pluck().get() as number;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const undoAlone = () =>
  turnAlone(
    desk.context,
    { alone: (work) => alone(desk.store, work), breathe: () => turn().then(() => undefined) },
    stepToUndo(desk.context, {}),
  );
const begin = (file: string): string =>
  files.exchange.apply(
    () => desk.context,
    (work) => alone(desk.store, work),
    { file },
  ).job;

describe('an import that is being written', { timeout: 20_000 }, () => {
  it('is seen by nobody until all of it is there, and the desk answers meanwhile', async () => {
    const file = files.upload('a.csv', csv());
    await files.checkAsSuggested(file, 'courses');
    const before = courses();
    const job = begin(file);
    let asked = 0;
    while (files.exchange.jobs.read(job).state === 'running') {
      await turn();
      if (whenFree(desk.store.writer)) {
        asked++;
        expect(courses()).toBe(before);
      }
    }
    expect(asked).toBeGreaterThan(3);
    expect(courses()).toBe(before + lines);
    // Two mutations, one step.
    expect(counts(desk.store.reader).waiting).toBe(2);
    expect(await undoAlone()).toMatchObject({ skipped: [] });
    expect(courses()).toBe(before);
    expect(undo(desk.context, {}).label).toBeNull();
  });

  it('that is cancelled leaves nothing: no row, no change to send, no step, and nothing to rescue; and can be begun again', async () => {
    const file = files.upload('a.csv', csv());
    await files.checkAsSuggested(file, 'courses');
    const before = courses();
    const job = begin(file);
    for (let n = 0; ; n++) {
      await turn();
      const state = files.exchange.jobs.read(job);
      if (state.state !== 'running') break;
      if (state.done > 0) files.exchange.jobs.cancel(job);
    }
    expect(files.exchange.jobs.read(job).state).toBe('cancelled');
    expect(courses()).toBe(before);
    expect(counts(desk.store.reader).waiting).toBe(0);
    expect(undo(desk.context, {}).label).toBeNull();
    expect(readRescue(`${desk.store.file}.rescue.jsonl`, null).mutations).toEqual([]);
    expect(await files.apply(file)).toMatchObject({ created: lines });
  });

  it('keeps an edit waiting that was made meanwhile, and does not take it along', async () => {
    const file = files.upload('a.csv', csv());
    await files.checkAsSuggested(file, 'courses');
    const job = begin(file);
    while (!whenFree(desk.store.writer)) await turn();
    const values = { programId: desk.ids.program, name: 'Hall', facilityType: 'gym' };
    const edit: Edit = { op: 'insert', entity: 'facilities', id: newId(), values };
    const wait = whenFree(desk.store.writer)!;
    const saved = wait.then(() => saveRows(desk.context, { edits: [edit], label: 'Add a hall', via: 'typed' }));
    await turn();
    files.exchange.jobs.cancel(job);
    await saved;
    expect(readRows(desk.store.reader, 'facilities', "where t.name = 'Hall'")).toHaveLength(1);
    expect(undo(desk.context, {}).label).toBe('Add a hall');
  });
});
