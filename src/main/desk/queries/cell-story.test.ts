import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveRows } from '../commands/save-rows';
import { undo } from '../commands/undo';
import { newId } from '../../../shared/model';
import { setMeta } from '../local/meta';
import { settle } from '../local/write';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { cellStory } from './cell-story';
import { referredTitle } from './field-sql';
import { titlesOf } from './titles';

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

it('names whoever touched the row without being part of the program, in the story and wherever a user is named', () => {
  const [root, nobody] = [newId(), newId()];
  setMeta(desk.store.writer, 'session', JSON.stringify({ names: { [root]: 'Zuri Root' } }));
  const row = desk.put('resources', { title: 'Tides', resourceType: 'article', createdBy: root, updatedBy: nobody });
  expect(cellStory(desk.context, { entity: 'resources', id: row, field: 'title' }).row).toMatchObject({
    createdBy: 'Zuri Root',
    updatedBy: null,
  });
  expect(titlesOf(desk.store.reader, 'users', [root, nobody, desk.ids.admin])).toEqual(
    new Map([
      [desk.ids.admin, 'Ada Admin'],
      [root, 'Zuri Root'],
    ]),
  );
  const named = desk.store.reader.prepare(
    `select ${referredTitle('users', 't.created_by', 't')} from resources t where t.id = ?`,
  );
  expect(named.pluck().get(row)).toBe('Zuri Root');
});
