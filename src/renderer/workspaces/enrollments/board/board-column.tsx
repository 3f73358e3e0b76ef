import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BoardColumn as Column } from '../../../../shared/contract/assignment';
import { isWaiting } from '../../../../shared/rules/capacity';
import type { Configuration, Proposal } from '../../../../shared/rules/assignment';
import { Button } from '../../../ui/button';
import { counted, countText } from '../../../ui/moment';
import { BoardCard, Ghost, isCards, type CardHandlers } from './board-card';
import { itemsOf, offsetsOf, seatsOf, within, heights, type BoardItem } from './board-items';
import css from './board.module.css';
import { SeatBar } from './seat-bar';

interface BoardColumnProps {
  column: Column;
  facilities: readonly { id: string; name: string; status: string }[];
  proposals: readonly Proposal[];
  selected: ReadonlySet<string>;
  isLocked: boolean;
  locale: string;
  label: (configuration: Configuration) => string;
  handlers: CardHandlers;
}

/** One facility: how full it is, and who is there. Only the cards in sight are drawn. */
export function BoardColumn({ column, proposals, label, handlers, ...rest }: BoardColumnProps) {
  const items = useMemo(() => itemsOf(column, proposals, label), [column, proposals, label]);
  const offsets = useMemo(() => offsetsOf(items), [items]);
  const seats = seatsOf(column, proposals);
  const place = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState({ top: 0, height: 900 });
  const [isOver, setOver] = useState(false);
  const isClosed = column.status !== 'active';
  const seated = column.cards.filter(({ status }) => !isWaiting(status));
  useEffect(() => {
    const element = place.current;
    if (!element || isClosed) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => isCards(source.data),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        if (!isCards(source.data)) return;
        // Whoever waits here may be given a seat here.
        const own = new Set(column.cards.filter(({ status }) => !isWaiting(status)).map(({ id }) => id));
        const ids = source.data.ids.filter((id) => !own.has(id));
        if (ids.length > 0) handlers.onMove(ids, column.id);
      },
    });
  }, [column, handlers, isClosed]);
  const look = () => {
    const { scrollTop, clientHeight } = scroller.current ?? { scrollTop: 0, clientHeight: 900 };
    setShown({ top: scrollTop, height: clientHeight });
  };
  const [from, to] = within(offsets, shown.top, shown.height);
  return (
    <section ref={place} className={css.column} aria-label={column.name} data-over={isOver || undefined}>
      <header className={css.columnHead}>
        <span className={css.line}>
          <h2 className="ellipsis">{column.name}</h2>
          {isClosed && <IconAlertTriangle size={14} className="tone-warning" aria-hidden />}
        </span>
        <span className={`${css.line} small`}>
          <span className={isClosed ? 'tone-warning' : 'muted'}>
            {isClosed ? statusWords(column.status) : counted(seats.groups, 'group')}
          </span>
          <span className={`${css.end} figures`}>
            {countText(seats.taken + seats.provisional)}
            {seats.proposed > 0 && <b className={css.plus}> +{countText(seats.proposed)}</b>}
            {seats.of !== null && <span className="muted"> / {countText(seats.of)}</span>}
          </span>
        </span>
        <SeatBar
          {...seats}
          label={`${column.name}: ${seats.taken + seats.provisional} of ${seats.of ?? 'any'} seats taken`}
        />
      </header>
      {isClosed && (
        <div className={css.closed}>
          <p className="row medium">
            <IconLock size={14} aria-hidden /> Takes no new students
          </p>
          {seated.length > 0 && !rest.isLocked && (
            <Button small onClick={() => handlers.onMove(seated.map(({ id }) => id))}>
              Transfer {counted(seated.length, 'student')}…
            </Button>
          )}
        </div>
      )}
      <div ref={scroller} className={css.cards} onScroll={look}>
        {items.length === 0 && <p className={`${css.none} muted small`}>Nobody here yet.</p>}
        <div style={{ height: offsets.at(-1), position: 'relative' }}>
          {items.slice(from, to).map((item, i) => (
            <div key={item.key} className={css.item} style={{ top: offsets[from + i], height: heights[item.kind] }}>
              <Item {...{ item, column, handlers, ...rest }} />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

const statusWords = (status: string): string => (status === 'maintenance' ? 'In maintenance' : 'Not active');

type ItemProps = Omit<BoardColumnProps, 'proposals' | 'label'> & { item: BoardItem };

function Item({ item, column, facilities, selected, isLocked, locale, handlers }: ItemProps) {
  switch (item.kind) {
    case 'group': {
      const { group, proposed } = item;
      const all = group.taken + proposed;
      const tone =
        column.capacity === null || all < column.capacity
          ? 'muted'
          : all > column.capacity
            ? 'tone-danger'
            : 'tone-warning';
      return (
        <h3 className={css.group}>
          <span className="ellipsis" title={group.label}>
            {group.label}
          </span>
          <span className={`${css.end} figures ${tone}`}>
            {countText(all)}
            {column.capacity !== null && `/${countText(column.capacity)}`}
          </span>
        </h3>
      );
    }
    case 'waiting':
      return (
        <p className={`${css.group} ${css.waiting}`}>
          <span className="ellipsis">{countText(item.waiting)} waiting</span>
          {item.offered.length > 0 && !isLocked && (
            <Button small look="link" className={css.end} onClick={() => handlers.onMove(item.offered)}>
              {item.offered.length === 1
                ? 'Seat free: offer it…'
                : `${counted(item.offered.length, 'seat')} free: offer…`}
            </Button>
          )}
        </p>
      );
    case 'ghost':
      return <Ghost proposal={item.proposal} locale={locale} />;
    case 'card':
      return (
        <BoardCard
          card={item.card}
          facilityId={column.id}
          isSelected={selected.has(item.card.id)}
          {...{ facilities, isLocked, locale, handlers }}
        />
      );
  }
}
