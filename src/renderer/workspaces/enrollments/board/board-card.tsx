import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { memo, useEffect, useRef, type MouseEvent } from 'react';
import type { BoardCard as Card } from '../../../../shared/contract/assignment';
import type { Proposal } from '../../../../shared/rules/assignment';
import { moneyText } from '../../../../shared/rules/number-text';
import { markWords } from '../../../grid/gutter-cell';
import { Button } from '../../../ui/button';
import { Pill, StatusDot } from '../../../ui/marks';
import { counted } from '../../../ui/moment';
import css from './board.module.css';

/** What a drag on the board carries. */
export interface DraggedCards extends Record<string | symbol, unknown> {
  board: true;
  ids: string[];
}
export const isCards = (data: Record<string | symbol, unknown>): data is DraggedCards => data['board'] === true;

export type CardAct = 'pause' | 'resume' | 'withdraw' | 'complete' | 'reprice' | 'open';

export interface CardHandlers {
  onPick: (id: string, adding: boolean) => void;
  /** The cards an act on this one is about: the selection, where it is in it. */
  idsFor: (id: string) => string[];
  onMove: (ids: string[], facilityId?: string) => void;
  onAct: (act: CardAct, ids: string[]) => void;
}

interface BoardCardProps {
  card: Card;
  facilityId: string;
  facilities: readonly { id: string; name: string; status: string }[];
  isSelected: boolean;
  isLocked: boolean;
  locale: string;
  handlers: CardHandlers;
}

/** One learner in one course at one facility. */
export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { card, facilityId, facilities, isSelected, isLocked, locale, handlers } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = element.current;
    if (!place || isLocked) return;
    return draggable({
      element: place,
      getInitialData: () => ({ board: true, ids: handlers.idsFor(card.id) }),
      onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
        const count = isCards(source.data) ? source.data.ids.length : 1;
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render: ({ container }) => {
            const label = document.createElement('div');
            label.className = css.dragLabel ?? '';
            label.textContent = count > 1 ? counted(count, 'student') : card.student;
            container.append(label);
          },
        });
      },
    });
  }, [card.id, card.student, isLocked, handlers]);
  const onPick = (event: MouseEvent) => handlers.onPick(card.id, event.ctrlKey || event.metaKey || event.shiftKey);
  return (
    <div ref={element} className={css.card} data-selected={isSelected || undefined} data-mark={card.mark ?? undefined}>
      <button
        type="button"
        className={css.face}
        aria-pressed={isSelected}
        title="Space adds it to the selection"
        onClick={onPick}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          handlers.onPick(card.id, true);
        }}
      >
        <span className={css.line}>
          <span className="medium ellipsis">{card.student}</span>
          {card.mark && <StatusDot kind={card.mark} label={markWords[card.mark]} />}
          {card.status === 'paused' && <Pill tone="warning">Paused</Pill>}
          {card.status === 'waitlisted' && <Pill>Waiting</Pill>}
          {card.overrideReason && <Pill tone="danger">Over</Pill>}
          <span className={`${css.end} muted`}>{card.age ?? ''}</span>
        </span>
        <span className={`${css.line} small muted`}>
          <span className="ellipsis">{card.course}</span>
          <span className={css.end}>
            {card.price !== null && card.currency ? moneyText(card.price, card.currency, locale) : ''}
          </span>
        </span>
      </button>
      <CardMenu {...{ card, facilityId, facilities, isLocked, handlers }} />
    </div>
  );
});

function CardMenu({ card, facilityId, facilities, isLocked, handlers }: Omit<BoardCardProps, 'isSelected' | 'locale'>) {
  const act = (name: CardAct) => () => handlers.onAct(name, handlers.idsFor(card.id));
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          small
          look="ghost"
          className={css.more}
          icon={<IconDots />}
          aria-label={`What to do with ${card.student} in ${card.course}`}
        />
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item onClick={act('open')}>Open the enrollment</Menu.Item>
        {!isLocked && (
          <>
            {card.status === 'waitlisted' ? (
              <>
                <Menu.Item onClick={() => handlers.onMove(handlers.idsFor(card.id))}>Give a seat…</Menu.Item>
                <Menu.Item onClick={act('withdraw')}>Take off the waitlist…</Menu.Item>
              </>
            ) : (
              <>
                {card.status === 'active' ? (
                  <Menu.Item onClick={act('pause')}>Pause</Menu.Item>
                ) : (
                  <Menu.Item onClick={act('resume')}>Resume</Menu.Item>
                )}
                <Menu.Item onClick={act('complete')}>Complete…</Menu.Item>
                <Menu.Item onClick={act('withdraw')}>Withdraw…</Menu.Item>
                <Menu.Item onClick={act('reprice')}>Re-price…</Menu.Item>
              </>
            )}
            <Menu.Divider />
            <Menu.Label>{card.status === 'waitlisted' ? 'Give a seat at' : 'Move to'}</Menu.Label>
            {card.status !== 'waitlisted' && (
              <Menu.Item onClick={() => handlers.onMove(handlers.idsFor(card.id))}>Wherever there is room…</Menu.Item>
            )}
            {facilities
              .filter(({ id, status }) => id !== facilityId && status === 'active')
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => handlers.onMove(handlers.idsFor(card.id), id)}>
                  {name}…
                </Menu.Item>
              ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where a proposal would put somebody. */
export function Ghost({ proposal, locale }: { proposal: Proposal; locale: string }) {
  const { name, age, course, price, currency, isOver } = proposal;
  return (
    <div className={`${css.card} ${css.ghost}`} aria-label={`Proposed: ${name}`}>
      <span className={css.face}>
        <span className={css.line}>
          <span className="medium ellipsis">{name}</span>
          {isOver && <Pill tone="danger">Over</Pill>}
          <span className={css.end}>{age ?? ''}</span>
        </span>
        <span className={`${css.line} small`}>
          <span className="ellipsis">{course}</span>
          <span className={css.end}>{moneyText(price, currency, locale)}</span>
        </span>
      </span>
    </div>
  );
}
