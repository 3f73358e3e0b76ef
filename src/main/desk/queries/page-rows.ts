import type { EntityName } from '../../../shared/entities';
import { entityOf } from '../../../shared/entities';
import type { Output } from '../../../shared/contract/requests';
import { maskValue } from '../../../shared/rules/masking';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { shapeOf } from '../local/rows';
import { statement } from '../local/statements';
import { decode, storedAs } from '../local/storage';
import { referencesOf } from './field-sql';
import { marksOf } from './marks';
import { titlesOf } from './titles';

/** One window of a view. Cost does not grow with its depth. */
export const pageRows: Query<'rows.page'> = ({ read, views }, { view, from, count }) => {
  const { rids } = views.get(read, view);
  const name = view.entity;
  const rows = rowsAt(read, name, rids.subarray(from, from + count));
  const fields = shapeOf(name).columns.map((column) => column.name);
  const ids = rows.map((row) => row[0] as string);
  return { total: rids.length, fields, rows, marks: marksOf(read, name, ids), titles: titlesIn(read, name, rows) };
};

/** Rows as arrays in the order of the table's columns, masked. */
export function rowsAt(db: Readable, name: EntityName, rids: Int32Array): unknown[][] {
  const { columns } = shapeOf(name);
  const list = columns.map((column) => `t.${column.column}`).join(', ');
  // A cross join keeps the order of its left side, so nothing is sorted again.
  const rows = statement(db, `select ${list} from json_each(?) j cross join ${name} t on t.rid = j.value`)
    .raw()
    .all(`[${rids.join()}]`) as unknown[][];
  const special = columns.flatMap(({ field }, i) =>
    field && ['json', 'boolean'].includes(storedAs[field.kind]) ? [i] : [],
  );
  for (const row of rows) {
    for (const i of special) row[i] = maskValue(columns[i]!.field, decode(columns[i]!.field, row[i]));
  }
  return rows;
}

/** What the references of a window read as. */
export function titlesIn(db: Readable, name: EntityName, rows: readonly unknown[][]): Output<'rows.page'>['titles'] {
  const columns = shapeOf(name).columns.map((column) => column.name);
  const wanted = new Map<EntityName, Set<string>>();
  for (const { name: field, to } of referencesOf(entityOf(name))) {
    const at = columns.indexOf(field);
    const ids = wanted.get(to!) ?? new Set();
    wanted.set(to!, ids);
    for (const row of rows) if (typeof row[at] === 'string') ids.add(row[at]);
  }
  const titles: Record<string, string> = {};
  for (const [to, ids] of wanted) {
    if (ids.size > 0) for (const [id, title] of titlesOf(db, to, ids)) titles[id] = title;
  }
  return titles;
}

/** Index of a row in a view, or -1. */
export const rowPosition: Query<'rows.position'> = ({ read, views }, { view, id }) => {
  const rid = statement(read, `select rid from ${view.entity} where id = ?`).pluck().get(id) as number | undefined;
  return rid === undefined ? -1 : views.get(read, view).rids.indexOf(rid);
};
