import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type Entity, type FieldKind } from '../../../shared/model';
import { storedAs, type Stored } from './storage';

/**
 * The SQLite table of an entity, from its declaration.
 *
 * A table has no constraints on its fields: those belong to the central database, and a swap of two rows arrives in two statements. An
 * integer key stands beside the id: indexes on it are a quarter of the size, and a view of a million rows is an array of integers.
 */
export function tableOf(name: EntityName) {
  const entity = entityOf(name);
  const columns = {
    rid: integer('rid').primaryKey(),
    id: text('id').notNull().unique(),
    ...fieldColumns(entity),
    rowVersion: integer('row_version').notNull().default(0),
    createdAt: integer('created_at'),
    updatedAt: integer('updated_at'),
    createdBy: text('created_by'),
    updatedBy: text('updated_by'),
  };
  return sqliteTable(name, columns, (table) =>
    indexedFields(entity).map((fields) =>
      index([name, ...fields.map(columnOf)].join('_')).on(
        ...(fields.map((field) => (table as unknown as FieldColumns)[field]!) as [never]),
      ),
    ),
  );
}

const makers = {
  text: (column: string) => text(column),
  json: (column: string) => text(column),
  integer: (column: string) => integer(column),
  boolean: (column: string) => integer(column),
} satisfies Record<Stored, (column: string) => unknown>;

type FieldColumns = Record<string, ReturnType<(typeof makers)[Stored]>>;

const fieldColumns = (entity: Entity): FieldColumns =>
  Object.fromEntries(
    Object.entries(entity.fields).map(([name, field]) => [
      name,
      makers[storedAs[field.kind as FieldKind]](columnOf(name)),
    ]),
  );

/** What is looked up often: references, and siblings in their order. */
export function indexedFields(entity: Entity): string[][] {
  const ordered = new Map<string, string>();
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.kind === 'order') ordered.set(field.options.within, name);
  }
  const lists: string[][] = [...ordered].map(([within, order]) => [within, order]);
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.kind === 'reference' && !ordered.has(name)) lists.push([name]);
  }
  return lists;
}
