import type { SessionFacts } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { useQuestion } from '../../client/hooks';
import { EntityForm } from '../../forms/entity-form';
import { objectsOf, type Lookups } from '../../forms/lookups';
import { ErrorState, LoadingState } from '../../ui/states';
import type { Companion } from './companions';

interface CompanionTabProps {
  companion: Companion;
  row: AnyRow;
  user: SessionFacts;
  lookups: Lookups;
  onBack: () => void;
}

/** The one row of another entity that belongs to this record, or the form that adds it. */
export function CompanionTab({ companion: { entity, field }, row, user, lookups, onBack }: CompanionTabProps) {
  const { data, error, refetch } = useQuestion('rows.page', {
    view: { entity: entity.name as EntityName, where: [{ field, test: 'is', value: row.id }] },
    from: 0,
    count: 1,
  });
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState rows={6} />;
  const [own] = objectsOf(data);
  const given = { [field]: row.id, ...(entity.scope === 'program' ? { programId: row['programId'] } : {}) };
  return (
    <EntityForm
      key={own?.id ?? 'new'}
      {...{ entity, user, lookups, given }}
      row={own ?? null}
      titles={data.titles}
      title={entity.labels.one}
      focus={null}
      without={Object.keys(given)}
      onSaved={() => void refetch()}
      onCancel={onBack}
    />
  );
}
