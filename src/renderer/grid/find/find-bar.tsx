import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { problemOf, request } from '../../client/request';
import { useEvent } from '../../client/hooks';
import { Button } from '../../ui/button';
import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import type { WantedRow } from '../changes/plan';
import type { Rect } from '../ranges/ranges';
import { fieldsShown, show, type Sheet } from '../sheet';
import css from './find-bar.module.css';
import { replacements } from './replacements';

interface FindBarProps {
  sheet: Sheet;
  withReplace: boolean;
  /** Outlines the cell that was found. */
  mark: (rect: Rect | null) => void;
  /** One cell is replaced at once; several are shown first. */
  onReplace: (wanted: WantedRow[], isAll: boolean) => Promise<void>;
  onClose: () => void;
}

interface Found {
  /** What was looked for. */
  asked: string;
  fields: string[];
  hits: readonly (readonly [row: number, field: number])[];
  total: number;
}

const typing = 150;

/** Finds a text in the cells of the view, rows that were never loaded among them, and replaces it. */
export function FindBar({ sheet, withReplace, mark, onReplace, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [by, setBy] = useState('');
  const [isReplacing, setReplacing] = useState(withReplace);
  const [matchCase, setMatchCase] = useState(false);
  const [whole, setWhole] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [at, setAt] = useState(-1);
  const [changes, setChanges] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
    return () => mark(null);
    // Once, when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEvent('rows.changed', ({ changes: rows }) => sheet.entity.name in rows && setChanges((count) => count + 1));

  const asked = JSON.stringify([text, matchCase, whole]);
  useEffect(() => {
    if (text === '') return;
    let isWanted = true;
    const timer = setTimeout(() => {
      const fields = fieldsShown(sheet);
      const { locale } = sheet.context.lookups;
      request('sheet.find', { view: sheet.view(), fields, text, matchCase, whole, locale }).then(
        (answer) => {
          if (!isWanted) return;
          setFound({ asked, fields, ...answer });
          setAt(-1);
        },
        (error: unknown) => isWanted && notify.problem(problemOf(error)),
      );
    }, typing);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [sheet, asked, text, matchCase, whole, changes]);

  // An answer to what was looked for before counts no more.
  const known = found?.asked === asked ? found : null;
  const count = known?.hits.length ?? 0;
  /** To the first hit after (or before) where the selection stands; round at the ends. */
  const go = (step: 1 | -1) => {
    if (!known || count === 0) return;
    const here = sheet.selection.active ?? { row: 0, column: -1 };
    const columns = fieldsShown(sheet);
    const placeOf = (i: number) => {
      const [row, field] = known.hits[i]!;
      return { row, column: columns.indexOf(known.fields[field]!) };
    };
    const isPast = (i: number) => {
      const { row, column } = placeOf(i);
      const ahead = row - here.row || column - here.column;
      return ahead * step > 0;
    };
    const order = Array.from({ length: count }, (_, i) => (step > 0 ? i : count - 1 - i));
    const next = (at >= 0 ? [(at + step + count) % count] : order).find((i) => at >= 0 || isPast(i)) ?? order[0]!;
    const place = placeOf(next);
    setAt(next);
    sheet.selection.select(place);
    show(sheet, place);
    mark({ top: place.row, bottom: place.row, left: place.column, right: place.column });
  };
  const replace = async (isAll: boolean) => {
    if (!known || count === 0) return;
    if (!isAll && at < 0) return go(1);
    const hits = isAll ? known.hits : [known.hits[at]!];
    try {
      await onReplace(await replacements(sheet, known.fields, hits, { text, matchCase, whole }, by), isAll);
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    }
  };
  return (
    <div className={css.bar} role="search" aria-label="Find in the grid" onKeyDown={onKeyDown}>
      <div className={css.line}>
        <input
          ref={input}
          type="text"
          className={css.input}
          aria-label="Find"
          placeholder="Find in all rows of this view"
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
        <span className={css.count} role="status">
          {known && countOf(known, at)}
        </span>
        <Button
          small
          look="ghost"
          icon={<IconArrowUp />}
          aria-label="Previous"
          title="Previous (Shift+Enter)"
          onClick={() => go(-1)}
        />
        <Button
          small
          look="ghost"
          icon={<IconArrowDown />}
          aria-label="Next"
          title="Next (Enter)"
          onClick={() => go(1)}
        />
      </div>
      {isReplacing && (
        <div className={css.line}>
          <input
            type="text"
            className={css.input}
            aria-label="Replace with"
            placeholder="Replace with"
            value={by}
            onChange={(event) => setBy(event.target.value)}
          />
          <Button small disabled={count === 0} onClick={() => void replace(false)}>
            Replace
          </Button>
          <Button small disabled={count === 0} onClick={() => void replace(true)}>
            Replace all…
          </Button>
        </div>
      )}
      <div className={css.line}>
        <label className={css.check}>
          <input type="checkbox" checked={matchCase} onChange={(event) => setMatchCase(event.target.checked)} /> Match
          case
        </label>
        <label className={css.check}>
          <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.target.checked)} /> Whole cell
        </label>
        {!isReplacing && (
          <Button small look="link" title="Ctrl+H" onClick={() => setReplacing(true)}>
            Replace…
          </Button>
        )}
      </div>
      <Button
        small
        look="ghost"
        className={css.close}
        icon={<IconX />}
        aria-label="Close finding"
        title="Close (Esc)"
        onClick={onClose}
      />
    </div>
  );
}

function countOf({ hits, total }: Found, at: number): string {
  if (total === 0) return 'Not found';
  const of = total > hits.length ? `${countText(total)} (first ${countText(hits.length)})` : countText(total);
  return at < 0 ? of : `${countText(at + 1)} of ${of}`;
}
