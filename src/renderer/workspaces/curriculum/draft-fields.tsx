import { useId, type ReactNode } from 'react';
import css from './lesson.module.css';
import type { NodeEditing } from './use-node-draft';

interface FieldProps {
  label: string;
  issue?: string | undefined;
  width?: number;
  children: (input: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode;
}

/** A label over its input, and what is wrong under it. */
export function LabelledField({ label, issue, width, children }: FieldProps) {
  const id = useId();
  return (
    <div className={width === undefined ? `${css.field} grow` : css.field} style={width === undefined ? {} : { width }}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': issue !== undefined, 'aria-describedby': issue ? `${id}-issue` : undefined })}
      {issue && (
        <p id={`${id}-issue`} className={css.issue}>
          {issue}
        </p>
      )}
    </div>
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a lesson, a module or a curriculum is called. */
export function NameField({ editing, isReadOnly }: { editing: NodeEditing; isReadOnly: boolean }) {
  const { values, issues, draft } = editing;
  return (
    <div className={css.fields}>
      <LabelledField label="Name" issue={issues['name']}>
        {(input) => (
          <input
            {...input}
            className={css.input}
            dir="auto"
            maxLength={255}
            readOnly={isReadOnly}
            value={text(values['name'])}
            onChange={(event) => draft.change('name', event.target.value)}
          />
        )}
      </LabelledField>
    </div>
  );
}
