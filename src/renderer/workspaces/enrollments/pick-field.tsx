import { useId, useState } from 'react';
import { option, reference, type Field } from '../../../shared/model';
import { inputs } from '../../forms/inputs';
import type { Lookups } from '../../forms/lookups';
import css from './enroll.module.css';

export const studentField = reference({
  label: 'Student',
  to: 'students',
  required: true,
  where: { status: ['active'] },
});
export const courseField = reference({ label: 'Course', to: 'courses', required: true });
export const facilityField = reference({ label: 'Facility', to: 'facilities', required: true });
export const optionField = (label: string, optionKind: string) => option({ label, optionKind, required: true });

interface PickFieldProps {
  field: Field;
  value: string | null;
  /** What is picked, as people read it. */
  text: string;
  lookups: Lookups;
  programId: string | null;
  issue?: string | undefined;
  help?: string | undefined;
  /** Stands here when the dialog opens. */
  autoFocus?: boolean;
  onChange: (value: string | null) => void;
}

/** Picking one thing, with its label, what helps and what is wrong. The picker itself is the one of every form. */
export function PickField(props: PickFieldProps) {
  const { field, value, text, lookups, programId, issue, help, autoFocus = false, onChange } = props;
  const id = useId();
  const [unread, setUnread] = useState<string | undefined>(undefined);
  const [misread, setMisread] = useState<string | undefined>(undefined);
  const Input = inputs[field.kind];
  const wrong = misread ?? issue;
  const described = [wrong && `${id}-issue`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
  return (
    <div
      className={css.field}
      // A dialog looks for this mark when it opens; the input itself belongs to the form it comes from.
      {...(autoFocus ? { 'data-autofocus': true, tabIndex: -1 } : {})}
      onFocus={({ target, currentTarget }) => target === currentTarget && currentTarget.querySelector('input')?.focus()}
    >
      <label htmlFor={id}>{field.options.label}</label>
      <Input
        id={id}
        field={field}
        value={value}
        text={text}
        unread={unread}
        context={{ locale: lookups.locale }}
        lookups={lookups}
        programId={programId ?? undefined}
        confidential={null}
        describedBy={described}
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
      {help && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
    </div>
  );
}
