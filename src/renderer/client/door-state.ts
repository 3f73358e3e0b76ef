import { useEffect, useState } from 'react';
import { door, doorClosed, doorReopened } from './door';

/** False while the window has lost touch with its own desk; only a browser's door can. */
export function useDoorIsOpen(): boolean {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const stops = [door().listen(doorClosed, () => setOpen(false)), door().listen(doorReopened, () => setOpen(true))];
    return () => stops.forEach((stop) => stop());
  }, []);
  return isOpen;
}
