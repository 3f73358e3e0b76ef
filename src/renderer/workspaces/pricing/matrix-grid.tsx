import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { PriceMatrix } from '../../../shared/contract/pricing';
import { has, type Place, type Rect, type Size } from '../../grid/ranges/ranges';
import { rowHeight, useRowWindow } from '../../ui/window-rows';
import { gapOf, type Line, type Pivot } from './matrix';
import { extendTo, onRow, selectCell, selectedRect, stepOf, type MatrixSelection } from './matrix-selection';
import { cellWords, priceText } from './price-text';
import css from './pricing.module.css';

export const cellWidth = 84;
export const headWidth = 208;
/** Lines a page key passes. */
const page = 15;

export interface MatrixGridProps {
  matrix: PriceMatrix;
  pivot: Pivot;
  selection: MatrixSelection;
  onSelect: (selection: MatrixSelection) => void;
  onFold: (at: number) => void;
  folded: ReadonlySet<number>;
  /** A value typed into the cell the keyboard stands on; says whether it was taken. */
  onTyped: (text: string) => boolean;
  onClear: () => void;
  onFill: (direction: 'down' | 'right') => void;
  onCopy: () => string;
  onPaste: (text: string) => void;
  /** Why nothing can be typed; null where it can. */
  whyNot: string | null;
  onRefused: (why: string) => void;
}

/** The matrix itself: only the lines in sight are drawn; what is selected lies over them, so that moving about draws no line anew. */
export function MatrixGrid(props: MatrixGridProps) {
  const { matrix, pivot, selection, onSelect } = props;
  const { lines, width } = pivot;
  const { attach, from, to, reveal } = useRowWindow(lines.length);
  const [typing, setTyping] = useState<string | null>(null);
  const table = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const size: Size = { rows: lines.length, columns: width };
  const rect = selectedRect(selection);
  const { active } = selection;

  useLayoutEffect(() => reveal(active.row), [active.row, reveal]);
  useEffect(() => {
    const stop = () => (dragging.current = false);
    window.addEventListener('pointerup', stop);
    return () => window.removeEventListener('pointerup', stop);
  }, []);

  const isRow = (row: number): boolean => lines[row]?.kind === 'row';
  const goTo = (wanted: Place, isExtending: boolean) => {
    const place = onRow(isRow, wanted, isExtending ? selection.range.to : active, size);
    onSelect(isExtending ? extendTo(selection, place) : selectCell(place));
  };
  const begin = (text: string) => {
    if (props.whyNot !== null) return props.onRefused(props.whyNot);
    if (isRow(active.row)) setTyping(text);
  };
  const end = (text: string | null, step?: Place) => {
    if (text !== null && !props.onTyped(text)) return;
    setTyping(null);
    table.current?.focus({ preventScroll: true });
    if (step) goTo({ row: active.row + step.row, column: active.column + step.column }, false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || typing !== null || event.altKey) return;
    const doing = act(event);
    if (!doing) return;
    event.preventDefault();
    doing();
  };
  const act = (event: KeyboardEvent): (() => void) | null => {
    const { key, shiftKey } = event;
    const hasControl = event.ctrlKey || event.metaKey;
    const step = stepOf(key, hasControl, shiftKey ? selection.range.to : active, size, page);
    if (step) return () => goTo(step, shiftKey);
    if (hasControl) {
      if (key.toLowerCase() === 'a')
        return () =>
          onSelect({ active, range: { from: { row: 0, column: 0 }, to: { row: size.rows - 1, column: width - 1 } } });
      if (key.toLowerCase() === 'd') return () => props.onFill('down');
      if (key.toLowerCase() === 'r') return () => props.onFill('right');
      return null;
    }
    if (key === 'Enter' || key === 'F2') return () => begin(shown(active));
    if (key === 'Tab') {
      const next = active.column + (shiftKey ? -1 : 1);
      return next < 0 || next >= width ? null : () => goTo({ row: active.row, column: next }, false);
    }
    if (key === 'Delete' || key === 'Backspace') return props.onClear;
    if (key === 'Escape') return isOne(rect) ? null : () => onSelect(selectCell(active));
    return key.length === 1 && key !== ' ' && key !== '?' ? () => begin(key) : null;
  };
  const shown = ({ row, column }: Place): string => {
    const line = lines[row];
    const price = line ? pivot.cellAt(line, column)?.[5] : null;
    return price == null ? '' : priceText(price, matrix.currency);
  };
  const placeOf = (event: { clientX: number; clientY: number }): Place | null => {
    const box = table.current?.getBoundingClientRect();
    if (!box) return null;
    const column = Math.floor((event.clientX - box.left - headWidth) / cellWidth);
    const row = Math.floor((event.clientY - box.top) / rowHeight);
    return column < 0 || column >= width || !isRow(row) ? null : { row, column };
  };

  return (
    <div
      ref={attach}
      className={css.scroller}
      onCopy={(event: ClipboardEvent) => {
        if (typing !== null) return;
        event.preventDefault();
        event.clipboardData.setData('text/plain', props.onCopy());
      }}
      onPaste={(event: ClipboardEvent) => {
        if (typing !== null) return;
        event.preventDefault();
        props.onPaste(event.clipboardData.getData('text/plain'));
      }}
    >
      <div style={{ width: headWidth + width * cellWidth, minWidth: '100%' }}>
        <Heads pivot={pivot} rect={rect} />
        <div
          ref={table}
          role="grid"
          aria-label="Prices"
          aria-rowcount={lines.length}
          aria-colcount={width + 1}
          aria-activedescendant={isRow(active.row) ? `price-${active.row}-${active.column}` : undefined}
          aria-multiselectable
          tabIndex={0}
          className={css.lines}
          style={{ height: lines.length * rowHeight }}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            const place = placeOf(event);
            if (!place || event.button !== 0 || typing !== null) return;
            dragging.current = true;
            onSelect(event.shiftKey ? extendTo(selection, place) : selectCell(place));
          }}
          onPointerMove={(event) => {
            const place = dragging.current ? placeOf(event) : null;
            if (place) onSelect(extendTo(selection, place));
          }}
          onDoubleClick={(event) => placeOf(event) && begin(shown(active))}
        >
          {lines.slice(from, to).map((line, at) => (
            <MatrixLine
              key={line.kind === 'group' ? `g${line.value.at}` : `${line.group.at}/${line.value.at}`}
              {...{ line, matrix, pivot }}
              row={from + at}
              isFolded={line.kind === 'group' && props.folded.has(line.value.at)}
              onFold={props.onFold}
              isHere={line.kind === 'row' && from + at >= rect.top && from + at <= rect.bottom}
            />
          ))}
          <Selected rect={rect} active={active} />
          {typing !== null && (
            <PriceInput
              text={typing}
              place={active}
              label={`Price: ${cellWords(null, null, matrix.currency)}`}
              onEnd={end}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const isOne = ({ top, left, bottom, right }: Rect): boolean => top === bottom && left === right;

function Heads({ pivot: { groups, axes }, rect }: { pivot: Pivot; rect: Rect }) {
  const starts = groups.map((_, at) => groups.slice(0, at).reduce((sum, { columns }) => sum + columns.length, 0));
  return (
    <div className={css.heads} role="presentation">
      <div className={css.headRow} aria-hidden>
        <span className={css.corner} style={{ width: headWidth }} />
        {groups.map(({ value, columns }, at) => {
          const first = starts[at] ?? 0;
          const isHere = first <= rect.right && first + columns.length > rect.left;
          return (
            <span
              key={value.at}
              className={css.headGroup}
              data-here={isHere || undefined}
              style={{ width: columns.length * cellWidth }}
              title={value.label}
            >
              {value.label}
            </span>
          );
        })}
      </div>
      <div className={css.headRow} aria-hidden>
        <span className={css.corner} style={{ width: headWidth }}>
          {sentence(`${axes.rows[0]}, ${axes.rows[1]}`)}
        </span>
        {groups
          .flatMap(({ value, columns }) => columns.map((inner, at) => ({ value, inner, isFirst: at === 0 })))
          .map(({ value, inner, isFirst }, at) => (
            <span
              key={`${value.at}/${inner.at}`}
              className={css.head}
              data-first={isFirst || undefined}
              data-here={(at >= rect.left && at <= rect.right) || undefined}
              style={{ width: cellWidth }}
              title={`${value.label}, ${inner.label}`}
            >
              {inner.label}
            </span>
          ))}
      </div>
    </div>
  );
}

const sentence = (words: string): string =>
  (words.charAt(0).toUpperCase() + words.slice(1)).replace('ageGroup', 'age').replace(/(location|session)Type/g, '$1');

interface MatrixLineProps {
  line: Line;
  matrix: PriceMatrix;
  pivot: Pivot;
  row: number;
  isFolded: boolean;
  isHere: boolean;
  onFold: (at: number) => void;
}

const MatrixLine = memo(function MatrixLine({ line, matrix, pivot, row, isFolded, isHere, onFold }: MatrixLineProps) {
  const style = { top: row * rowHeight };
  if (line.kind === 'group') {
    return (
      <div className={css.group} style={style} role="row" aria-rowindex={row + 1}>
        <button
          type="button"
          role="rowheader"
          className={css.fold}
          aria-expanded={!isFolded}
          tabIndex={-1}
          onClick={() => onFold(line.value.at)}
        >
          {isFolded ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
          <span className="medium">{line.value.label}</span>
          {line.value.hint && <span className="small quiet">{line.value.hint}</span>}
        </button>
      </div>
    );
  }
  return (
    <div className={css.line} style={style} role="row" aria-rowindex={row + 1}>
      <span
        className={`${css.lineHead} ellipsis`}
        role="rowheader"
        style={{ width: headWidth }}
        data-here={isHere || undefined}
        title={line.value.hint ? `${line.value.label} · ${line.value.hint}` : line.value.label}
      >
        {line.value.label}
      </span>
      {Array.from({ length: pivot.width }, (_, column) => {
        const cell = pivot.cellAt(line, column);
        const gap = cell ? gapOf(matrix, cell) : null;
        const words = cellWords(cell, gap, matrix.currency);
        return (
          <span
            key={column}
            id={`price-${row}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-label={words}
            title={words}
            className={css.cell}
            style={{ width: cellWidth }}
            data-gap={gap ?? (cell?.[5] == null ? 'none' : undefined)}
            data-first={isFirst(pivot, column) || undefined}
          >
            {cell?.[5] != null && priceText(cell[5], matrix.currency)}
            {cell?.[8] != null && <i className={css.later} aria-hidden />}
          </span>
        );
      })}
    </div>
  );
});

const isFirst = ({ groups }: Pivot, column: number): boolean => {
  let at = 0;
  for (const { columns } of groups) {
    if (at === column) return true;
    at += columns.length;
  }
  return false;
};

function Selected({ rect, active }: { rect: Rect; active: Place }) {
  const at = ({ row, column }: Place) => ({ top: row * rowHeight, left: headWidth + column * cellWidth });
  const box = {
    ...at({ row: rect.top, column: rect.left }),
    width: (rect.right - rect.left + 1) * cellWidth,
    height: (rect.bottom - rect.top + 1) * rowHeight,
  };
  return (
    <>
      <div className={css.selected} style={box} aria-hidden />
      {!isOne(rect) && has(rect, active) && (
        <div className={css.active} style={{ ...at(active), width: cellWidth, height: rowHeight }} aria-hidden />
      )}
    </>
  );
}

interface PriceInputProps {
  text: string;
  place: Place;
  label: string;
  /** Null: nothing is taken. */
  onEnd: (text: string | null, step?: Place) => void;
}

function PriceInput({ text, place, label, onEnd }: PriceInputProps) {
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useEffect(() => {
    input.current?.focus();
    if (text.length > 1) input.current?.select();
  }, [text]);
  const over = (said: string | null, step?: Place) => {
    if (isOver.current) return;
    onEnd(said, step);
  };
  return (
    <input
      ref={input}
      className={css.input}
      aria-label={label}
      inputMode="decimal"
      style={{ top: place.row * rowHeight, left: headWidth + place.column * cellWidth, width: cellWidth }}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        const steps: Record<string, Place> = {
          Enter: { row: event.shiftKey ? -1 : 1, column: 0 },
          Tab: { row: 0, column: event.shiftKey ? -1 : 1 },
        };
        const step = steps[event.key];
        if (step) {
          event.preventDefault();
          over(typed, step);
        } else if (event.key === 'Escape') {
          event.preventDefault();
          isOver.current = true;
          onEnd(null);
        }
      }}
      onBlur={() => over(typed)}
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
