import type { AnyRow, Entity, Field } from '../model';

/**
 * Confidential text does not leave the desk's store unasked: in a row that was not revealed, a filled sensitive field reads `masked` and an
 * empty one null. A field that still reads `masked` cannot be saved.
 */
export const masked = { masked: true } as const;

export const isMasked = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { masked?: unknown }).masked === true;

export const maskValue = (field: Field | null | undefined, value: unknown): unknown =>
  field?.kind === 'sensitive' && value !== null && value !== undefined ? masked : value;

export const maskRow = (entity: Entity, row: AnyRow): AnyRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, maskValue(entity.fields[name], value)]),
  ) as AnyRow;

export const hasSensitive = (entity: Entity): boolean =>
  Object.values(entity.fields).some((field) => field.kind === 'sensitive');
