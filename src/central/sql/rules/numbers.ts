/**
 * Numbers the central database gives: STU-YYYY-NNNN, CERT-YYYY-NNNNNN. One sequence a year, so nobody waits for anybody; a number may be left
 * out when an insert fails, and none is given twice.
 */
import { allEntities } from '../../../shared/entities';
import { columnOf, type FieldOf } from '../../../shared/model';
import { fn, quoted } from '../text';

interface Series {
  entity: string;
  column: string;
  prefix: string;
  digits: number;
  /** The year a number counts in. */
  year: string;
}

/** The day a row's number takes its year from; today where it has none. */
const dayOf: Record<string, string> = {
  students: 'new.enrollment_date',
  certificates: `(new.issued_at at time zone 'UTC')::date`,
};

const series: readonly Series[] = allEntities.flatMap((entity) =>
  Object.entries(entity.fields).flatMap(([name, field]) => {
    if (field.kind !== 'generated') return [];
    const [prefix = '', , digits = ''] = (field as FieldOf<'generated'>).options.format.split('-');
    const day = dayOf[entity.name] ?? 'null::date';
    return [
      {
        entity: entity.name,
        column: columnOf(name),
        prefix,
        digits: digits.length,
        year: `extract(year from coalesce(${day}, current_date))::int`,
      },
    ];
  }),
);

const makeSeries = fn(
  'sync.number_series(series text, year integer)',
  'regclass',
  { as: 'owner' },
  `
declare
  name text := format('sync.%I', series || '_' || year);
begin
  if to_regclass(name) is null then
    begin
      execute 'create sequence if not exists ' || name;
    exception when unique_violation or duplicate_table then null;
    end;
  end if;
  return to_regclass(name);
end`,
);

/** Sequences of the years to come are made ahead: whoever makes one holds up everybody else who wants a number of that year. */
const prepare = fn(
  'sync.prepare_numbers()',
  'void',
  { as: 'owner' },
  `
declare
  this integer := extract(year from current_date);
begin
  perform sync.number_series(s, y) from unnest(array[${series.map((s) => quoted(s.column)).join(', ')}]) s, generate_series(this - 10, this + 10) y;
end`,
);

const giveNumber = ({ entity, column, prefix, digits, year }: Series): string =>
  fn(
    `sync.number_${entity}()`,
    'trigger',
    // By index, whatever the planner thought of the table when it was empty.
    { as: 'owner', settings: ['enable_seqscan = off'] },
    `
declare
  year integer := ${year};
  series regclass;
  n text;
begin
  if new.${column} is not null and session_user <> 'provost_client' then return new; end if;
  -- A rehearsal uses no number up, and needs one that nobody has.
  if nullif(current_setting('provost.rehearsal', true), '') is not null then
    new.${column} := format('${prefix}-%s-%s', lpad(year::text, 4, '0'), new.id);
    return new;
  end if;
  series := sync.number_series(${quoted(column)}, year);
  loop
    n := nextval(series)::text;
    -- At least so many digits: padding alone would cut the next one off.
    new.${column} := format('${prefix}-%s-%s', lpad(year::text, 4, '0'), lpad(n, greatest(${digits}, length(n)), '0'));
    exit when not exists (select from app.${entity} t where t.${column} = new.${column});
  end loop;
  return new;
end`,
  ) +
  `create trigger t0_number before insert on app.${entity} for each row execute function sync.number_${entity}();\n`;

export const numbersSql = (): string =>
  [makeSeries, prepare, ...series.map(giveNumber), 'select sync.prepare_numbers();'].join('\n');
