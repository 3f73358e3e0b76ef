import { priceOverlapName } from '../../names';
import { fn, quoted } from '../text';

/** The other price where two active ones would be in force for one combination on one day. */
const overlap = fn(
  'sync.refuse_overlap(wanted app.facility_course_pricing)',
  'void',
  { kind: 'volatile' },
  `
declare
  other app.facility_course_pricing;
begin
  if not wanted.is_active then return; end if;
  select * into other from app.facility_course_pricing p
    where p.facility_id = wanted.facility_id and p.course_id = wanted.course_id and p.age_group = wanted.age_group
      and p.location_type = wanted.location_type and p.session_type = wanted.session_type and p.id <> wanted.id
      and p.is_active and p.deleted_at is null and wanted.effective_date <= coalesce(wanted.end_date, 'infinity')
      and daterange(p.effective_date, p.end_date, '[]') && daterange(wanted.effective_date, wanted.end_date, '[]')
    order by p.effective_date limit 1;
  if found then
    perform sync.refuse('price-overlap', 'facility_course_pricing', wanted.id, '{effectiveDate,endDate}',
      jsonb_build_object('otherId', other.id, 'price', other.price, 'currency', other.currency, 'from', other.effective_date, 'until', other.end_date));
  end if;
end`,
);

const exclusion = `
do $do$
begin
  if not exists (select from pg_constraint where conname = ${quoted(priceOverlapName)}) then
    alter table app.facility_course_pricing add constraint ${priceOverlapName} exclude using gist (
      facility_id with =, course_id with =, age_group with =, location_type with =, session_type with =,
      daterange(effective_date, end_date, '[]') with &&) where (is_active and deleted_at is null);
  end if;
end
$do$;`;

export const pricesSql = (): string => [overlap, exclusion].join('\n');
