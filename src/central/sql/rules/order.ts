/**
 * Rule 6, for everybody who does not come through `api.push`: after each statement the siblings it touched stand from 1 without gaps. A desk's
 * mutation is put in order once, at its end (`sync.renumber`): its ops say together where rows go.
 *
 * Invariant: the parents are held before anything is counted, so two sessions never number the same siblings at once.
 */
import { allEntities } from '../../../shared/entities';
import { orderOf, type Ordered } from '../apply';
import { fn } from '../text';

const ordered = allEntities.flatMap((entity) => {
  const order = orderOf(entity);
  return order ? [{ name: entity.name, order }] : [];
});

interface Named {
  name: string;
  order: Ordered;
}

/** The siblings a statement touched, and which of them it moved. */
function touched({ order: { column, within, parentColumn } }: Named, op: 'INSERT' | 'UPDATE' | 'DELETE'): string {
  const of = (row: string, id: string): string =>
    `select ${row}.program_id as program, ${row}.${within}::text as within, ${row}.${parentColumn} as parent, ${id} as id, ${row}.${column} as position`;
  if (op === 'INSERT') return `${of('n', 'n.id')} from news n where n.deleted_at is null`;
  if (op === 'DELETE') return `${of('o', 'null::uuid')} from olds o where o.deleted_at is null`;
  return `${of('n', 'n.id')} from news n join olds o using (id) where n.deleted_at is null
      and (n.${column}, n.${within}, n.deleted_at) is distinct from (o.${column}, o.${within}, o.deleted_at)
    union all ${of('o', 'null::uuid')} from olds o join news n using (id) where o.deleted_at is null
      and (n.deleted_at is not null or n.${within} is distinct from o.${within})`;
}

function triggers(entity: Named): string {
  const { name, order } = entity;
  const branch = (op: 'INSERT' | 'UPDATE' | 'DELETE'): string => `
    select jsonb_agg(to_jsonb(t)) into touched from (${touched(entity, op)}) t;`;
  const body = `
declare
  touched jsonb;
  g record;
begin
  if session_user = 'provost_client' then return null; end if;
  if tg_op = 'INSERT' then${branch('INSERT')}
  elsif tg_op = 'UPDATE' then${branch('UPDATE')}
  else${branch('DELETE')}
  end if;
  if touched is null then return null; end if;
  perform sync.hold_${name}(p.parent) from (select distinct (t->>'parent')::uuid as parent from jsonb_array_elements(touched) t order by 1) p;
  for g in
    select (t->>'program')::uuid as program, t->>'within' as within,
        coalesce(array_agg((t->>'id')::uuid order by (t->>'position')::int) filter (where t->>'id' is not null), '{}') as moved
      from jsonb_array_elements(touched) t group by 1, 2 order by 1, 2
  loop
    perform sync.renumber_${name}(g.program, g.within, g.moved);
  end loop;
  return null;
end`;
  const trigger = (op: string, tables: string): string =>
    `create trigger t5_order_${op} after ${op} on app.${name} referencing ${tables} for each statement execute function sync.ordered_${name}();`;
  return [
    fn(`sync.ordered_${name}()`, 'trigger', { as: 'owner' }, body),
    trigger('insert', 'new table as news'),
    trigger('update', 'old table as olds new table as news'),
    trigger('delete', 'old table as olds'),
    `-- ${order.field}`,
  ].join('\n');
}

export const orderSql = (): string => ordered.map(triggers).join('\n');
