import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveRows } from '../commands/save-rows';
import { undo } from '../commands/undo';
import { settle } from '../local/write';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { cellStory } from './cell-story';

let place: TempStore;
let desk: SampleDesk;
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterAll(() => place.remove());

const story = (field: string) => cellStory(desk.context, { entity: 'facilities', id: desk.ids.facility, field });
const save = (values: Record<string, unknown>, via: string) =>
  saveRows(desk.context, {
    edits: [{ op: 'update', entity: 'facilities', id: desk.ids.facility, values }],
    label: `By ${via}`,
    via,
  });

it('tells how the cell was written last, and what became of it', () => {
  expect(story('capacity').own).toBeNull();
  const { mutationId } = save({ capacity: 11 }, 'paste');
  save({ name: 'Other name' }, 'typed');
  expect(story('capacity').own).toMatchObject({ via: 'paste', label: 'By paste', state: 'waiting' });
  expect(story('name').own).toMatchObject({ via: 'typed' });
  expect(story('status').own).toBeNull();
  settle(desk.store.writer, mutationId, { seq: 1, id: mutationId, status: 'applied' });
  expect(story('capacity').own?.state).toBe('sent');
});

it('names the undo where that was last', () => {
  save({ capacity: 12 }, 'fill');
  undo(desk.context, {});
  expect(story('capacity').own).toMatchObject({ via: 'undo' });
});

it('tells who touched the row, and whether it was ever sent', () => {
  expect(story('status').row).toMatchObject({ updatedBy: 'Ada Admin', isSent: true });
});
