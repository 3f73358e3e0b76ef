import { useId, useState } from 'react';
import { reference } from '../../../shared/model';
import { useQuestion } from '../../client/hooks';
import { inputs } from '../../forms/inputs';
import { useLookups } from '../../forms/lookups';
import css from './mentoring.module.css';

const clientField = reference({ label: 'Client', to: 'users', required: true });
const Input = inputs.reference;

interface ClientFieldProps {
  value: string | null;
  issue: string | undefined;
  onChange: (id: string | null) => void;
}

/** Who the session is for: the picker of every form. */
export function ClientField({ value, issue, onChange }: ClientFieldProps) {
  const id = useId();
  const lookups = useLookups();
  const [unread, setUnread] = useState<string>();
  const [misread, setMisread] = useState<string>();
  const { data } = useQuestion(
    'rows.read',
    { entity: 'users', ids: value ? [value] : [] },
    { enabled: value !== null },
  );
  const name = data?.find((row) => row.id === value)?.['fullName'];
  const wrong = misread ?? issue;
  return (
    <div
      className={css.field}
      data-autofocus
      tabIndex={-1}
      onFocus={({ target, currentTarget }) => target === currentTarget && currentTarget.querySelector('input')?.focus()}
    >
      <label htmlFor={id}>Client</label>
      <Input
        id={id}
        field={clientField}
        value={value}
        text={typeof name === 'string' ? name : ''}
        unread={unread}
        context={{ locale: lookups.locale }}
        lookups={lookups}
        programId={undefined}
        confidential={null}
        describedBy={wrong ? `${id}-issue` : undefined}
        isBad={wrong !== undefined}
        autoFocus={false}
        onChange={(next) => {
          setUnread(undefined);
          setMisread(undefined);
          onChange(typeof next === 'string' ? next : null);
        }}
        onMisread={(typed, problem) => {
          setUnread(typed);
          setMisread(problem);
        }}
        onLeave={() => undefined}
      />
      {wrong && (
        <p id={`${id}-issue`} className={css.issue}>
          {wrong}
        </p>
      )}
    </div>
  );
}
