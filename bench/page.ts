/**
 * `page`: 200 rows of a million at any depth and in any order, against one keyset query on an index made for that order. And how long a new
 * order takes, against sorting the same rows as objects, as a grid does that holds them all.
 */
import Database from 'better-sqlite3';
import { view, type View } from '../src/shared/contract/requests';
import { pageRows } from '../src/main/desk/queries/page-rows';
import { Views } from '../src/main/desk/queries/views';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { facts, fillStudents } from './store-of-students';
import { alternate, type Bench, type Figure } from './measure';

const PAGE = 200;
/** Two texts, folded for comparing; numbers that stand in the order of the rows already, and scattered ones; a few codes. */
const orders: [field: string, column: string][] = [
  ['lastName', 'last_name'],
  ['email', 'email'],
  ['createdAt', 'created_at'],
  ['updatedAt', 'updated_at'],
  ['status', 'status'],
];

export const page: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 5_000 : 1_000_000);
  const temp = tempStore();
  try {
    const store = temp.open();
    log(`making ${n} rows`);
    fillStudents(store, n);
    const bareFile = `${temp.file}.bare`;
    store.writer.exec(`vacuum into '${bareFile}'`);
    const bare = new Database(bareFile);
    const views = new Views();
    const context = { read: store.reader, session: facts, views, now: () => Date.now() };
    const figures: Figure[] = [];
    for (const [field, column] of orders) {
      log(`ordering by ${field}`);
      const asked = view.parse({ entity: 'students', sort: [{ field, descending: false }] });
      figures.push(await sortFigure(store.reader, asked, field, column, n, quick));
      bare.exec(`create index bare_${column} on students (${column}, rid)`);
      figures.push(...(await pageFigures(context, asked, bare, field, column, n, quick)));
    }
    bare.close();
    return figures;
  } finally {
    temp.remove();
  }
};

async function sortFigure(
  read: Parameters<Views['get']>[0],
  asked: View,
  field: string,
  column: string,
  n: number,
  quick: boolean,
): Promise<Figure> {
  const objects = read.prepare<[], Record<string, string>>(`select id, ${column} as value from students`).all();
  const ms = await alternate(quick ? 1 : 3, {
    ours: { run: () => new Views().get(read, asked) },
    objects: {
      run: () =>
        [...objects].sort((a, b) => ((a.value as string) < (b.value as string) ? -1 : a.value === b.value ? 0 : 1)),
    },
  });
  return {
    name: `page-sort-${field}`,
    value: ms.objects / ms.ours,
    unit: 'x',
    better: 'higher',
    goal: 10,
    limit: null,
    n,
  };
}

async function pageFigures(
  context: Parameters<typeof pageRows>[0],
  asked: View,
  bare: Database.Database,
  field: string,
  column: string,
  n: number,
  quick: boolean,
): Promise<Figure[]> {
  const depths = { first: 0, middle: Math.floor(n / 2), last: Math.max(0, n - PAGE) };
  const find = bare.prepare<[number], { value: string; rid: number }>(
    `select ${column} as value, rid from students order by ${column}, rid limit 1 offset ?`,
  );
  const keyset = bare
    .prepare(`select * from students where (${column}, rid) >= (?, ?) order by ${column}, rid limit ${PAGE}`)
    .raw();
  const turns = quick ? 3 : 200;
  const times: Record<string, { ours: number; bare: number }> = {};
  for (const [name, from] of Object.entries(depths)) {
    const start = find.get(from);
    if (!start) throw new Error(`There is no row at ${from}.`);
    const look = () => {
      const { rows, total } = pageRows(context, { view: asked, from, count: PAGE });
      if (rows.length !== Math.min(PAGE, n) || total !== n) throw new Error(`${rows.length} rows of ${total} came.`);
    };
    look();
    times[name] = await alternate(turns, {
      ours: { run: look },
      bare: { run: () => keyset.all(start.value, start.rid) },
    });
  }
  const deepest = times.last;
  const first = times.first;
  if (!deepest || !first) throw new Error('No depth was measured.');
  return [
    { name: `page-${field}`, value: deepest.ours / deepest.bare, unit: 'x', better: 'lower', goal: 1.05, limit: 1, n },
    { name: `page-${field}-ms`, value: deepest.ours, unit: 'ms', better: 'lower', goal: null, limit: deepest.bare, n },
    {
      name: `page-${field}-depth`,
      value: deepest.ours / first.ours,
      unit: 'x',
      better: 'lower',
      goal: 1.2,
      limit: 1,
      n,
    },
  ];
}
