import type { Condition } from '../../../shared/contract/requests';
import type { Field } from '../../../shared/model';
import { lookOf } from '../columns';

/** The filter that leaves only rows with this value in the column; null where a column cannot be filtered so. */
export function filterBy(name: string, field: Field, value: unknown): Condition[] | null {
  if (value === null || value === '') return [{ field: name, test: 'empty' }];
  switch (lookOf(field).filter) {
    case 'set':
      return [{ field: name, test: 'in', value: [value] }];
    case 'number':
    case 'day':
      return [{ field: name, test: 'between', value: [value, value] }];
    case 'words':
      return Array.isArray(value) ? null : [{ field: name, test: 'is', value }];
    case 'moment':
    case 'presence':
      return null;
  }
}
