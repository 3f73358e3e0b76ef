/** The platform's share of a paid booking, at the rate in force when the payment succeeds. The same sum is in `shared/rules/commission`. */
import { commissionSetting } from '../../../shared/rules/commission';
import { fn, quoted } from '../text';

const rate = fn(
  'sync.commission_rate()',
  'integer',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select coalesce((
  select r.points::integer from (
    select case
      when jsonb_typeof(s.value) = 'number' then (s.value)::numeric * 100
      when jsonb_typeof(s.value->'basisPoints') = 'number' then (s.value->'basisPoints')::numeric
      when jsonb_typeof(s.value->'percent') = 'number' then (s.value->'percent')::numeric * 100
    end as points
    from app.platform_settings s where s.key = ${quoted(commissionSetting)} and s.deleted_at is null
  ) r where r.points between 0 and 10000 and r.points = trunc(r.points)), 0)`,
);

/** Halves go to the even neighbour, so that many small payments do not add up to a gain for either side. */
const commission = fn(
  'sync.commission(amount bigint, points integer)',
  'bigint',
  { language: 'sql', kind: 'immutable' },
  `
select (q.whole + case when q.rest * 2 > 10000 or (q.rest * 2 = 10000 and mod(q.whole, 2) = 1) then 1 else 0 end)::bigint
  from (select div(amount::numeric * points, 10000) as whole, mod(amount::numeric * points, 10000) as rest) q`,
);

const rules = fn(
  'sync.payment_rules()',
  'trigger',
  { as: 'owner' },
  `
begin
  if new.booking_id is null or new.status <> 'succeeded' or new.deleted_at is not null then return new; end if;
  if tg_op = 'UPDATE' and old.status in ('succeeded', 'refunded') then return new; end if;
  if session_user = 'provost_client' or new.commission is null then
    new.commission := sync.commission(new.amount, sync.commission_rate());
  end if;
  return new;
end`,
);

export const commissionSql = (): string =>
  [
    rate,
    commission,
    rules,
    'create trigger t2_rules before insert or update on app.payments for each row execute function sync.payment_rules();',
  ].join('\n');
