import { entityOf } from '../../../shared/entities';
import type { RowGroup } from '../../../shared/contract/requests';
import type { Query } from '../context';
import { factsOf } from './field-sql';
import { fieldValues } from './field-values';
import { viewSql } from './view-sql';

const mostGroups = 500;

/** The rows of a view by the values of one column, days by their months. */
export const groups: Query<'rows.groups'> = (context, { view, field }) => {
  const { kind } = factsOf(entityOf(view.entity), field);
  if (kind === 'date' || kind === 'timestamp') return byMonth(context, { view, field });
  const found = fieldValues(context, { view, field, search: '', limit: mostGroups });
  const made = found.map(({ value, title, count }): RowGroup => ({
    ...{ value, title, count },
    filter: value === null ? { field, test: 'empty' } : { field, test: 'in', value: [value] },
  }));
  return { groups: made, total: made.reduce((sum, { count }) => sum + count, 0) };
};

const byMonth: Query<'rows.groups'> = ({ read, now }, { view, field }) => {
  const facts = factsOf(entityOf(view.entity), field);
  const { where, values } = viewSql(read, { ...view, sort: [] }, now());
  const column = `t.${facts.column}`;
  const month =
    facts.kind === 'date' ? `substr(${column}, 1, 7)` : `strftime('%Y-%m', ${column} / 1000, 'unixepoch', 'localtime')`;
  const rows = read
    .prepare(
      `select ${month} as month, count(*) as n from ${view.entity} t where ${where} group by 1 order by 1 desc limit ${mostGroups}`,
    )
    .all(...values) as { month: string | null; n: number }[];
  const made = rows.map(({ month: value, n }): RowGroup => {
    if (value === null) return { value, title: '', count: n, filter: { field, test: 'empty' } };
    const [year, of] = value.split('-').map(Number) as [number, number];
    const days = [`${value}-01`, `${value}-31`];
    const moments = [new Date(year, of - 1, 1).getTime(), new Date(year, of, 1).getTime() - 1];
    const filter = { field, test: 'between' as const, value: facts.kind === 'date' ? days : moments };
    return { value, title: value, count: n, filter };
  });
  return { groups: made, total: made.reduce((sum, { count }) => sum + count, 0) };
};
