/**
 * `search`: records of any kind as a name is typed, letter by letter, among a million: the slowest letter counts. Beside it the barest query of
 * the same index, and a quick filter over the joined texts of the same rows, as a grid has it that holds them all.
 */
import { searchRecords } from '../src/main/desk/queries/search-records';
import { Views } from '../src/main/desk/queries/views';
import { buildNextSearch, searchTable } from '../src/main/desk/local/search-index';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { facts, fillStudents } from './store-of-students';
import { alternate, type Bench, type Figure } from './measure';

/** Typed on and on, beginning with what nearly every row holds. */
const typed = [
  'la',
  'las',
  'last',
  'last 1',
  'last 1z',
  'last 1z1',
  'st',
  'stu 2026 4',
  'first 97 last',
  'zzz',
  'irst',
];

export const search: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 5_000 : 1_000_000);
  const temp = tempStore();
  try {
    const store = temp.open();
    log(`making ${n} rows`);
    fillStudents(store, n);
    const before = pages(store.reader);
    log('building the index');
    while (buildNextSearch(store.writer));
    const grown = pages(store.reader) / before;
    const context = { read: store.reader, session: facts, views: new Views(), now: () => Date.now() };
    const table = searchTable('students');
    const bare = store.reader
      .prepare(
        `select t.* from students t join (select rowid from ${table} where ${table} match ? limit 12) m on m.rowid = t.rid`,
      )
      .raw();
    const joined = store.reader
      .prepare<[], string>(
        "select lower(first_name || ' ' || last_name || ' ' || email || ' ' || student_number) from students",
      )
      .pluck()
      .all();
    let slowest = { text: '', ours: 0, bare: 0, filter: 0 };
    for (const text of typed) {
      const words = text.split(' ');
      const match = words.map((word) => `"${word}"*`).join(' ');
      const ms = await alternate(quick ? 2 : 15, {
        ours: { run: () => searchRecords(context, { text, limit: 12 }) },
        bare: { run: () => bare.all(match) },
      });
      const filter = await alternate(1, {
        filter: { run: () => joined.filter((one) => words.every((word) => one.includes(word))).length },
      });
      log(`“${text}”: ${ms.ours.toFixed(2)} ms`);
      if (ms.ours > slowest.ours) slowest = { text, ...ms, ...filter };
    }
    return [
      { name: 'search-ms', value: slowest.ours, unit: 'ms', better: 'lower', goal: 30, limit: slowest.bare, n },
      {
        ...{ name: 'search', value: slowest.filter / slowest.ours, unit: 'x', better: 'higher' as const },
        ...{ goal: 40, limit: null, n },
      },
      { name: 'search-store', value: grown, unit: 'x', better: 'lower', goal: null, limit: 1, n },
    ] satisfies Figure[];
  } finally {
    temp.remove();
  }
};

const pages = (db: { pragma(sql: string, options: { simple: true }): unknown }): number =>
  Number(db.pragma('page_count', { simple: true })) - Number(db.pragma('freelist_count', { simple: true }));
