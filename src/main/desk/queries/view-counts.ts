import { countedTo, type View } from '../../../shared/contract/requests';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import type { Steps } from '../steps';
import { viewSql } from './view-sql';
import type { Views } from './views';

const atOnce = 50_000;

/** How many rows a view shows, counted no further than one above `countedTo`: some rows of the table at a time, between other questions. */
export function* viewCount(db: Readable, views: Views, view: View, now: number): Steps<number> {
  const known = views.known(view);
  if (known !== null) return Math.min(known, countedTo + 1);
  const { where, values, asksElsewhere } = viewSql(db, { ...view, sort: [] }, now);
  const last = (statement(db, `select max(rid) from ${view.entity}`).pluck().get() as number | null) ?? 0;
  const step = asksElsewhere ? last : atOnce;
  const part = db
    .prepare<unknown[], number>(
      `select count(*) from (select 1 from ${view.entity} t where (${where}) and t.rid > ? and t.rid <= ? limit ?)`,
    )
    .pluck();
  let count = 0;
  for (let from = 0; from < last && count <= countedTo; from += step) {
    count += part.get(...values, from, from + step, countedTo + 1 - count)!;
    yield;
  }
  return count;
}
