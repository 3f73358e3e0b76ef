import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The place in the status line that belongs to the workspace on show; null before the frame stands. */
export const StatusPlace = createContext<HTMLElement | null>(null);

/** Puts a workspace's own words (rows, selection, sum) into the status line of the frame. */
export function StatusSlot({ children }: { children: ReactNode }) {
  const place = useContext(StatusPlace);
  return place && createPortal(children, place);
}
