import { useState, type ReactNode } from 'react';
import { useChosenPrograms } from './hooks';
import css from './one-program.module.css';
import { usePrograms } from './programs';

interface OneProgram {
  /** Undefined until known, null where there is none. */
  programId: string | null | undefined;
  /** Where there are several to choose from. */
  choice: ReactNode;
}

/** A screen that shows one program at a time: the one chosen in the switcher, or of several the one picked here. */
export function useOneProgram(): OneProgram {
  const chosen = useChosenPrograms();
  const all = usePrograms();
  const [picked, pick] = useState<string | null>(null);
  const programs = (all ?? []).filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  const programId = programs.find(({ id }) => id === picked)?.id ?? programs[0]?.id ?? null;
  if (!all) return { programId: undefined, choice: null };
  const choice = programs.length > 1 && (
    <select
      className={css.select}
      aria-label="Program"
      value={programId ?? ''}
      onChange={(event) => pick(event.target.value)}
    >
      {programs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
  return { programId, choice };
}
