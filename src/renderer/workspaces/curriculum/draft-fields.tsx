import { useId, type ReactNode } from 'react';
import css from './lesson.module.css';

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
