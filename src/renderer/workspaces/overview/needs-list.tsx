import {
  IconAlertTriangle,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconCircleX,
  IconListTree,
  IconRefresh,
  IconTable,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { Button } from '../../ui/button';
import { Pill } from '../../ui/marks';
import { EmptyState, LoadingState } from '../../ui/states';
import type { Need } from './needs-me';
import css from './overview.module.css';

const looks: Record<Need['kind'], [icon: Icon, tone: string]> = {
  refused: [IconCircleX, 'tone-danger'],
  conflict: [IconAlertTriangle, 'tone-warning'],
  capacity: [IconBuildingCommunity, 'tone-warning'],
  price: [IconTable, 'tone-warning'],
  guardian: [IconUsers, 'tone-info'],
  bookings: [IconCalendarEvent, 'tone-info'],
  draft: [IconListTree, 'tone-info'],
  waiting: [IconRefresh, 'tone-info'],
};

export function NeedsList({ needs, isLoading }: { needs: readonly Need[]; isLoading: boolean }) {
  const [, goTo] = useLocation();
  return (
    <section className={css.needs} aria-labelledby="needs-me">
      <header className={css.head}>
        <h2 id="needs-me">Needs me</h2>
        <Pill>{needs.length}</Pill>
      </header>
      {isLoading && <LoadingState rows={4} label="What needs you is counted once everything is here" />}
      {needs.length === 0 && !isLoading && (
        <EmptyState title="Nothing needs you">
          No conflicts, no gaps in prices, and everything you changed is sent.
        </EmptyState>
      )}
      <ul className={css.list}>
        {needs.map(({ kind, title, detail, action, path }) => {
          const [Icon, tone] = looks[kind];
          return (
            <li key={kind} className={css.need}>
              <Icon size={16} stroke={1.6} className={tone} aria-hidden />
              <span className="grow">
                <span className="medium">{title}</span>
                <span className={`small muted ellipsis ${css.detail ?? ''}`} title={detail}>
                  {detail}
                </span>
              </span>
              <Button className={css.action} aria-label={`${action}: ${title}`} onClick={() => goTo(path)}>
                {action}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
