import { z } from 'zod';
import { filter, type Filter } from '../contract/requests';
import type { Entity } from '../model';
import { factsOf } from './facts';

/** What is kept of a view under its name: `saved_views` (one person's) and `shared_views` (a program's) hold it as JSON. */

const field = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);

const definition = z.object({
  /** Every column in its place; null: as the grid shows them at first. Pixels. */
  columns: z
    .array(z.object({ field, width: z.number().optional(), isHidden: z.boolean().default(false) }))
    .max(200)
    .nullable()
    .default(null),
  /** Null: the entity's own order. */
  sort: z
    .array(z.object({ field, descending: z.boolean() }))
    .max(5)
    .nullable()
    .default(null),
  /** A filter can be switched off without losing it. */
  filters: z
    .array(z.object({ filter, isOff: z.boolean().default(false) }))
    .max(50)
    .default([]),
  search: z.string().max(200).default(''),
  group: field.nullable().default(null),
  /** What is told about all rows, under the grid. */
  figures: z
    .array(z.object({ field, of: z.enum(['filled', 'sum', 'average', 'min', 'max']) }))
    .max(20)
    .default([]),
});

export type ViewDefinition = z.output<typeof definition>;
export type KeptFilter = ViewDefinition['filters'][number];
export type ViewColumn = NonNullable<ViewDefinition['columns']>[number];
export type Figure = ViewDefinition['figures'][number];

export const plainView: ViewDefinition = definition.parse({});

/** Reads what was kept, perhaps by an older or a newer console: what this entity does not know is left out. */
export function readDefinition(entity: Entity, fields: ReadonlySet<string>, value: unknown): ViewDefinition {
  const read = definition.safeParse(value);
  if (!read.success) return plainView;
  const { columns, sort, filters, group, figures, search } = read.data;
  const isKnown = (one: { field: string }): boolean => fields.has(one.field);
  return {
    columns: columns?.filter(isKnown) ?? null,
    sort: sort?.filter(isKnown) ?? null,
    filters: filters.flatMap((one) => (knows(one.filter, entity, fields) ? [one] : [])),
    group: group !== null && fields.has(group) ? group : null,
    figures: figures.filter(isKnown),
    search,
  };
}

function knows(one: Filter, entity: Entity, fields: ReadonlySet<string>): boolean {
  if ('field' in one) return fields.has(one.field);
  if ('fact' in one) return factsOf(entity.name).some(([name]) => name === one.fact);
  return ('any' in one ? one.any : one.all).every((part) => knows(part, entity, fields));
}
