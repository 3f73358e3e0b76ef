/**
 * `filter`: the rows of a million that a filter leaves, with their exact count and the first page of them, against a bare count with the same
 * condition, and against filtering the same rows as objects, as a grid does that holds them all. And what the footer and a set filter cost.
 */
import { view, type View } from '../src/shared/contract/requests';
import { fieldValues } from '../src/main/desk/queries/field-values';
import { pageRows } from '../src/main/desk/queries/page-rows';
import { selectionNumbers } from '../src/main/desk/queries/selection-numbers';
import { Views } from '../src/main/desk/queries/views';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { facts, fillStudents } from './store-of-students';
import { alternate, type Bench, type Figure } from './measure';

interface Filtered {
  name: string;
  where: View['where'];
  bare: string;
  keeps: (row: Record<string, string>) => boolean;
}

const filters: Filtered[] = [
  {
    name: 'code',
    where: [{ field: 'status', test: 'in', value: ['paused', 'graduated'] }],
    bare: "status in ('paused', 'graduated')",
    keeps: (row) => ['paused', 'graduated'].includes(row['status']!),
  },
  {
    name: 'words',
    where: [{ field: 'lastName', test: 'contains', value: 'zz' }],
    bare: "instr(lower(last_name), 'zz') > 0",
    keeps: (row) => row['last_name']!.toLowerCase().includes('zz'),
  },
];

export const filter: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 5_000 : 1_000_000);
  const temp = tempStore();
  try {
    const store = temp.open();
    log(`making ${n} rows`);
    fillStudents(store, n);
    const context = { read: store.reader, session: facts, views: new Views(), now: () => Date.now() };
    const objects = store.reader
      .prepare<[], Record<string, string>>('select id, status, last_name from students')
      .all();
    const figures: Figure[] = [];
    for (const { name, where, bare, keeps } of filters) {
      log(`filtering by ${name}`);
      const asked = view.parse({ entity: 'students', where, sort: [{ field: 'id', descending: false }] });
      const count = store.reader.prepare(`select count(*) from students where ${bare}`).pluck();
      const ms = await alternate(quick ? 1 : 5, {
        ours: {
          before: () => context.views.clear(),
          run: () => pageRows(context, { view: { ...asked, sort: [] }, from: 0, count: 200 }),
        },
        bare: { run: () => count.get() },
        objects: { run: () => objects.filter(keeps).length },
      });
      figures.push(
        { name: `filter-${name}`, value: ms.ours / ms.bare, unit: 'x', better: 'lower', goal: null, limit: 1, n },
        { name: `filter-${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower', goal: null, limit: ms.bare, n },
        {
          ...{ name: `filter-${name}-objects`, value: ms.objects / ms.ours, unit: 'x', better: 'higher' as const },
          ...{ goal: null, limit: null, n },
        },
      );
    }
    log('summing up');
    const all = view.parse({ entity: 'students' });
    const ms = await alternate(quick ? 1 : 5, {
      totals: {
        before: () => void context.views.get(store.reader, all),
        run: () => selectionNumbers(context, { view: all, parts: [{ from: 0, to: n, fields: ['enrollmentDate'] }] }),
      },
      values: { run: () => fieldValues(context, { view: all, field: 'status', search: '', limit: 200 }) },
      bare: { run: () => store.reader.prepare('select max(enrollment_date) from students').get() },
    });
    figures.push(
      { name: 'filter-totals', value: ms.totals / ms.bare, unit: 'x', better: 'lower', goal: null, limit: 1, n },
      { name: 'filter-values', value: ms.values / ms.bare, unit: 'x', better: 'lower', goal: null, limit: 1, n },
    );
    return figures;
  } finally {
    temp.remove();
  }
};
