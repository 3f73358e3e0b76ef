import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { columnOf, stampFields, type Entity, type Field, type FieldKind } from '../../../shared/model';
import { Refusal } from '../../../shared/contract/outcome';
import { folded } from '../local/fold';

/**
 * Fields as SQL. `alias` is the name a table has in the statement; column names come from declarations only, values are always bound.
 */

export interface FieldFacts {
  name: string;
  column: string;
  kind: FieldKind;
  /** For references. */
  to: EntityName | null;
  field: Field | null;
}

const stampKinds: Record<string, { kind: FieldKind; to?: EntityName }> = {
  id: { kind: 'text' },
  rowVersion: { kind: 'integer' },
  createdAt: { kind: 'timestamp' },
  updatedAt: { kind: 'timestamp' },
  createdBy: { kind: 'reference', to: 'users' },
  updatedBy: { kind: 'reference', to: 'users' },
};

/** @throws Refusal `invalid` where the entity has no such field */
export function factsOf(entity: Entity, name: string): FieldFacts {
  const field = Object.hasOwn(entity.fields, name) ? entity.fields[name]! : null;
  const stamp = stampKinds[name];
  if (!field && !stamp) {
    const message = `${entity.labels.many} have no field “${name}”. Choose another column.`;
    throw new Refusal({ kind: 'invalid', message, issues: [{ path: name, message }] });
  }
  const to = field?.kind === 'reference' ? field.options.to : stamp?.to;
  return {
    name,
    column: columnOf(name),
    kind: field?.kind ?? stamp!.kind,
    to: to !== undefined && isEntityName(to) ? to : null,
    field,
  };
}

export const referencesOf = (entity: Entity): FieldFacts[] =>
  [...Object.keys(entity.fields), ...stampFields]
    .map((name) => factsOf(entity, name))
    .filter((facts) => facts.to !== null);

const deepest = 2;

/** SQL for the text that names a row for people; references in it are resolved, one level down. */
export function titleSql(name: EntityName, alias: string, depth = 0): string {
  const entity = entityOf(name);
  const parts = entity.title
    .map((field) => titlePart(factsOf(entity, field), alias, depth))
    .filter((part) => part !== null);
  if (parts.length === 0) return "''";
  return parts.length === 1 ? parts[0]! : `trim(${parts.join(" || ' ' || ")})`;
}

function titlePart(facts: FieldFacts, alias: string, depth: number): string | null {
  const column = `${alias}.${facts.column}`;
  if (facts.to) {
    if (depth + 1 >= deepest) return null;
    return `coalesce(${referredTitle(facts.to, column, alias, depth)}, '')`;
  }
  if (facts.field?.kind === 'option') {
    const kind = facts.field.options.optionKind.replaceAll("'", "''");
    return `coalesce((select o.label from program_options o where o.program_id = ${alias}.program_id and o.option_kind = '${kind}' and o.code = ${column}), ${column}, '')`;
  }
  return `coalesce(${column}, '')`;
}

/** The title of the row a column refers to; null where that row is not here. */
export const referredTitle = (to: EntityName, column: string, alias: string, depth = 0): string => {
  const inner = `${alias}_`;
  return `(select ${titleSql(to, inner, depth + 1)} from ${to} ${inner} where ${inner}.id = ${column})`;
};

/** SQL to sort a field by: what a person reads, without case and accents. */
export function sortSql(facts: FieldFacts, alias: string): string {
  const column = `${alias}.${facts.column}`;
  switch (facts.kind) {
    case 'text':
    case 'markdown':
    case 'email':
    case 'url':
      return facts.name === 'id' ? column : folded(column);
    case 'reference':
      return facts.to ? folded(referredTitle(facts.to, column, alias)) : column;
    case 'list':
    case 'json':
      return folded(column);
    case 'sensitive':
      // Security: the order of rows must not tell what is masked.
      return `${column} is not null`;
    case 'slug':
    case 'integer':
    case 'money':
    case 'currency':
    case 'percent':
    case 'boolean':
    case 'choice':
    case 'option':
    case 'date':
    case 'timestamp':
    case 'time':
    case 'timeRange':
    case 'recurrence':
    case 'order':
    case 'generated':
      return column;
  }
}

/** SQL for the text a field is sorted by, before it is folded; null where it is not sorted as text, or as very long text. */
export function sortTextSql(facts: FieldFacts, alias: string): string | null {
  const column = `${alias}.${facts.column}`;
  if (facts.to) return referredTitle(facts.to, column, alias);
  return ['text', 'email', 'url'].includes(facts.kind) && facts.name !== 'id' ? column : null;
}
