/** Everything a database holds, as one hash for each table and the state of each sequence: to prove that nothing changed. */
import type pg from 'pg';

export async function everything(sql: pg.Client): Promise<Record<string, string>> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('app', 'auth', 'sync', 'audit', 'drizzle') order by 1`,
  );
  const { rows: sequences } = await sql.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and n.nspname in ('app', 'auth', 'sync', 'audit', 'drizzle') order by 1`,
  );
  const parts = [
    ...tables.map(
      ({ name }) =>
        `select '${name}' as name, coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as state from ${name} t`,
    ),
    ...sequences.map(({ name }) => `select '${name}', last_value || ' ' || is_called from ${name}`),
  ];
  const { rows } = await sql.query<{ name: string; state: string }>(parts.join('\nunion all '));
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}
