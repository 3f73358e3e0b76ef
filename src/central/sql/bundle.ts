/**
 * `api.bring`: changes that came by file, from a desk without internet, in the hands of somebody else.
 *
 * A file is five lines: its kind, a header anybody may read, what is in it (encrypted), a signature over all of that, and nothing. Both keys
 * follow from the hash of the author's session token, which only the author's desk and this database know: whoever carries the file can
 * neither read nor change it, and a session that was ended takes its files with it.
 *
 * Invariant: the author is the author. Their rights are judged as they are now, under their device's numbers, so that the same changes sent
 * directly later are known to have arrived. The carrier is named in the audit trail and kept with each result.
 */
import { minServerProtocol } from '../../shared/contract/wire';
import { largestText } from './push';
import { largestRehearsal } from './rehearse';
import { fn } from './text';

/** How long after its session ended by time a file may still be brought: a desk without internet cannot renew it. */
const stillBrought = `interval '60 days'`;

const key = fn(
  'auth.bundle_key(token_hash bytea, purpose text)',
  'bytea',
  { as: 'owner', language: 'sql', kind: 'immutable' },
  `select ext.hmac(convert_to('provost bundle ' || purpose, 'UTF8'), token_hash, 'sha256')`,
);

const sealed = fn(
  'auth.seal_file(kind text, header jsonb, content text, token_hash bytea)',
  'text',
  { as: 'owner' },
  `
declare
  iv bytea := ext.gen_random_bytes(16);
  lines text := kind || E'\\n' || translate(encode(convert_to(header::text, 'UTF8'), 'base64'), E'\\n', '') || E'\\n' || translate(encode(
    iv || ext.encrypt_iv(convert_to(content, 'UTF8'), auth.bundle_key(token_hash, 'cipher'), iv, 'aes-cbc/pad:pkcs'), 'base64'), E'\\n', '');
begin
  return lines || E'\\n' || encode(ext.hmac(convert_to(lines, 'UTF8'), auth.bundle_key(token_hash, 'signature'), 'sha256'), 'hex') || E'\\n';
end`,
);

/** Opens a file and enters its author, or says why not; then whoever was entered stays. */
const open = fn(
  'auth.open_bundle(bundle text)',
  'jsonb',
  { as: 'owner' },
  `
declare
  parts text[] := string_to_array(bundle, E'\\n');
  header jsonb;
  sealed bytea;
  s auth.session;
  author app.users;
begin
  if cardinality(parts) <> 5 or parts[1] <> 'PROVOST-BUNDLE 1' or parts[5] <> '' then return jsonb_build_object('err', 'damaged'); end if;
  begin
    header := convert_from(decode(parts[2], 'base64'), 'UTF8')::jsonb;
    sealed := decode(parts[3], 'base64');
    select x.* into s from auth.session x
      where x.user_id = (header->>'userId')::uuid and encode(auth.bundle_key(x.token_hash, 'name'), 'hex') = header->>'key';
  exception when data_exception then return jsonb_build_object('err', 'damaged');
  end;
  if s.token_hash is null then
    return jsonb_build_object('err', case when split_part(header->>'epoch', '.', 1) = split_part(sync.epoch(), '.', 1) then 'unknown-author' else 'wrong-server' end);
  end if;
  -- Hashed once more, so that the time the comparison takes says nothing.
  if sha256(convert_to(encode(ext.hmac(convert_to(array_to_string(parts[1:3], E'\\n'), 'UTF8'), auth.bundle_key(s.token_hash, 'signature'), 'sha256'), 'hex'), 'UTF8'))
    <> sha256(convert_to(parts[4], 'UTF8')) then return jsonb_build_object('err', 'damaged'); end if;
  if s.revoked_at is not null or s.expires_at < clock_timestamp() - ${stillBrought} then return jsonb_build_object('err', 'author-signed-out'); end if;
  select * into author from app.users u where u.id = s.user_id and u.status = 'active' and u.deleted_at is null;
  if not found or sync.rank_of(author.role) = 0 then return jsonb_build_object('err', 'author-revoked'); end if;
  perform auth.become(author.id, author.role, s.device_id);
  return jsonb_build_object('header', header, 'authorName', author.full_name, 'deviceName', s.device_name,
    'content', convert_from(ext.decrypt_iv(substr(sealed, 17), auth.bundle_key(s.token_hash, 'cipher'), substr(sealed, 1, 16), 'aes-cbc/pad:pkcs'), 'UTF8'));
end`,
);

const receipt = fn(
  'auth.receipt(header jsonb, content jsonb)',
  'text',
  { as: 'owner' },
  `
declare
  s auth.session;
begin
  select x.* into s from auth.session x where x.user_id = sync.me() and encode(auth.bundle_key(x.token_hash, 'name'), 'hex') = header->>'key';
  return auth.seal_file('PROVOST-RECEIPT 1', header, content::text, s.token_hash);
end`,
);

const bring = fn(
  'api.bring(token text, protocol integer, bundle text, is_rehearsal boolean)',
  'jsonb',
  { as: 'engine' },
  `
declare
  carrier uuid;
  carrier_name text;
  carrier_rank integer;
  carrier_programs uuid[];
  opened jsonb;
  header jsonb;
  mutations json;
  device uuid;
  last bigint;
  facts jsonb;
  done jsonb;
  r jsonb;
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  if protocol < ${minServerProtocol} then return jsonb_build_object('err', 'protocol-too-old'); end if;
  if octet_length(bundle) > 2 * ${largestText} then return jsonb_build_object('err', 'too-large'); end if;
  carrier := sync.me(); carrier_name := auth.name_of(carrier); carrier_rank := sync.my_rank(); carrier_programs := sync.my_programs(1);
  if not is_rehearsal then perform auth.seen(token); end if;
  opened := auth.open_bundle(bundle);
  if opened ? 'err' then return opened; end if;
  if sync.me() <> carrier and (carrier_rank < 2 or (sync.my_programs(1) <> '{}' and not carrier_programs && sync.my_programs(1))) then
    return jsonb_build_object('err', 'not-carrier');
  end if;
  header := opened->'header';
  device := (header->>'deviceId')::uuid;
  mutations := (opened->>'content')::json->'mutations';
  if json_array_length(mutations) > ${largestRehearsal} or octet_length(mutations::text) > ${largestText} then return jsonb_build_object('err', 'too-large'); end if;
  facts := jsonb_build_object('userId', sync.me(), 'userName', opened->'authorName', 'deviceName', opened->'deviceName', 'at', header->'at',
    'changes', json_array_length(mutations));

  -- All of it is known: nothing is done twice, and the receipt is given again.
  select jsonb_build_object('at', (extract(epoch from max(k.at)) * 1000)::bigint, 'by', auth.name_of(max(k.result->>'carrier')::uuid),
      'results', jsonb_agg(jsonb_build_object('seq', (sync.head_of(m)->>'seq')::bigint, 'id', k.id) || (k.result - '{carrier,bundle}'::text[]) order by n))
    into done from json_array_elements(mutations) with ordinality x(m, n) join sync.mutation k on k.id = (sync.head_of(m)->>'id')::uuid and not k.alias
    having count(*) = json_array_length(mutations);
  if done is not null then
    return facts || jsonb_build_object('already', done - 'results', 'statuses', jsonb_path_query_array(done, '$.results[*].status'),
      'receipt', case when not is_rehearsal then auth.receipt(header, jsonb_build_object('results', done->'results')) end);
  end if;

  if is_rehearsal then
    select d.last_seq into last from sync.device d where d.id = device;
    if (sync.head_of(mutations->0)->>'seq')::bigint > coalesce(last, 0) + 1 then return jsonb_build_object('err', 'gap'); end if;
    r := jsonb_build_object('results', sync.rehearse(mutations));
  else
    perform set_config('provost.carrier', carrier_name, true);
    r := sync.receive(device, mutations, jsonb_build_object('carrier', carrier, 'bundle', header->'id'));
    if r ? 'err' then return jsonb_build_object('err', r->'err'); end if;
  end if;
  -- What became of each is the author's to read: the carrier is told how many.
  return facts || jsonb_build_object('statuses', jsonb_path_query_array(r, '$.results[*].status'),
    'receipt', case when not is_rehearsal then auth.receipt(header, r) end);
end`,
);

export const bundleSql = (): string => [key, sealed, open, receipt, bring].join('\n');
