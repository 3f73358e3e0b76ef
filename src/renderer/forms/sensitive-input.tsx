import { useState, type KeyboardEvent } from 'react';
import type { Problem } from '../../shared/contract/outcome';
import { isMasked } from '../../shared/rules/masking';
import { problemOf, request } from '../client/request';
import { Button } from '../ui/button';
import { ProblemText } from '../ui/notify';
import css from './form.module.css';
import type { InputProps } from './inputs';

const shortestReason = 3;

/**
 * Confidential details stay masked until somebody says why they need them; the reason goes into the audit trail.
 * Security: what was revealed lives in this form alone, and is gone when the form is.
 */
export function SensitiveInput(props: InputProps) {
  const { id, field, value, confidential, describedBy, onChange, onLeave } = props;
  if (field.kind !== 'sensitive') return null;
  const isOpen = confidential === null || !isMasked(value);
  if (!isOpen) {
    return (
      <Reveal
        id={id}
        label={field.options.label}
        studentId={confidential.studentId}
        onRevealed={confidential.onRevealed}
      />
    );
  }
  const parts = isParts(value) ? value : {};
  return (
    <fieldset className={css.parts} id={id} aria-describedby={describedBy}>
      <legend className="only-read-aloud">{field.options.label}</legend>
      {Object.entries(field.options.parts).map(([part, label]) => (
        <label key={part} className={css.part}>
          <span>{label}</span>
          <input
            className={css.input}
            value={parts[part] ?? ''}
            onBlur={onLeave}
            onChange={(event) => {
              const next = Object.fromEntries(
                Object.entries({ ...parts, [part]: event.target.value }).filter(([, text]) => text !== ''),
              );
              onChange(Object.keys(next).length > 0 ? next : null);
            }}
          />
        </label>
      ))}
    </fieldset>
  );
}

const isParts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && !isMasked(value);

interface RevealProps {
  id: string;
  label: string;
  studentId: string;
  onRevealed: (row: Record<string, unknown>) => void;
}

function Reveal({ id, label, studentId, onRevealed }: RevealProps) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isEnough = reason.trim().length >= shortestReason;
  const reveal = async () => {
    if (!isEnough) return;
    setBusy(true);
    setProblem(null);
    try {
      onRevealed(await request('confidential.reveal', { studentId, reason: reason.trim() }));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void reveal();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setAsking(false);
    }
  };
  if (!isAsking) {
    return (
      <span className="row">
        <span className="quiet" aria-label={`${label} is masked`}>
          ••••••
        </span>
        <Button small id={id} aria-label={`Reveal ${label.toLowerCase()}…`} onClick={() => setAsking(true)}>
          Reveal…
        </Button>
      </span>
    );
  }
  return (
    <div className={css.reveal}>
      <label htmlFor={id} className="small muted">
        Why do you need it? The reason is kept in the audit trail.
      </label>
      <input
        id={id}
        className={css.input}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="row">
        <Button small look="primary" disabled={!isEnough} busy={isBusy} onClick={() => void reveal()}>
          Reveal
        </Button>
        <Button small look="ghost" onClick={() => setAsking(false)}>
          Cancel
        </Button>
      </span>
      {problem && (
        <p className="small tone-danger" role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
    </div>
  );
}
