-- The audit trail by months. Hand-written; append-only like every migration.
-- Months are ranges of ids, not of times: ids follow the order in which a chain is made, so whole months can be archived from its beginning
-- without breaking what follows, an id stays unique, and looking for what is not yet sealed reads one partition. The last month has no end,
-- so an entry always finds its place, also where nobody ever runs `tidy`.

-- Which ids a partition holds: from_id up to, not including, to_id.
CREATE TABLE audit.month (
  name text PRIMARY KEY CHECK (name ~ '^[0-9]{4}_[0-9]{2}$'),
  from_id bigint,
  to_id bigint
);
--> statement-breakpoint
-- Where each chain begins here, once entries before were archived.
CREATE TABLE audit.base (
  program_id uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
--> statement-breakpoint
-- What was taken out of this database by `tidy`, and where to.
CREATE TABLE audit.removal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  db_user text NOT NULL DEFAULT session_user,
  kind text NOT NULL CHECK (kind IN ('audit', 'notifications', 'sessions')),
  rows bigint NOT NULL,
  file text,
  sha256 text
);
--> statement-breakpoint
ALTER TABLE audit.entry RENAME TO entry_before;
--> statement-breakpoint
ALTER TABLE audit.seal RENAME TO seal_before;
--> statement-breakpoint
CREATE TABLE audit.entry (LIKE audit.entry_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id);
--> statement-breakpoint
CREATE TABLE audit.seal (LIKE audit.seal_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (entry_id);
--> statement-breakpoint
WITH firsts AS (
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY_MM') AS name, min(id) AS first FROM audit.entry_before GROUP BY 1),
rising AS (
  SELECT name, max(first) OVER (ORDER BY name) AS from_id FROM firsts),
-- A month ends only where every chain does: no link before the bound may be younger than one after it, or still to come.
sound AS (
  SELECT name, from_id FROM rising r
    WHERE NOT EXISTS (SELECT FROM audit.seal_before s GROUP BY s.program_id
        HAVING max(s.seq) FILTER (WHERE s.entry_id < r.from_id) > min(s.seq) FILTER (WHERE s.entry_id >= r.from_id))
      AND NOT (EXISTS (SELECT FROM audit.seal_before s WHERE s.entry_id >= r.from_id)
        AND EXISTS (SELECT FROM audit.entry_before e WHERE e.id < r.from_id AND NOT EXISTS (SELECT FROM audit.seal_before s WHERE s.entry_id = e.id)))),
months AS (
  SELECT DISTINCT ON (from_id) name, from_id FROM sound ORDER BY from_id, name DESC)
INSERT INTO audit.month (name, from_id, to_id)
  SELECT name, nullif(from_id, min(from_id) OVER ()), lead(from_id) OVER (ORDER BY from_id) FROM months
  UNION ALL
  SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM'), NULL, NULL WHERE NOT EXISTS (SELECT FROM months);
--> statement-breakpoint
DO $do$
DECLARE
  m record;
  t text;
BEGIN
  FOR m IN SELECT name, coalesce(from_id::text, 'MINVALUE') AS low, coalesce(to_id::text, 'MAXVALUE') AS high FROM audit.month LOOP
    FOREACH t IN ARRAY ARRAY['entry', 'seal'] LOOP
      EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.%I FOR VALUES FROM (%s) TO (%s)', t || '_' || m.name, t, m.low, m.high);
    END LOOP;
  END LOOP;
END
$do$;
--> statement-breakpoint
INSERT INTO audit.entry SELECT * FROM audit.entry_before;
--> statement-breakpoint
INSERT INTO audit.seal SELECT * FROM audit.seal_before;
--> statement-breakpoint
CREATE SEQUENCE audit.entry_seq;
--> statement-breakpoint
SELECT setval('audit.entry_seq', greatest(1, s.last_value), s.is_called) FROM audit.entry_id_seq s;
--> statement-breakpoint
-- The function that turns an entry into text goes along, and comes back for the moment until the release makes it anew.
DROP TABLE audit.entry_before CASCADE;
--> statement-breakpoint
DROP TABLE audit.seal_before;
--> statement-breakpoint
ALTER TABLE audit.entry ALTER COLUMN id SET DEFAULT nextval('audit.entry_seq'), ADD CONSTRAINT entry_pkey PRIMARY KEY (id);
--> statement-breakpoint
CREATE INDEX entry_row_idx ON audit.entry (tbl, row_id, id);
--> statement-breakpoint
CREATE INDEX entry_mutation_idx ON audit.entry (mutation_id);
--> statement-breakpoint
ALTER TABLE audit.seal ADD CONSTRAINT seal_pkey PRIMARY KEY (entry_id);
--> statement-breakpoint
CREATE INDEX seal_chain_idx ON audit.seal (program_id, seq);
--> statement-breakpoint
CREATE FUNCTION audit.canonical(e audit.entry) RETURNS text LANGUAGE sql STABLE AS $fn$
SELECT jsonb_build_array(e.id, (extract(epoch FROM e.at) * 1000)::bigint, e.program_id, e.user_id, e.device_id, e.mutation_id, e.via, e.db_user,
  e.tbl, e.row_id, e.action, e.old_version, e.new_version, e.changes, e.reason)::text
$fn$;
--> statement-breakpoint
-- Desks that push in the moment until then: the same walls as before.
DO $do$
BEGIN
  IF to_regprocedure('sync.in_my_head(smallint, uuid)') IS NULL THEN RETURN; END IF;
  ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY owner_all ON audit.entry TO provost_owner USING (true) WITH CHECK (true);
  CREATE POLICY engine_read ON audit.entry FOR SELECT TO provost_engine USING (sync.in_my_head(tbl, row_id));
  GRANT SELECT ON audit.entry TO provost_engine;
END
$do$;
--> statement-breakpoint
UPDATE sync.release SET sql_hash = '';
