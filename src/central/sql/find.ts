/**
 * Full-text search over resources, mentors and people.
 *
 * Security: an index on text cannot be used under row-level security, whose conditions must come first. So candidates are looked up with the
 * owner's rights, but only those that the session's scopes hold, and everything about them is read by the engine, which policies hold.
 */
import { entityOf, type EntityName } from '../../shared/entities';
import { foundEntities, prefixQuery, searchVector, vectorOf } from '../search-text';
import { fn, quoted } from './text';

const MOST = 200;

const visible = (name: EntityName, row: string): string =>
  `${row}.deleted_at is null and sync.in_my_head(${entityOf(name).number}::smallint, ${row}.id)`;

const own = foundEntities.map(
  (name) => `(select ${quoted(name)}, t.id, ts_rank(${searchVector(name, 't.')}, q) as rank from app.${name} t
    where ${searchVector(name, 't.')} @@ q and ${visible(name, 't')} order by 3 desc limit ${MOST})`,
);
const mentorsByName = `(select 'mentors', m.id, 0.05::real from app.users u join app.mentors m on m.user_id = u.id
    where ${searchVector('users', 'u.')} @@ q and ${visible('mentors', 'm')} limit ${MOST})`;
const mentorsByTag = `(select 'mentors', m.id, 0.05::real from app.expertise_tags g join app.mentor_expertise x on x.tag_id = g.id and x.deleted_at is null
      join app.mentors m on m.id = x.mentor_id
    where ${vectorOf('g.name')} @@ q and g.deleted_at is null and ${visible('mentors', 'm')} limit ${MOST})`;

const candidates = fn(
  'sync.found_by_text(q tsquery)',
  'table (entity text, id uuid, rank real)',
  { as: 'owner', kind: 'stable' },
  `
begin
  return query select c.entity, c.id, max(c.rank) from (
    ${[...own, mentorsByName, mentorsByTag].join('\n    union all ')}) c (entity, id, rank) group by 1, 2;
end`,
);

const find = fn(
  'sync.find(words text, lim integer)',
  'jsonb',
  { kind: 'stable' },
  `
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('entity', f.entity, 'id', f.id, 'title', f.title) order by f.rank desc, f.title, f.id), '[]') from (
    select c.entity, c.id, c.rank, case c.entity
        when 'resources' then (select t.title from app.resources t where t.id = c.id)
        when 'users' then (select t.full_name from app.users t where t.id = c.id)
        when 'students' then (select t.first_name || ' ' || t.last_name from app.students t where t.id = c.id)
        when 'mentors' then (select coalesce((select u.full_name from app.users u where u.id = t.user_id), t.headline, '') from app.mentors t where t.id = c.id)
      end as title
      from sync.found_by_text(${prefixQuery('words')}) c
      order by c.rank desc, c.id limit least(coalesce(lim, 20), ${MOST})) f
    where f.title is not null);
end`,
);

export const findSql = (): string => [candidates, find].join('\n');
