import { entityOf } from '../../../shared/entities';
import type { Query } from '../context';
import { statement } from '../local/statements';
import { factsOf } from './field-sql';
import { filledSql } from './selection-numbers';

const chunk = 5_000;

/**
 * Where Ctrl+Up or Ctrl+Down goes in a column: to the end of the filled cells it stands in, or over the empty ones to the next that is filled.
 */
export const cellEdge: Query<'sheet.edge'> = ({ read, views }, { view, field, row, step }) => {
  const { rids } = views.get(read, view);
  const last = step > 0 ? rids.length - 1 : 0;
  if (row === last || rids.length === 0) return last;
  const facts = factsOf(entityOf(view.entity), field);
  // What every row must have is filled to the end.
  if (facts.field?.required) return last;
  const list = statement(
    read,
    `select ${filledSql(facts)} from json_each(?) j cross join ${view.entity} t on t.rid = j.value`,
  ).pluck();
  /** From `at` on, in the direction of `step`. */
  const ahead = (at: number): boolean[] => {
    const part = step > 0 ? rids.slice(at, at + chunk) : rids.slice(Math.max(0, at - chunk + 1), at + 1).reverse();
    return (list.all(`[${part.join()}]`) as number[]).map((filled) => filled === 1);
  };
  const [here, next] = ahead(row);
  const isInside = here && next;
  for (let at = row + step; at >= 0 && at < rids.length; at += step * chunk) {
    const found = ahead(at).findIndex((filled) => (isInside ? !filled : filled));
    if (found >= 0) return isInside ? at + step * (found - 1) : at + step * found;
  }
  return last;
};
