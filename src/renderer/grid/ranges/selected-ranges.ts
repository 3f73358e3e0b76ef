import {
  clamped,
  has,
  isOneCell,
  rangeOf,
  rectOf,
  samePlace,
  type Place,
  type Range,
  type Rect,
  type Size,
} from './ranges';

export interface Selected {
  ranges: readonly Range[];
  /** The cell with the focus: what is typed goes there. */
  active: Place;
}

/**
 * The selection of one grid, outside React: it changes with every movement of the mouse. The last range is the one that Shift extends.
 */
export class SelectedRanges {
  #selected: Selected | null = null;
  readonly #listeners = new Set<() => void>();

  get selected(): Selected | null {
    return this.#selected;
  }

  get rects(): Rect[] {
    return this.#selected?.ranges.map(rectOf) ?? [];
  }

  get active(): Place | null {
    return this.#selected?.active ?? null;
  }

  /** One cell or none: nothing that deserves an outline of its own, or a count. */
  get isPlain(): boolean {
    return this.#selected === null || isOneCell(this.rects);
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  select(place: Place, to: Place = place): void {
    this.#set({ ranges: [{ from: place, to }], active: place });
  }

  /** Another range beside those there are. */
  add(place: Place, to: Place = place): void {
    const ranges = this.#selected?.ranges ?? [];
    this.#set({ ranges: [...ranges, { from: place, to }], active: place });
  }

  /** Moves the far end of the last range. */
  extend(to: Place): void {
    if (!this.#selected) return this.select(to);
    const { ranges, active } = this.#selected;
    const last = ranges.at(-1)!;
    if (samePlace(last.to, to)) return;
    this.#set({ ranges: [...ranges.slice(0, -1), { from: last.from, to }], active });
  }

  selectRect(rect: Rect, active?: Place): void {
    const range = rangeOf(rect);
    this.#set({ ranges: [range], active: active && has(rect, active) ? active : range.from });
  }

  /** The focus goes to another cell of the selection, which stays. */
  activate(active: Place): void {
    if (this.#selected) this.#set({ ...this.#selected, active });
  }

  /** Rows came or went above: the selection stays on the rows it was made over. */
  shift(rows: number): void {
    if (!this.#selected || rows === 0) return;
    const moved = ({ row, column }: Place): Place => ({ row: Math.max(0, row + rows), column });
    const { ranges, active } = this.#selected;
    this.#set({ ranges: ranges.map(({ from, to }) => ({ from: moved(from), to: moved(to) })), active: moved(active) });
  }

  /** There are fewer rows or columns now. */
  fit(size: Size): void {
    if (!this.#selected) return;
    if (size.rows === 0 || size.columns === 0) return this.clear();
    const { ranges, active } = this.#selected;
    const isInside = ({ row, column }: Place): boolean => row < size.rows && column < size.columns;
    if (isInside(active) && ranges.every(({ from, to }) => isInside(from) && isInside(to))) return;
    this.#set({
      ranges: ranges.map(({ from, to }) => ({ from: clamped(from, size), to: clamped(to, size) })),
      active: clamped(active, size),
    });
  }

  clear(): void {
    this.#set(null);
  }

  #set(next: Selected | null): void {
    if (next === null && this.#selected === null) return;
    this.#selected = next;
    this.#listeners.forEach((listener) => listener());
  }
}
