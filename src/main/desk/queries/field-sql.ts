import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { columnOf, stampFields, type Entity, type Field, type FieldKind } from '../../../shared/model';
import { Refusal } from '../../../shared/contract/outcome';

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
  const parts = entity.title.flatMap((field) => {
    const facts = factsOf(entity, field);
    const sql = titlePart(facts, alias, depth);
    return sql === null ? [] : [{ sql, isName: facts.to !== null }];
  });
  if (parts.length <= 1) return parts[0]?.sql ?? "''";
  // What names another row stands apart; words of the row itself are one phrase.
  const joined = parts.map(({ sql, isName }, at) =>
    at === 0 ? sql : `'${isName || parts[at - 1]?.isName ? ', ' : ' '}' || ${sql}`,
  );
  return `trim(${joined.join(' || ')}, ', ')`;
}

function titlePart(facts: FieldFacts, alias: string, depth: number): string | null {
  const column = `${alias}.${facts.column}`;
  if (facts.to) {
    if (depth + 1 >= deepest) return null;
    return `coalesce(${referredTitle(facts.to, column, alias, depth)}, '')`;
  }
  if (facts.field?.kind === 'option') {
    return `coalesce(${optionLabel(facts.field.options.optionKind, column, alias)}, '')`;
  }
  return `coalesce(${column}, '')`;
}

/** What the program of a row calls one of its options; the code where it has no name for it. */
export const optionLabel = (optionKind: string, column: string, alias: string): string =>
  `coalesce((select o.label from program_options o where o.program_id = ${alias}.program_id and o.option_kind = ${quoted(optionKind)} and o.code = ${column}), ${column})`;

/** Of words from declarations only. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The title of the row a column refers to; null where that row is not here. */
export const referredTitle = (to: EntityName, column: string, alias: string, depth = 0): string => {
  const inner = `${alias}_`;
  const title = `(select ${titleSql(to, inner, depth + 1)} from ${to} ${inner} where ${inner}.id = ${column})`;
  return to === 'users' ? `coalesce(${title}, ${nameFromSession(column)})` : title;
};

/** The name of somebody who may have acted here and whose account is not here, as the session's facts have it. */
export const nameFromSession = (user: string): string =>
  `(select n.value from meta m, json_each(m.value, '$.names') n where m.key = 'session' and n.key = ${user})`;
