import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Facts about this store, by key: `protocol`, `server`, `user`, `device_id`, `last_seq`, `epoch`, `last_sync_at`, `session` … */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text().notNull() });

/**
 * What a person did and what became of it. Nothing is ever removed before its final status has been journalled for 7 days.
 *
 * pending -> in-flight -> acknowledged -> done; or -> conflict | rejected -> done | discarded.
 * `seq` is given when the mutation first goes in flight, durably before it is sent: no holes, and the same number again after a lost answer.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    /** Local order of making. */
    position: integer().primaryKey({ autoIncrement: true }),
    mutationId: text('mutation_id').notNull().unique(),
    seq: integer(),
    at: integer().notNull(),
    label: text().notNull(),
    via: text().notNull(),
    /** `Op[]` of the contract as JSON. */
    ops: text().notNull(),
    state: text({
      enum: ['pending', 'in-flight', 'acknowledged', 'done', 'conflict', 'rejected', 'discarded'],
    }).notNull(),
    /** `MutationResult` as JSON, once known. */
    result: text(),
    settledAt: integer('settled_at'),
    /** `ScopeKey[]` as JSON: what this user must hold for the row contents quoted here to be kept. */
    scopes: text().notNull().default('[]'),
  },
  (t) => [index('outbox_state').on(t.state, t.position)],
);

/** Which rows each unfinished mutation touches: a row with an entry here in an active state is dirty. */
export const outboxRows = sqliteTable(
  'outbox_rows',
  { position: integer().notNull(), entity: text().notNull(), rowId: text('row_id').notNull() },
  (t) => [primaryKey({ columns: [t.entity, t.rowId, t.position] }), index('outbox_rows_position').on(t.position)],
);

/** The server's version of dirty rows only; `row` is null where the server has none (a row made here, or deleted there). */
export const baseRows = sqliteTable(
  'base_rows',
  { entity: text().notNull(), rowId: text('row_id').notNull(), row: text() },
  (t) => [primaryKey({ columns: [t.entity, t.rowId] })],
);

/** One step of undo per human action. `forward` and `inverse` are `Op[]` as JSON. */
export const undoLog = sqliteTable('undo_log', {
  id: integer().primaryKey({ autoIncrement: true }),
  mutationId: text('mutation_id').notNull(),
  at: integer().notNull(),
  label: text().notNull(),
  forward: text().notNull(),
  inverse: text().notNull(),
  rows: integer().notNull(),
  state: text({ enum: ['done', 'undone'] }).notNull(),
  /** As in the outbox. */
  scopes: text().notNull().default('[]'),
});

/** How far each scope has been read. Invariant: a snapshot is stored only in the transaction that makes its rows durable. */
export const cursors = sqliteTable('cursors', {
  scope: text().primaryKey(),
  /** `pg_snapshot` text; for a scope still loading, the snapshot taken before its first page. */
  snapshot: text().notNull(),
  state: text({ enum: ['loading', 'live', 'stale'] }).notNull(),
  /** While loading: `{entity: last id loaded | true when complete}` as JSON. */
  progress: text(),
});

/** Rows that may stand in several scopes (users, profiles): local while they stand in at least one. */
export const scopeRows = sqliteTable(
  'scope_rows',
  { entity: text().notNull(), rowId: text('row_id').notNull(), scope: text().notNull() },
  (t) => [primaryKey({ columns: [t.entity, t.rowId, t.scope] }), index('scope_rows_scope').on(t.scope)],
);
