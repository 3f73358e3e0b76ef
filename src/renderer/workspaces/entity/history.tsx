import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '../../../shared/contract/wire';
import { isEntityName } from '../../../shared/entities';
import type { AnyRow, Entity } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { useQuestion } from '../../client/hooks';
import { contextOf, type Lookups } from '../../forms/lookups';
import { provenance } from '../../grid/explain/provenance';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { endedText } from '../../../shared/rules/ended-text';
import css from './entity-page.module.css';
import { titlesOf } from '../../forms/titles';

interface HistoryProps {
  entity: Entity;
  row: AnyRow;
  lookups: Lookups;
}

/** Everything that happened to a record, newest first: what changed, by whom, how and when. */
export function History({ entity, row, lookups }: HistoryProps) {
  const { data, error, isPending, refetch } = useQuestion(
    'audit.read',
    { entity: entity.name as never, id: row.id, limit: 100 },
    { enabled: isEntityName(entity.name) },
  );
  const titles = useTitles(entity, data ?? []);
  if (error) {
    if (error.problem.kind === 'offline')
      return (
        <ErrorState
          problem={{
            kind: 'offline',
            message:
              'The history is kept by the central database. Everything else works; it is read again when the connection is back.',
          }}
          onRetry={() => void refetch()}
        />
      );
    return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  }
  if (isPending) return <LoadingState rows={6} label="Loading the history" />;
  if (data.length === 0) {
    return (
      <EmptyState title={row.rowVersion === 0 ? 'Not sent yet' : 'Nothing is recorded yet'}>
        {row.rowVersion === 0
          ? 'The history begins when the central database has received this record.'
          : 'Changes appear here with who made them, when and how.'}
      </EmptyState>
    );
  }
  return (
    <ol className={css.timeline}>
      {data.map((entry) => (
        <Step key={entry.id} {...{ entity, row, entry, lookups, titles }} />
      ))}
    </ol>
  );
}

const acts: Record<AuditEntry['action'], string> = {
  insert: 'Added',
  update: 'Changed',
  delete: 'Deleted',
  restore: 'Restored',
  reveal: 'Confidential details revealed',
  'sign-out': 'Sessions ended',
};

interface StepProps {
  entity: Entity;
  row: AnyRow;
  entry: AuditEntry;
  lookups: Lookups;
  titles: Readonly<Record<string, string>>;
}

function Step({ entity, row, entry, lookups, titles }: StepProps) {
  const { action, changes, reason } = entry;
  const text = (name: string, value: unknown): string => {
    const field = entity.fields[name];
    if (!field) return String(value ?? '');
    const shown = cellText(field, value, contextOf(lookups, entity, field, row, titles));
    return shown.length > 120 ? `${shown.slice(0, 120)}…` : shown;
  };
  const changed = Object.entries(changes).filter(([name]) => action === 'update' && name in entity.fields);
  return (
    <li className={css.step}>
      {changed.length === 0 && (
        <p className="medium">
          {action === 'sign-out' ? endedText(entry, String(row['fullName'])) : acts[action]}
          {reason ? `: ${reason}` : ''}
        </p>
      )}
      {changed.map(([name, [old, now]]) => (
        <p key={name}>
          <span className="medium">{entity.fields[name]?.options.label}</span>{' '}
          {text(name, old) !== '' && (
            <del>
              <span className="only-read-aloud">was </span>
              {text(name, old)}
            </del>
          )}{' '}
          {text(name, now) === '' ? <span className="muted">cleared</span> : text(name, now)}
        </p>
      ))}
      <p className="muted">{provenance(entry, lookups.locale)}</p>
    </li>
  );
}

/** Titles of every row the history names. */
function useTitles(entity: Entity, entries: readonly AuditEntry[]): Readonly<Record<string, string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { changes } of entries) {
    for (const [name, pair] of Object.entries(changes)) {
      const field = entity.fields[name];
      if (field?.kind !== 'reference') continue;
      const ids = wanted.get(field.options.to) ?? new Set();
      for (const value of pair) if (typeof value === 'string') ids.add(value);
      wanted.set(field.options.to, ids);
    }
  }
  const key = [...wanted].map(([to, ids]) => [to, [...ids].sort()] as const);
  const { data } = useQuery({ queryKey: ['titles', key], queryFn: () => titlesOf(key), enabled: key.length > 0 });
  return data ?? {};
}
