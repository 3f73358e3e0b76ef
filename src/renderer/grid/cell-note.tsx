import { useLayoutEffect, useRef, type RefObject } from 'react';
import { createPortal } from 'react-dom';

interface CellNoteProps {
  anchor: RefObject<HTMLElement | null>;
  tone: 'danger' | 'plain';
  text: string;
}

const widest = 336;

/** A sentence under a cell, over whatever lies there: what cannot be kept, or why the cell is locked. */
export function CellNote({ anchor, tone, text }: CellNoteProps) {
  const note = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const cell = anchor.current?.closest('.ag-cell') ?? anchor.current;
    if (!cell || !note.current) return;
    const box = cell.getBoundingClientRect();
    const height = note.current.offsetHeight;
    const isLow = box.bottom + height + 8 > window.innerHeight;
    note.current.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - widest))}px`;
    note.current.style.top = `${isLow ? box.top - height - 2 : box.bottom + 2}px`;
  }, [anchor, text]);
  return createPortal(
    <div ref={note} className={`cell-note ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      {text}
    </div>,
    document.body,
  );
}
