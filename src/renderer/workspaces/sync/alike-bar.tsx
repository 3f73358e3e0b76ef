import { IconStack2 } from '@tabler/icons-react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { entityOf, isEntityName } from '../../../shared/entities';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { listOf } from './consequence';
import { allOf, settlement, whoRestores, type Side } from './settlement';
import css from './sync.module.css';
import { useSettle } from './use-settle';
import { labelOf } from './value-texts';

/** Many that ask the same question are answered once. */
export function AlikeBar({ items }: { items: readonly NeedsYou[] }) {
  const { settleAll, busy } = useSettle();
  const what = whatOf(items);
  const count = counted(items.length, 'change');
  const mayRestore = items.every(({ clashes }) => clashes.every((clash) => whoRestores(clash) === null));
  const take = (side: Side) =>
    void settleAll(
      items.map((item) => settlement(item, allOf(item, side))),
      side === 'mine' ? `Yours stands in ${count}.` : `Theirs stands in ${count}.`,
    );
  return (
    <section className={css.alike} aria-label={`${items.length} alike: ${what}`}>
      <IconStack2 size={16} className="tone-warning" aria-hidden />
      <span className="grow">
        <b className="medium">
          {items.length} alike: {what}
        </b>{' '}
        <span className="muted">{consequenceOf(items)}</span>
      </span>
      <Button small busy={busy} onClick={() => take('theirs')}>
        Take theirs in all {items.length}
      </Button>
      {mayRestore && (
        <Button small busy={busy} onClick={() => take('mine')}>
          Keep mine in all {items.length}
        </Button>
      )}
    </section>
  );
}

const clashNames = {
  gone: 'changed here, deleted there',
  'parent-gone': 'added to here, deleted there',
  changed: 'deleted here, changed there',
};

function whatOf(items: readonly NeedsYou[]): string {
  const [first] = items;
  const fields = (first?.conflicts ?? []).map(
    ({ entity, field }) =>
      `${labelOf(entity, field)} of ${isEntityName(entity) ? entityOf(entity).labels.many.toLowerCase() : 'records'}`,
  );
  const clashes = (first?.clashes ?? []).map(
    ({ kind, entity }) => `${entityOf(entity).labels.many.toLowerCase()} ${clashNames[kind]}`,
  );
  return listOf([...new Set([...fields, ...clashes])]);
}

function consequenceOf(items: readonly NeedsYou[]): string {
  const people = [
    ...new Set(
      items.flatMap(({ conflicts, clashes }) =>
        [...conflicts, ...clashes].map(({ theirsName }) => theirsName ?? 'somebody else'),
      ),
    ),
  ];
  return `Theirs is what ${listOf(people.slice(0, 3))}${people.length > 3 ? ' and others' : ''} did. The rest of each change is kept either way.`;
}
