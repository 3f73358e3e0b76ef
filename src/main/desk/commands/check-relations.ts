import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { columnOf, type AnyRow, type Entity, type FieldOf } from '../../../shared/model';
import { canonicalJson, sameValue } from '../../../shared/rules/canonical-json';
import { dayBefore, overlapping, type PriceRow } from '../../../shared/rules/pricing';
import { dateText } from '../../../shared/rules/date-text';
import { moneyText } from '../../../shared/rules/number-text';
import type { Readable } from '../local/handles';
import { encode } from '../local/storage';
import { statement } from '../local/statements';
import type { Steps } from '../steps';
import { titleOf } from '../queries/titles';
import { pricesOf } from '../queries/prices';
import type { Draft, DraftRow } from './draft';

/**
 * How the drafted rows stand to others: references, options, uniqueness, prices. Early help: the central database decides, and knows rows
 * that are not on this desk.
 */
export function* checkRelations(draft: Draft): Steps<void> {
  for (const row of draft.rows.values()) {
    checkRow(draft, row);
    yield;
  }
  checkUnique(draft);
}

/** One drafted row against what it refers to. */
export function checkRow(draft: Draft, { entity: name, before, after, path }: DraftRow): void {
  if (!after) return;
  const entity = entityOf(name);
  for (const [field, declared] of Object.entries(entity.fields)) {
    const value = after[field];
    if (typeof value !== 'string' || (before && sameValue(value, before[field]))) continue;
    const problem =
      declared.kind === 'reference' && !declared.options.readOnly
        ? referenceProblem(draft, entity, declared, after, value)
        : declared.kind === 'option'
          ? optionProblem(draft, declared, after, value)
          : null;
    if (problem) draft.issue(path, field, problem);
  }
  if (name === 'facility_course_pricing') checkPrice(draft, after, path);
}

function referenceProblem(
  draft: Draft,
  entity: Entity,
  field: FieldOf<'reference'>,
  row: AnyRow,
  id: string,
): string | null {
  const { to, where, label } = field.options;
  if (!isEntityName(to)) return null;
  // Thousands of rows refer to the same few.
  const target = draft.rows.get(`${to} ${id}`)?.after ?? draft.memo(`row ${to} ${id}`, () => draft.now(to, id));
  const { one } = entityOf(to).labels;
  if (!target)
    return `“${label}”: that ${one.toLowerCase()} is not there any more, or is not in the data on this computer. Choose another.`;
  if (entity.scope === 'program' && entityOf(to).scope === 'program' && target['programId'] !== row['programId']) {
    return `“${label}” belongs to another program. Choose one of the same program.`;
  }
  const unfit = Object.entries(where ?? {}).find(([key, allowed]) => !allowed.includes(String(target[key])));
  return unfit
    ? `“${label}” cannot be ${titleOf(draft.context.db, to, id) || 'that'}: its ${unfit[0]} must be ${unfit[1].join(' or ').replaceAll('_', ' ')}.`
    : null;
}

function optionProblem(draft: Draft, field: FieldOf<'option'>, row: AnyRow, code: string): string | null {
  const { optionKind, label } = field.options;
  const programId = row['programId'];
  const codes = draft.memo(`codes ${String(programId)} ${optionKind}`, () => {
    const known = statement(
      draft.context.db,
      'select code from program_options where program_id = ? and option_kind = ? and is_active = 1',
    )
      .pluck()
      .all(programId, optionKind) as string[];
    const drafted = [...draft.rows.values()].flatMap(({ entity, after }) =>
      entity === 'program_options' && after?.['optionKind'] === optionKind ? [String(after['code'])] : [],
    );
    return [...known, ...drafted];
  });
  return codes.length === 0 || codes.includes(code)
    ? null
    : `“${label}”: this program has no “${code}”. Choose one of ${codes.join(', ')}.`;
}

function checkPrice(draft: Draft, row: AnyRow, path: string): void {
  const wanted = row as unknown as PriceRow;
  // What is not filled in is told by itself; without it there is nothing to compare.
  if (!wanted.facilityId || !wanted.courseId || !wanted.effectiveDate) return;
  const place = (price: PriceRow): string => `${price.facilityId} ${price.courseId}`;
  const stored = draft.memo(`prices ${place(wanted)}`, () =>
    pricesOf(draft.context.db, wanted.courseId, wanted.facilityId).filter(
      (price) =>
        !draft.rows.has(`facility_course_pricing ${price.id}`) &&
        !draft.going.get('facility_course_pricing')?.has(price.id),
    ),
  );
  const drafted = draft.memo('drafted prices', () =>
    Map.groupBy(
      [...draft.rows.values()].flatMap(({ entity, after }) =>
        entity === 'facility_course_pricing' && after ? [after as unknown as PriceRow] : [],
      ),
      place,
    ),
  );
  const [other] = overlapping([...stored, ...(drafted.get(place(wanted)) ?? [])], wanted);
  if (!other) return;
  const until = other.endDate ? ` until ${dateText(other.endDate, 'en')}` : ', until further notice';
  draft.issue(
    path,
    'effectiveDate',
    `There is a price for this combination already: ${moneyText(other.price, other.currency, 'en')} from ${dateText(other.effectiveDate, 'en')}${until}. ${wayOut(other, wanted)}, or choose other days.`,
  );
}

/** Which of two prices can end the day before the other begins. */
const wayOut = (other: PriceRow, wanted: PriceRow): string =>
  other.effectiveDate < wanted.effectiveDate
    ? `End that price on ${dateText(dayBefore(wanted.effectiveDate), 'en')}`
    : other.effectiveDate > wanted.effectiveDate
      ? `End this one on ${dateText(dayBefore(other.effectiveDate), 'en')}`
      : 'Change that one';

/** Above this many rows the keys of the whole table are read once instead of looked up one by one. */
const manyRows = 40;

/** All drafted rows against each other and against those that are there. */
export function checkUnique(draft: Draft): void {
  const byEntity = Map.groupBy(draft.rows.values(), (row) => row.entity);
  for (const [name, drafted] of byEntity) {
    const rows = drafted.flatMap(({ after, before, path }) => (after ? [{ after, before, path }] : []));
    for (const fields of entityOf(name).unique) checkOneUnique(draft, name, fields, rows);
  }
}

function checkOneUnique(
  draft: Draft,
  name: EntityName,
  fields: readonly string[],
  rows: readonly { after: AnyRow; before: AnyRow | null; path: string }[],
): void {
  const entity = entityOf(name);
  const db = draft.context.db;
  const taken = new Map<string, string>();
  const lookUp = rows.length > manyRows ? allKeys(db, name, fields) : null;
  for (const { after, before, path } of rows) {
    if (fields.some((field) => after[field] === null || after[field] === undefined)) continue;
    const key = keyOf(entity, fields, after);
    const clash = taken.get(key) ?? otherRow(draft, name, fields, after, lookUp?.get(key));
    taken.set(key, after.id);
    if (!clash || (before && keyOf(entity, fields, before) === key)) continue;
    const shown = fields.filter((field) => field !== 'programId');
    const labels = shown.map((field) => `“${entity.fields[field]!.options.label}”`).join(' and ');
    const title = titleOf(db, name, clash);
    draft.issue(
      path,
      shown.at(-1)!,
      `${labels}: another ${entity.labels.one.toLowerCase()}${title ? ` (${title})` : ''} has the same. Choose another value.`,
    );
  }
}

/** A row not in the draft that has the same key. Drafted rows are compared as they will be, so that two may swap values. */
function otherRow(
  draft: Draft,
  name: EntityName,
  fields: readonly string[],
  row: AnyRow,
  known: string[] | undefined,
): string | undefined {
  const entity = entityOf(name);
  const ids =
    known ??
    (statement(
      draft.context.db,
      `select id from ${name} where ${fields.map((field) => (isFolded(entity, field) ? `lower(${columnOf(field)}) = lower(?)` : `${columnOf(field)} = ?`)).join(' and ')} limit 10`,
    )
      .pluck()
      .all(...fields.map((field) => encode(entity.fields[field] ?? null, row[field]))) as string[]);
  return ids.find((id) => id !== row.id && !draft.rows.has(`${name} ${id}`) && !draft.going.get(name)?.has(id));
}

function allKeys(db: Readable, name: EntityName, fields: readonly string[]): Map<string, string[]> {
  const entity = entityOf(name);
  const rows = statement(
    db,
    `select id, ${fields.map((field) => `${columnOf(field)} as ${field}`).join(', ')} from ${name}`,
  ).all() as AnyRow[];
  const keys = new Map<string, string[]>();
  for (const row of rows) {
    const key = keyOf(entity, fields, row);
    const ids = keys.get(key);
    if (ids) ids.push(row.id);
    else keys.set(key, [row.id]);
  }
  return keys;
}

/** Addresses are the same in small and capital letters. */
const isFolded = (entity: Entity, field: string): boolean =>
  entity.fields[field]?.kind === 'email' || field === 'username';

const keyOf = (entity: Entity, fields: readonly string[], row: AnyRow): string =>
  canonicalJson(
    fields.map((field) => (isFolded(entity, field) ? String(row[field]).toLowerCase() : (row[field] ?? null))),
  );
