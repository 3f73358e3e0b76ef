import { IconHistory, IconLock } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { CellFate, CellStory as Story } from '../../../shared/contract/requests';
import type { AuditEntry } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import { momentText } from '../../../shared/rules/date-text';
import { useQuestion, useSync } from '../../client/hooks';
import { gridFields, textOf, whyCellLocked } from '../columns';
import type { GridRow } from '../grid-row';
import { fieldsShown, isEditing, placeOf, type Sheet } from '../sheet';
import css from './cell-story.module.css';
import { howText, provenance } from './provenance';

/** How long the mouse rests on a cell before it tells its story (milliseconds). */
const resting = 700;

interface Told {
  cell: HTMLElement;
  row: GridRow;
  field: string;
}

export const focusedCell = ({ root }: Sheet): HTMLElement | null => root.querySelector('.ag-cell-focus');

function toldOf(sheet: Sheet, cell: HTMLElement): Told | null {
  const place = placeOf(sheet, cell);
  const row = place && sheet.api.getDisplayedRowAtIndex(place.row)?.data;
  const field = place && fieldsShown(sheet)[place.column];
  return row && field ? { cell, row, field } : null;
}

interface CellStoryProps {
  sheet: Sheet;
  /** The cell that was asked about by keyboard. */
  asked: HTMLElement | null;
  onClose: () => void;
}

/** Who wrote a cell, when and how, and why it is locked: under the resting mouse, or on Alt+Enter. */
export function CellStory({ sheet, asked, onClose }: CellStoryProps) {
  const [hovered, setHovered] = useState<Told | null>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let cell: HTMLElement | null = null;
    const leave = () => {
      clearTimeout(timer);
      cell = null;
      setHovered(null);
    };
    const onOver = (event: MouseEvent) => {
      const next = (event.target as Element).closest<HTMLElement>('.ag-cell:not(.gutter)');
      if (next === cell) return;
      leave();
      cell = next;
      if (next && event.buttons === 0 && !isEditing(sheet)) {
        timer = setTimeout(() => !isCovered() && setHovered(toldOf(sheet, next)), resting);
      }
    };
    const dismiss = () => {
      leave();
      close.current();
    };
    const { root } = sheet;
    root.addEventListener('mouseover', onOver);
    root.addEventListener('mouseleave', leave);
    root.addEventListener('wheel', dismiss, { passive: true });
    root.addEventListener('mousedown', dismiss, true);
    document.addEventListener('keydown', dismiss, true);
    return () => {
      clearTimeout(timer);
      root.removeEventListener('mouseover', onOver);
      root.removeEventListener('mouseleave', leave);
      root.removeEventListener('wheel', dismiss);
      root.removeEventListener('mousedown', dismiss, true);
      document.removeEventListener('keydown', dismiss, true);
    };
  }, [sheet]);
  const told = (asked && toldOf(sheet, asked)) ?? hovered;
  return told && <Card key={`${told.row.id} ${told.field}`} sheet={sheet} told={told} isAsked={asked !== null} />;
}

/** A menu or a dialog has the floor: the mouse rests on cells by chance. */
const isCovered = (): boolean => document.querySelector('[role=dialog], [role=menu]') !== null;

const widest = 336;

function Card({ sheet, told: { cell, row, field: name }, isAsked }: { sheet: Sheet; told: Told; isAsked: boolean }) {
  const { context } = sheet;
  const { locale } = context.lookups;
  const field = gridFields(context.entity)[name]!;
  const entity = context.entity.name as EntityName;
  const isOnline = useSync()?.connection === 'online';
  const story = useQuestion('cell.story', { entity, id: row.id, field: name });
  const history = useQuestion('audit.read', { entity, id: row.id, limit: 50 }, { enabled: isOnline });
  const entry = history.data?.find(({ changes, action }) => name in changes || action === 'insert');
  const why = whyCellLocked(name, row, context);
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!card.current) return;
    const box = cell.getBoundingClientRect();
    const height = card.current.offsetHeight;
    const isLow = box.bottom + height + 8 > window.innerHeight;
    card.current.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - widest - 8))}px`;
    card.current.style.top = `${isLow ? box.top - height - 4 : box.bottom + 4}px`;
  });
  const text = textOf(name, field, row, context);
  const isCut = cell.scrollWidth > cell.clientWidth;
  return createPortal(
    <div ref={card} className={css.card} role={isAsked ? 'status' : 'tooltip'}>
      <p className={css.head}>
        {field.options.label}
        {(isCut || isAsked) && text !== '' && <span className={css.value}>{text.slice(0, 400)}</span>}
      </p>
      <p className={css.line}>
        <IconHistory size={14} aria-hidden />
        <span>{story.data ? storyText(story.data, entry, locale) : 'Looking it up…'}</span>
      </p>
      {story.data && !isOnline && (
        <p className={css.quiet}>What others did is told by the central database, once this desk is connected.</p>
      )}
      {why !== null && (
        <p className={css.line}>
          <IconLock size={14} aria-hidden />
          <span>{why}</span>
        </p>
      )}
    </div>,
    document.body,
  );
}

const fates: Record<CellFate, string> = {
  waiting: 'Saved on this desk, waiting to be sent.',
  sent: 'Sent, and accepted by the central database.',
  confirmed: 'Confirmed by the central database.',
  conflict: 'Somebody else changed it too: the sync centre asks which one stands.',
  refused: 'The central database refused it: the sync centre says why.',
  'let-go': 'It was not kept.',
};

/** What was done here and is not confirmed comes first; then what the server has recorded; then the row's own stamp. */
export function storyText({ own, row }: Story, entry: AuditEntry | undefined, locale: string): string {
  const isOpen = own !== null && own.state !== 'confirmed' && own.state !== 'let-go';
  if (own && (isOpen || !entry || own.at > entry.at)) {
    return `${howText(own.via)} by you on this desk · ${momentText(own.at, locale)}. ${fates[own.state]}`;
  }
  if (entry) {
    return `${entry.action === 'insert' ? 'As it was added. ' : ''}${provenance(entry, locale)}. ${fates.confirmed}`;
  }
  if (!row) return 'This row is no longer on this desk.';
  if (!row.isSent) return `Added on this desk. ${fates.waiting}`;
  const stamp = (did: string, at: number | null, by: string | null) =>
    at === null ? '' : `${did}${by ? ` by ${by}` : ''} · ${momentText(at, locale)}.`;
  const changed =
    row.updatedAt !== row.createdAt ? stamp('The row was last changed', row.updatedAt, row.updatedBy) : '';
  return `${changed || stamp('The row was added', row.createdAt, row.createdBy) || 'Nothing is recorded about it here.'} ${fates.confirmed}`;
}
