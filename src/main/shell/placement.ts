/** Pure: where a window may open on the screens there are now. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallestWindow = { width: 960, height: 600 };
const usualWindow = { width: 1440, height: 900 };

/** A window can be moved by its title bar when this much of it is in sight. */
const NEEDED_IN_SIGHT = { width: 120, height: 40 };

/** The place a window had, if its title bar is still in sight; else its size alone, and the system chooses where. Sizes are pixels. */
export function placeOn(screens: readonly Place[], saved: unknown): Partial<Place> & { width: number; height: number } {
  const largest = screens.reduce(
    (best, { width, height }) => (width * height > best.width * best.height ? { width, height } : best),
    {
      width: 0,
      height: 0,
    },
  );
  const fit = (size: { width: number; height: number }) => ({
    width: Math.max(smallestWindow.width, Math.min(size.width, largest.width || size.width)),
    height: Math.max(smallestWindow.height, Math.min(size.height, largest.height || size.height)),
  });
  if (!isPlace(saved)) return fit(usualWindow);
  const size = fit(saved);
  return screens.some((screen) => isInSight(saved, screen)) ? { x: saved.x, y: saved.y, ...size } : size;
}

function isInSight(window: Place, screen: Place): boolean {
  const seen = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const isTitleBarOnScreen = window.y >= screen.y && window.y + NEEDED_IN_SIGHT.height <= screen.y + screen.height;
  return seen >= NEEDED_IN_SIGHT.width && isTitleBarOnScreen;
}

function isPlace(saved: unknown): saved is Place {
  if (typeof saved !== 'object' || saved === null) return false;
  const { x, y, width, height } = saved as Record<string, unknown>;
  return (
    [x, y, width, height].every((value) => Number.isFinite(value)) && (width as number) > 0 && (height as number) > 0
  );
}
