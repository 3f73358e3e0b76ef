import { useSyncExternalStore } from 'react';

/** What the status line says about the grid on show. */
export interface GridSelection {
  entity: string | null;
  /** Rows in the view. */
  rows: number;
  selected: number;
  /** The focused column over the selected rows, where it holds numbers; texts are ready to show. */
  numbers: { label: string; count: number; sum: string; average: string } | null;
}

const nothing: GridSelection = { entity: null, rows: 0, selected: 0, numbers: null };
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
