import { entityOf } from '../../../shared/entities';
import { maskRow } from '../../../shared/rules/masking';
import type { Query } from '../context';
import { readRow } from '../local/rows';

/** Whole rows in the order asked for, masked; rows that are not here are left out. */
export const readRowsById: Query<'rows.read'> = ({ read }, { entity, ids }) =>
  ids.flatMap((id) => {
    const row = readRow(read, entity, id);
    return row ? [maskRow(entityOf(entity), row)] : [];
  });
