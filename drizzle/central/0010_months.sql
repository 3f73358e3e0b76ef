-- Sessions, sign-ins and notifications by months, as the audit trail has them. Hand-written; append-only like every migration.
-- A month is a range of ids (UUIDs of version 7 begin with their time), so the key of a row stays its id and looking one up is one probe of
-- one month's index. `_earlier` takes what is older than the first month or was made with an id without a time; the last month has no end.

-- Desks wait for the release that follows: until then, nobody would hear of a row.
REVOKE USAGE ON SCHEMA api FROM provost_client;
--> statement-breakpoint
ALTER TABLE auth.session RENAME TO session_before;
--> statement-breakpoint
ALTER TABLE app.notifications RENAME TO notifications_before;
--> statement-breakpoint
CREATE TABLE auth.session (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  LIKE auth.session_before INCLUDING DEFAULTS
) PARTITION BY RANGE (id);
--> statement-breakpoint
CREATE TABLE app.notifications (LIKE app.notifications_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id);
--> statement-breakpoint
-- Who signed in, or tried to, from where. Repeated refusals of one account from one address are one row. Without an account, only the address is kept:
-- what was typed for an email may be a password.
CREATE TABLE auth.sign_in (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id uuid,
  outcome text NOT NULL CHECK (outcome IN ('signed-in', 'wrong-password', 'locked-out', 'pending', 'suspended', 'no-console-access')),
  times integer NOT NULL DEFAULT 1,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  last_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  device_id uuid,
  device_name text,
  client text,
  address text
) PARTITION BY RANGE (id);
--> statement-breakpoint
DO $do$
DECLARE
  t record;
  m record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('app', 'notifications', (SELECT min(created_at) FROM app.notifications_before)),
    ('auth', 'session', (SELECT min(created_at) FROM auth.session_before)),
    ('auth', 'sign_in', NULL)) v (schema, name, first) LOOP
    FOR m IN
      SELECT to_char(s, 'YYYY_MM') AS month, lpad(to_hex((extract(epoch FROM s AT TIME ZONE 'UTC') * 1000)::bigint), 12, '0') || '00000000000000000000' AS low,
          lpad(to_hex((extract(epoch FROM lead(s) OVER (ORDER BY s) AT TIME ZONE 'UTC') * 1000)::bigint), 12, '0') || '00000000000000000000' AS high,
          row_number() OVER (ORDER BY s) = 1 AS is_first
        FROM generate_series(date_trunc('month', least(coalesce(t.first, now()), now()) AT TIME ZONE 'UTC'), now() AT TIME ZONE 'UTC', interval '1 month') s LOOP
      IF m.is_first THEN
        EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES FROM (MINVALUE) TO (%L)', t.schema, t.name || '_earlier', t.schema, t.name, m.low::uuid);
      END IF;
      EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES FROM (%L) TO (%s)', t.schema, t.name || '_' || m.month, t.schema, t.name, m.low::uuid,
        coalesce(quote_literal(m.high::uuid), 'MAXVALUE'));
    END LOOP;
  END LOOP;
END
$do$;
--> statement-breakpoint
-- Whoever is signed in stays so: their tokens name no id, so they are found by their hash as long as they last.
INSERT INTO auth.session
  SELECT (lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(token_hash::text), 1, 3) || '8' || substr(md5(token_hash::text), 4, 15))::uuid, s.*
    FROM auth.session_before s;
--> statement-breakpoint
INSERT INTO app.notifications SELECT * FROM app.notifications_before;
--> statement-breakpoint
DROP TABLE auth.session_before;
--> statement-breakpoint
-- What is made of its rows goes along, and comes back with the release.
DROP TABLE app.notifications_before CASCADE;
--> statement-breakpoint
ALTER TABLE auth.session ADD CONSTRAINT session_pkey PRIMARY KEY (id), ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users (id);
--> statement-breakpoint
CREATE INDEX session_token_idx ON auth.session (token_hash);
--> statement-breakpoint
CREATE INDEX session_user_idx ON auth.session (user_id);
--> statement-breakpoint
-- The audit trail names the desk of every entry.
CREATE INDEX session_device_idx ON auth.session (device_id);
--> statement-breakpoint
ALTER TABLE auth.sign_in ADD CONSTRAINT sign_in_pkey PRIMARY KEY (id), ADD CONSTRAINT sign_in_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users (id);
--> statement-breakpoint
CREATE INDEX sign_in_user_idx ON auth.sign_in (user_id, id);
--> statement-breakpoint
ALTER TABLE app.notifications ADD CONSTRAINT notifications_pkey PRIMARY KEY (id), ADD CONSTRAINT notifications_user_id_fk FOREIGN KEY (user_id) REFERENCES app.users (id);
--> statement-breakpoint
CREATE INDEX notifications_user_id_idx ON app.notifications USING btree (user_id);
--> statement-breakpoint
-- An act of its own in the audit trail: somebody ended somebody's sessions.
ALTER TABLE audit.entry DROP CONSTRAINT entry_action_check;
--> statement-breakpoint
ALTER TABLE audit.entry ADD CONSTRAINT entry_action_check CHECK (action IN ('insert', 'update', 'delete', 'restore', 'reveal', 'sign-out'));
--> statement-breakpoint
ALTER TABLE audit.removal DROP CONSTRAINT removal_kind_check;
--> statement-breakpoint
ALTER TABLE audit.removal ADD CONSTRAINT removal_kind_check CHECK (kind IN ('audit', 'notifications', 'sessions', 'sign-ins'));
--> statement-breakpoint
UPDATE sync.release SET sql_hash = '';
