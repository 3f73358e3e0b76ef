import { entityOf } from '../../../shared/entities';
import { isCondition } from '../../../shared/contract/requests';
import type { Query } from '../context';
import { fold } from '../local/fold';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { decode } from '../local/storage';
import { factsOf } from './field-sql';
import { titlesOf } from './titles';
import { viewSql } from './view-sql';

/** The distinct values of a field among the rows its other filters leave, with how many rows each has: a set filter. */
export const fieldValues: Query<'rows.values'> = ({ read, now }, { view, field, search, limit }) => {
  const facts = factsOf(entityOf(view.entity), field);
  if (facts.kind === 'sensitive') return [];
  const others = view.where.filter((one) => !isCondition(one) || one.field !== field);
  const { where, values } = viewSql(read, { ...view, where: others, sort: [] }, now());
  const rows = statement(
    read,
    `select t.${facts.column} as value, count(*) as n from ${view.entity} t where ${where} group by 1 order by n desc limit 5000`,
  ).all(...values) as { value: unknown; n: number }[];
  const titles = facts.to
    ? titlesOf(
        read,
        facts.to,
        rows.flatMap((row) => (typeof row.value === 'string' ? [row.value] : [])),
      )
    : null;
  const label = facts.field?.kind === 'option' ? optionLabels(read, facts.field.options.optionKind) : null;
  const wanted = fold(search);
  return rows
    .map(({ value, n }) => ({
      value: decode(facts.field, value),
      title: titles
        ? (titles.get(value as string) ?? '')
        : value === null
          ? ''
          : (label?.get(String(value)) ?? String(value)),
      count: n,
    }))
    .filter((row) => wanted === '' || fold(row.title).includes(wanted))
    .slice(0, limit);
};

/** Codes of a list that programs configure, as they call them; where two programs differ, one of their names. */
const optionLabels = (db: Readable, optionKind: string): Map<string, string> =>
  new Map(
    statement(db, 'select code, label from program_options where option_kind = ?').raw().all(optionKind) as [
      string,
      string,
    ][],
  );
