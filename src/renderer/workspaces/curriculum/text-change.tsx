import { useMemo } from 'react';
import { diffLines } from 'diff';
import css from './changes.module.css';

/** Two texts line by line: what went is struck, what came is marked. */
export function TextChange({ from, to }: { from: string; to: string }) {
  const parts = useMemo(() => diffLines(from, to), [from, to]);
  return (
    <div className={css.text} role="group" aria-label="What changed in the text" tabIndex={0}>
      {parts.map((part, at) =>
        part.added ? (
          <ins key={at}>{part.value}</ins>
        ) : part.removed ? (
          <del key={at}>{part.value}</del>
        ) : (
          <span key={at} className="quiet">
            {part.value}
          </span>
        ),
      )}
    </div>
  );
}
