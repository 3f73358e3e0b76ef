/**
 * Rule 1: of active prices for one combination, at most one is in force on any day; and one currency in one program.
 *
 * An exclusion constraint is the judge. It waits for the end of a mutation, so that closing the old price and opening the new one may come in
 * any order; before it speaks, `price_words` says whose price stands in the way. Whoever changes prices holds the facility, so that of two
 * desks the second is told about the first.
 */
import { allEntities } from '../../../shared/entities';
import { priceOverlapName } from '../../names';
import { fn, quoted } from '../text';

export const priceWordsName = 'price_words';

const words = fn(
  'sync.price_words()',
  'trigger',
  { as: 'owner', settings: ['enable_seqscan = off'] },
  `
declare
  wanted app.facility_course_pricing;
  other app.facility_course_pricing;
begin
  -- As it stands now: a later op of the same mutation may have closed it.
  select * into wanted from app.facility_course_pricing p where p.id = new.id and p.is_active and p.deleted_at is null;
  if not found then return null; end if;
  select * into other from app.facility_course_pricing p
    where p.facility_id = wanted.facility_id and p.course_id = wanted.course_id and p.age_group = wanted.age_group
      and p.location_type = wanted.location_type and p.session_type = wanted.session_type and p.id <> wanted.id
      and p.is_active and p.deleted_at is null
      and daterange(p.effective_date, p.end_date, '[]') && daterange(wanted.effective_date, wanted.end_date, '[]')
    order by p.effective_date limit 1;
  if found then
    perform sync.refuse('price-overlap', 'facility_course_pricing', wanted.id, '{effectiveDate,endDate}',
      jsonb_build_object('otherId', other.id, 'price', other.price, 'currency', other.currency, 'from', other.effective_date, 'until', other.end_date));
  end if;
  return null;
end`,
);

const holdPlace = fn(
  'sync.hold_price_place()',
  'trigger',
  { as: 'owner' },
  `
begin
  perform 1 from app.facilities f where f.id = new.facility_id for no key update;
  return new;
end`,
);

/** Holds the facilities of all prices of a mutation before any of them is touched, in one order, so that two desks do not wait for each other. */
const holdPlaces = fn(
  'sync.hold_price_places(ops jsonb)',
  'void',
  { as: 'owner', settings: ['enable_seqscan = off'] },
  `
declare
  named uuid[];
begin
  select array_agg(x.id::uuid) into named from (
      select o->>'id' as id from jsonb_array_elements(ops) o where o->>'entity' = 'facility_course_pricing'
      union select o->'patch'->>'facilityId' from jsonb_array_elements(ops) o where o->>'entity' = 'facility_course_pricing') x
    where x.id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  if named is null then return; end if;
  perform 1 from app.facilities f
    where f.id in (select unnest(named) union select p.facility_id from app.facility_course_pricing p where p.id = any (named))
    order by f.id for no key update;
end`,
);

/** A range that ends before it begins has no meaning; the check of the row refuses it. */
const exclusion = `
do $do$
begin
  if exists (select from pg_constraint where conname = ${quoted(priceOverlapName)} and not condeferrable) then
    alter table app.facility_course_pricing drop constraint ${priceOverlapName};
  end if;
  if not exists (select from pg_constraint where conname = ${quoted(priceOverlapName)}) then
    alter table app.facility_course_pricing add constraint ${priceOverlapName} exclude using gist (
      facility_id with =, course_id with =, age_group with =, location_type with =, session_type with =,
      daterange(effective_date, end_date, '[]') with &&) where (is_active and deleted_at is null) deferrable initially immediate;
  end if;
end
$do$;`;

const currency = fn(
  'sync.currency_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  expected text;
begin
  if tg_op = 'UPDATE' and old.currency is not distinct from new.currency then return new; end if;
  select p.currency into expected from app.programs p where p.id = new.program_id for share;
  if new.currency <> expected then
    perform sync.refuse('wrong-currency', tg_table_name, new.id, '{currency}', jsonb_build_object('currency', new.currency, 'expected', expected));
  end if;
  return new;
end`,
);

const programCurrency = fn(
  'sync.program_currency_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  n bigint;
begin
  if old.currency = new.currency then return new; end if;
  select count(*) into n from app.facility_course_pricing p where p.program_id = new.id and p.is_active and p.deleted_at is null;
  if n > 0 then
    perform sync.refuse('currency-in-use', 'programs', new.id, '{currency}', jsonb_build_object('currency', old.currency, 'prices', n));
  end if;
  return new;
end`,
);

/** Entities of a program with amounts of money. The program itself has its currency to choose. */
export const priced = allEntities.filter(
  (entity) => entity.scope === 'program' && entity.fields['currency']?.kind === 'currency',
);

export const pricesSql = (): string =>
  [
    words,
    holdPlace,
    holdPlaces,
    exclusion,
    currency,
    programCurrency,
    `create constraint trigger ${priceWordsName} after insert or update on app.facility_course_pricing deferrable initially immediate
       for each row when (new.is_active and new.deleted_at is null and new.effective_date <= coalesce(new.end_date, 'infinity'))
       execute function sync.price_words();`,
    'create trigger t0_place before insert or update on app.facility_course_pricing for each row execute function sync.hold_price_place();',
    ...priced.map(
      ({ name }) =>
        `create trigger t1_currency before insert or update on app.${name} for each row execute function sync.currency_rules();`,
    ),
    'create trigger t1_currency before update on app.programs for each row execute function sync.program_currency_rules();',
  ].join('\n');
