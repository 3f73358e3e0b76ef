/** The desks a person is signed in at, for them alone. */
import { fn } from './text';

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;

const list = fn(
  'auth.devices()',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select coalesce(jsonb_agg(to_jsonb(d) order by d."isThis" desc, d."lastSeenAt" desc), '[]') from (
  select s.device_id as "deviceId", (array_agg(s.device_name order by s.created_at desc))[1] as name, (array_agg(s.client order by s.created_at desc))[1] as client,
      ${ms('greatest(max(s.last_seen_at), max(s.created_at), max(v.last_push_at))')} as "lastSeenAt", ${ms('min(s.created_at)')} as since,
      s.device_id = nullif(current_setting('provost.device_id', true), '')::uuid as "isThis"
    from auth.session s left join sync.device v on v.id = s.device_id
    where s.user_id = sync.me() and s.device_id is not null and s.revoked_at is null and s.expires_at > statement_timestamp()
    group by s.device_id) d`,
);

/** Not this one: that is what signing out is for. */
const signOut = fn(
  'auth.sign_out_device(device uuid)',
  'integer',
  { as: 'owner' },
  `
declare
  n integer;
begin
  update auth.session s set revoked_at = clock_timestamp()
    where s.user_id = sync.me() and s.device_id = device and s.revoked_at is null
      and s.device_id is distinct from nullif(current_setting('provost.device_id', true), '')::uuid;
  get diagnostics n = row_count;
  return n;
end`,
);

export const devicesSql = (): string => [list, signOut].join('\n');
