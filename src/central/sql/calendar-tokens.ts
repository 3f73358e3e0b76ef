/**
 * The tokens of mentors' calendars elsewhere: encrypted under a key that only the operator of the server has.
 *
 * Security: the key is a parameter and is stored nowhere; neither the engine nor a client may call these functions or read the table, and no
 * entity has a field for what is in it, so nothing of it can travel to a desk.
 */
import { fn } from './text';

const setToken = fn(
  'auth.set_calendar_token(connection uuid, access text, refresh text, key text)',
  'void',
  { as: 'owner' },
  `
begin
  if length(key) < 16 then raise exception 'The key must have at least 16 characters.'; end if;
  if not exists (select from app.calendar_connections c where c.id = connection and c.deleted_at is null) then
    raise exception 'There is no calendar connection of that id.';
  end if;
  insert into auth.calendar_token as t (connection_id, access_token, refresh_token)
    values (connection, ext.pgp_sym_encrypt(access, key, 'cipher-algo=aes256'), ext.pgp_sym_encrypt(refresh, key, 'cipher-algo=aes256'))
    on conflict on constraint calendar_token_pkey
      do update set access_token = excluded.access_token, refresh_token = excluded.refresh_token, changed_at = clock_timestamp();
end`,
);

const readToken = fn(
  'auth.read_calendar_token(connection uuid, key text)',
  'table (access text, refresh text)',
  { as: 'owner', kind: 'stable' },
  `
begin
  return query select ext.pgp_sym_decrypt(t.access_token, key), ext.pgp_sym_decrypt(t.refresh_token, key)
    from auth.calendar_token t where t.connection_id = connection;
end`,
);

const clearToken = fn(
  'auth.clear_calendar_token(connection uuid)',
  'boolean',
  { as: 'owner' },
  `
begin
  delete from auth.calendar_token t where t.connection_id = connection;
  return found;
end`,
);

/** A connection that was revoked or deleted has no use for its tokens. */
const forget = fn(
  'auth.forget_calendar_token()',
  'trigger',
  { as: 'owner' },
  `
begin
  if new.deleted_at is not null or new.status = 'revoked' then delete from auth.calendar_token t where t.connection_id = new.id; end if;
  return null;
end`,
);

export const calendarTokensSql = (): string =>
  [
    setToken,
    readToken,
    clearToken,
    forget,
    'create trigger t6_forget after update on app.calendar_connections for each row execute function auth.forget_calendar_token();',
  ].join('\n');
