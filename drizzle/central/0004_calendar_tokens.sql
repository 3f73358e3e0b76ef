-- Tokens of mentors' calendars elsewhere, encrypted under a key this database does not hold. Beside the entities, so that no row that
-- travels to a desk ever holds one.
CREATE TABLE auth.calendar_token (
  connection_id uuid PRIMARY KEY REFERENCES app.calendar_connections (id),
  access_token bytea NOT NULL,
  refresh_token bytea,
  changed_at timestamptz(3) NOT NULL DEFAULT now()
);
