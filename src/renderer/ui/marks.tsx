import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './marks.module.css';

export type Tone = 'plain' | 'accent' | 'info' | 'success' | 'warning' | 'danger';

/** A small word about the thing beside it. */
export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${css.pill} ${css[tone] ?? ''}`}>{children}</span>;
}

export type Dot = 'ok' | 'off' | 'busy' | 'waiting' | 'conflict' | 'refused';

/** A mark told apart by shape as well as colour; `label` where no word stands beside it. */
export function StatusDot({ kind, label }: { kind: Dot; label?: string }) {
  return (
    <span
      className={`${css.dot} ${css[kind] ?? ''}`}
      {...(label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true })}
    />
  );
}

/** Keys as they are called on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>;
}

interface ChipProps {
  /** What is filtered. */
  label: ReactNode;
  /** How. */
  value?: ReactNode;
  onOpen?: () => void;
  onRemove?: () => void;
  /** The name of what is removed, for those who hear the screen. */
  removeLabel?: string;
  /** Dashed: adds a condition rather than being one. */
  open?: boolean;
  /** Kept, but without effect. */
  isOff?: boolean;
  onToggle?: () => void;
}

/** One condition of a filter. */
export function Chip({
  label,
  value,
  onOpen,
  onRemove,
  removeLabel = 'Remove this condition',
  open = false,
  isOff = false,
  onToggle,
}: ChipProps) {
  const words = (
    <>
      {label} {value != null && <b className={css.value}>{value}</b>}
    </>
  );
  return (
    <span className={`${css.chip} ${open ? (css.open ?? '') : ''} ${isOff ? (css.unused ?? '') : ''}`}>
      {onToggle && (
        <button
          type="button"
          role="switch"
          aria-checked={!isOff}
          className={css.bare}
          aria-label={`Use this condition`}
          title={isOff ? 'Switch this condition on' : 'Switch this condition off without removing it'}
          onClick={onToggle}
        >
          {isOff ? <IconCircle size={12} aria-hidden /> : <IconCircleCheck size={12} aria-hidden />}
        </button>
      )}
      {onOpen ? (
        <button type="button" className={css.bare} onClick={onOpen}>
          {words}
        </button>
      ) : (
        words
      )}
      {onRemove && (
        <button type="button" className={css.bare} aria-label={removeLabel} onClick={onRemove}>
          <IconX size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}

/** How much of the whole: a bar of 8 px (or `thin`: 4), with the words beside it, never in it. */
export function Bar({
  part,
  of,
  label,
  full = false,
  thin = false,
}: {
  part: number;
  of: number;
  label: string;
  full?: boolean;
  thin?: boolean;
}) {
  const percent = of > 0 ? Math.min(100, Math.round((part / of) * 100)) : 0;
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={`${css.track} ${thin ? (css.thin ?? '') : ''}`}
    >
      <span className={`${css.fill} ${full ? (css.full ?? '') : ''}`} style={{ width: `${percent}%` }} />
    </span>
  );
}

/** Two letters on a colour that stays the same for the same code. */
export function ProgramMark({ code }: { code: string }) {
  const hash = [...code].reduce((sum, letter) => (Math.imul(sum, 33) ^ letter.charCodeAt(0)) >>> 0, 5381);
  return (
    <span
      className={css.program}
      style={{ background: programColours[((hash ^ (hash >>> 13)) >>> 0) % programColours.length] }}
      aria-hidden
    >
      {code
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 2)
        .toUpperCase()}
    </span>
  );
}
/** White letters stand at 4.5 to 1 or better on each. */
const programColours = ['#256b6f', '#7a4a12', '#5b3f98', '#2f6130', '#8c2f55', '#3b5a8c', '#6b4226', '#4e5562'];
