import { useMemo } from 'react';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { useQuestion } from '../../client/hooks';

/** The rows of one mentor; undefined while they are on their way. */
export function useRowsOf(entity: EntityName, mentorId: string | null): AnyRow[] | undefined {
  const { data } = useQuestion(
    'rows.page',
    { view: { entity, where: [{ field: 'mentorId', test: 'is', value: mentorId }] }, from: 0, count: 200 },
    { enabled: mentorId !== null },
  );
  return useMemo(
    () => data?.rows.map((row) => Object.fromEntries(data.fields.map((field, at) => [field, row[at]])) as AnyRow),
    [data],
  );
}
