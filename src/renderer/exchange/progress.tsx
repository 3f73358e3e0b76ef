import { Button } from '../ui/button';
import css from './exchange.module.css';

export interface Progress {
  phase: string;
  done: number;
  of: number | null;
}

/** Long work: what it does, how far it is, and the way out. */
export function ProgressBar({ phase, done, of, onCancel }: Progress & { onCancel: () => void }) {
  const part = of ? Math.min(1, done / of) : null;
  const percent = part === null ? '' : `${Math.round(part * 100)} %`;
  return (
    <div className={css.progress} role="status">
      <span>
        {phase} {percent && <span className="muted">{percent}</span>}
      </span>
      <progress className={css.bar} aria-label={phase} {...(part === null ? {} : { value: part })} max={1} />
      <Button small onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
