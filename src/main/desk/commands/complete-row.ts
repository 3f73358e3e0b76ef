import { entityOf, type EntityName } from '../../../shared/entities';
import { slugOf } from '../../../shared/rules/validate';
import { isMasked } from '../../../shared/rules/masking';
import { orderingOf, siblingsOf } from '../queries/siblings';
import type { Draft } from './draft';

/** A new row's values with everything filled in that follows: defaults, the program's currency, a slug, the last place among its siblings. */
export function completed(draft: Draft, name: EntityName, given: Record<string, unknown>): Record<string, unknown> {
  const entity = entityOf(name);
  const values: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    const declared = entity.fields[field];
    const isEmpty = value === '' || value === null || value === undefined || isMasked(value);
    // What the system keeps is not sent: the server fills it in.
    if (isEmpty || declared?.options.readOnly || declared?.kind === 'generated') continue;
    values[field] = value;
  }
  const programId = values['programId'] ?? parentProgram(draft, name, values);
  if (entity.fields['programId'] && programId) values['programId'] = programId;
  for (const [field, { kind, options }] of Object.entries(entity.fields)) {
    if (values[field] !== undefined || options.readOnly) continue;
    if (kind === 'currency') values[field] = programCurrency(draft, programId) ?? options.default;
    else if (kind === 'slug' && 'from' in options && options.from && typeof values[options.from] === 'string') {
      values[field] = slugOf(values[options.from] as string);
    } else if (kind !== 'order' && options.default !== undefined) values[field] = options.default;
  }
  for (const field of Object.keys(values)) if (values[field] === undefined) delete values[field];
  return placedLast(draft, name, values);
}

/** A part belongs to the program of what it is a part of. */
function parentProgram(draft: Draft, name: EntityName, values: Record<string, unknown>): unknown {
  for (const [field, declared] of Object.entries(entityOf(name).fields)) {
    if (declared.kind !== 'reference' || field === 'programId' || typeof values[field] !== 'string') continue;
    const parent = entityOf(declared.options.to as EntityName);
    if (parent.scope !== 'program') continue;
    const row = draft.now(parent.name as EntityName, values[field]);
    if (row) return row['programId'];
  }
  return undefined;
}

function programCurrency(draft: Draft, programId: unknown): unknown {
  return typeof programId === 'string' ? (draft.now('programs', programId)?.['currency'] ?? undefined) : undefined;
}

function placedLast(draft: Draft, name: EntityName, values: Record<string, unknown>): Record<string, unknown> {
  const ordering = orderingOf(entityOf(name));
  if (!ordering || values[ordering.field] !== undefined) return values;
  const group = `last ${name} ${String(values['programId'])} ${String(values[ordering.within])}`;
  const last = draft.memo(group, () =>
    Math.max(0, ...siblingsOf(draft.context.db, name, values).map((s) => s.position)),
  );
  draft.remember(group, last + 1);
  return { ...values, [ordering.field]: last + 1 };
}
