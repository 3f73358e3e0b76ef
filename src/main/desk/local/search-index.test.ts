import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../shared/model';
import { tempStore, type TempStore } from '../testing/temp-store';
import type { Store } from './handles';
import { dropRow, putRow } from './rows';
import { buildNextSearch, isSearchReady } from './search-index';

let place: TempStore;
let store: Store;
beforeEach(() => {
  place = tempStore();
  store = place.open();
});
afterEach(() => place.remove());

const ids = Array.from({ length: 5_000 }, () => newId());
const put = (id: string, name: string): void => putRow(store.writer, 'facilities', { id, name });
const found = (word: string): number =>
  store.reader
    .prepare('select count(*) from facilities_search where facilities_search match ?')
    .pluck()
    .get(word) as number;

it('rows put, changed and dropped while the index is being built are all in it as they are', () => {
  store.writer.transaction(() => ids.forEach((id) => put(id, 'before')))();
  const entities = [
    'users',
    'profiles',
    'institutions',
    'programs',
    'program_options',
    'platform_settings',
    'courses',
  ] as const;
  while (
    !entities.every((name) => isSearchReady(store.reader, name)) ||
    store.reader.prepare("select 1 from meta where key = 'search-at:facilities'").get() === undefined
  ) {
    expect(buildNextSearch(store.writer)).toBe(true);
  }
  expect(isSearchReady(store.reader, 'facilities')).toBe(false);
  put(ids[0]!, 'changed'); // indexed already
  put(ids[4_999]!, 'changed'); // not yet
  dropRow(store.writer, 'facilities', ids[1]!);
  dropRow(store.writer, 'facilities', ids[4_998]!);
  put(newId(), 'added');
  while (buildNextSearch(store.writer));
  expect(isSearchReady(store.reader, 'facilities')).toBe(true);
  expect([found('before'), found('changed'), found('added')]).toEqual([4_996, 2, 1]);
  put(ids[0]!, 'again');
  dropRow(store.writer, 'facilities', ids[4_999]!);
  expect([found('changed'), found('again')]).toEqual([0, 1]);
  store.writer.exec("insert into facilities_search (facilities_search, rank) values ('integrity-check', 1)");
});
