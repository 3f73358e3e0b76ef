-- What the central database keeps beside the entities: sessions, the change log, what desks sent, and the audit trail.
-- Hand-written; append-only like every migration. Functions, triggers, policies and grants are generated (src/central/sql).

CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE SCHEMA "sync";
--> statement-breakpoint
CREATE SCHEMA "audit";
--> statement-breakpoint
CREATE SCHEMA "api";
--> statement-breakpoint

-- Passwords. In a table of their own, so that no row that travels to a desk ever holds one.
CREATE TABLE auth.credential (
  user_id uuid PRIMARY KEY REFERENCES app.users (id),
  password_hash text NOT NULL,
  must_change boolean NOT NULL DEFAULT false,
  changed_at timestamptz(3) NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- Only the hash of a token is kept: whoever reads this table cannot use what they find.
CREATE TABLE auth.session (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES app.users (id),
  device_id uuid,
  device_name text,
  client text,
  address text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  revoked_at timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX session_user_idx ON auth.session (user_id);
--> statement-breakpoint
-- Failed sign-ins, per account ("a:" and the hash of the email, known or not) and per address ("i:").
CREATE TABLE auth.attempt (
  key text PRIMARY KEY,
  failures integer NOT NULL DEFAULT 0,
  since timestamptz(3) NOT NULL DEFAULT now(),
  locked_until timestamptz(3)
);
--> statement-breakpoint

-- The change log: one row per scope, table and row. op: P put, D deleted, L left the scope. x: the transaction that wrote it.
CREATE TABLE sync.head (
  class smallint NOT NULL,
  owner uuid NOT NULL,
  tbl smallint NOT NULL,
  row_id uuid NOT NULL,
  x xid8 NOT NULL DEFAULT pg_current_xact_id(),
  op "char" NOT NULL DEFAULT 'P',
  PRIMARY KEY (class, owner, tbl, row_id)
) WITH (fillfactor = 85);
--> statement-breakpoint
CREATE INDEX head_x_idx ON sync.head (class, owner, x, tbl, row_id);
--> statement-breakpoint
CREATE INDEX head_row_idx ON sync.head (tbl, row_id);
--> statement-breakpoint
CREATE TABLE sync.device (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  last_seq bigint NOT NULL DEFAULT 0,
  first_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  last_push_at timestamptz(3)
);
--> statement-breakpoint
-- What became of every mutation. alias: the same mutation sent again under another number, after a desk was restored from a backup.
CREATE TABLE sync.mutation (
  device_id uuid NOT NULL REFERENCES sync.device (id),
  seq bigint NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  alias boolean NOT NULL DEFAULT false,
  result jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (device_id, seq)
);
--> statement-breakpoint
CREATE UNIQUE INDEX mutation_id_idx ON sync.mutation (id) WHERE NOT alias;
--> statement-breakpoint
CREATE INDEX mutation_at_idx ON sync.mutation (at);
--> statement-breakpoint
-- One row: which generated SQL is in place, and how often the database was restored from a backup.
CREATE TABLE sync.release (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  sql_hash text NOT NULL DEFAULT '',
  applied_at timestamptz(3),
  restored integer NOT NULL DEFAULT 0
);
--> statement-breakpoint
INSERT INTO sync.release DEFAULT VALUES;
--> statement-breakpoint

-- Who did what. Written by triggers; no role may change or delete an entry.
CREATE TABLE audit.entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  program_id uuid,
  user_id uuid,
  device_id uuid,
  mutation_id uuid,
  via text,
  db_user text NOT NULL,
  tbl smallint NOT NULL,
  row_id uuid NOT NULL,
  action text NOT NULL CHECK (action IN ('insert', 'update', 'delete', 'restore', 'reveal')),
  old_version bigint,
  new_version bigint,
  changes jsonb NOT NULL DEFAULT '{}',
  reason text
);
--> statement-breakpoint
CREATE INDEX entry_row_idx ON audit.entry (tbl, row_id, id);
--> statement-breakpoint
CREATE INDEX entry_mutation_idx ON audit.entry (mutation_id);
--> statement-breakpoint
-- One chain of hashes per program (and one for what belongs to none). Entries are sealed after they were committed, in batches.
CREATE TABLE audit.seal (
  entry_id bigint PRIMARY KEY,
  program_id uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (program_id, seq)
);
--> statement-breakpoint
-- The end of each chain.
CREATE TABLE audit.chain (
  program_id uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
--> statement-breakpoint
-- One row: every entry up to `low` is sealed. `next_low` becomes `low` once every transaction before `next_after` has ended.
CREATE TABLE audit.progress (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  low bigint NOT NULL DEFAULT 0,
  next_low bigint NOT NULL DEFAULT 0,
  next_after xid8
);
--> statement-breakpoint
INSERT INTO audit.progress DEFAULT VALUES;
