import { useId } from 'react';
import { entityOf, isEntityName } from '../../../shared/entities';
import { cellText } from '../../../shared/rules/cell-text';
import { validateRow } from '../../../shared/rules/validate';
import { useQuestion } from '../../client/hooks';
import { inputs } from '../../forms/inputs';
import { contextOf, useLookups } from '../../forms/lookups';
import css from './sync.module.css';
import { useValueTexts } from './value-texts';

interface ValueEditorProps {
  entity: string;
  id: string;
  field: string;
  value: unknown;
  /** What of the row may not stand on this desk. */
  wanted?: Record<string, unknown> | undefined;
  label: string;
  problem: string | null;
  autoFocus?: boolean;
  /** `problem` is null where the value can be saved. */
  onChange: (value: unknown, problem: string | null) => void;
}

/** One value of a row, typed as in its form and checked as in its cell. */
export function ValueEditor({
  entity: name,
  id,
  field: fieldName,
  value,
  wanted,
  label,
  problem,
  autoFocus = false,
  onChange,
}: ValueEditorProps) {
  const inputId = useId();
  const lookups = useLookups();
  const known = isEntityName(name) ? name : null;
  const { data } = useQuestion('rows.read', { entity: known ?? 'programs', ids: [id] }, { enabled: known !== null });
  const text = useValueTexts([{ entity: name, id, field: fieldName, value }]);
  const entity = known && entityOf(known);
  const field = entity?.fields[fieldName];
  if (!entity || !field) return null;
  const row = { ...data?.[0], ...wanted };
  const context = contextOf(lookups, entity, field, row);
  const Input = inputs[field.kind];
  const check = (next: unknown): string | null =>
    validateRow(entity, { [fieldName]: next }, 'update', { ...row, [fieldName]: next }).find(
      ({ path }) => path === fieldName,
    )?.message ?? null;
  return (
    <span className={css.editor}>
      <label htmlFor={inputId} className="only-read-aloud">
        {label}
      </label>
      <Input
        {...{ id: inputId, field, value, context, lookups, autoFocus }}
        text={
          field.kind === 'reference'
            ? text({ entity: name, id, field: fieldName, value })
            : value === null
              ? ''
              : cellText(field, value, context)
        }
        unread={undefined}
        programId={entity.scope === 'self' ? id : (row as Record<string, unknown>)['programId']}
        confidential={null}
        describedBy={problem ? `${inputId}-problem` : undefined}
        isBad={problem !== null}
        onChange={(next) => onChange(next, check(next))}
        onMisread={(typed, why) => onChange(typed, why)}
        onLeave={() => undefined}
      />
      {problem && (
        <span id={`${inputId}-problem`} className="small tone-danger" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
