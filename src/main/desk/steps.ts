/** Work in steps, each some milliseconds long: done at once where somebody waits for it, or bit by bit between everything else. */
export type Steps<T> = Generator<void, T>;

export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** @param breathe lets others have their turn, where it is time; what it throws ends the work */
export async function bitByBit<T>(steps: Steps<T>, breathe: () => Promise<void> | null): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    const turn = breathe();
    if (turn) await turn;
  }
}
