/** Time and chance, handed in so that tests decide both. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after so many milliseconds. @returns how to call it off */
  after(milliseconds: number, callback: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    // A waiting poll is no reason to keep the process alive.
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
