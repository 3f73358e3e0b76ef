import { useSyncExternalStore } from 'react';

/** What the status line says about the grid on show. */
export interface GridSelection {
  entity: string | null;
  /** Rows in the view. */
  rows: number;
  /** Rows that are touched by the selection. */
  selected: number;
  /** What is selected, where it is more than one cell. */
  shape: { text: string; cells: number } | null;
  /** What the selection comes to, once it is added up; texts are ready to show. */
  sums: {
    filled: number;
    numbers: { sum: string | null; average: string | null; min: string; max: string } | null;
  } | null;
}

const nothing: GridSelection = { entity: null, rows: 0, selected: 0, shape: null, sums: null };
let current = nothing;
const listeners = new Set<() => void>();

/** The one grid on show writes here; the status line reads. */
export const gridSelection = {
  read: (): GridSelection => current,
  set(changes: Partial<GridSelection>): void {
    current = { ...current, ...changes };
    listeners.forEach((listener) => listener());
  },
  clear(): void {
    current = nothing;
    listeners.forEach((listener) => listener());
  },
  listen(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

export const useGridSelection = (): GridSelection => useSyncExternalStore(gridSelection.listen, gridSelection.read);
