import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { entityOf, isEntityName } from '../../../shared/entities';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { Pill } from '../../ui/marks';
import { counted } from '../../ui/moment';
import { AskPart } from './ask-part';
import { actionText, consequenceOf, oneOf } from './consequence';
import { FieldConflicts } from './field-conflicts';
import { RowClashes } from './row-clashes';
import {
  allOf,
  choiceOf,
  settlement,
  undecided,
  untouched,
  verdict,
  whoRestores,
  type Decisions,
  type Side,
} from './settlement';
import css from './sync.module.css';
import { useSettle } from './use-settle';

/** One change of mine met somebody else's: field by field and record by record what each did, and what becomes of it. */
export function ConflictCard({ item }: { item: NeedsYou }) {
  const name = useId();
  const [decisions, setDecisions] = useState<Decisions>(undecided);
  const { settle, busy } = useSettle();
  const side = verdict(item, decisions);
  const isBad = item.conflicts.some((conflict) => {
    const choice = choiceOf(decisions, conflict);
    return choice.take === 'other' && choice.problem !== null;
  });
  const mayNot = item.clashes.some((clash) => whoRestores(clash) !== null);
  const take = (given: Decisions) => void settle(item, settlement(item, given), given);
  const way = (to: Side) => {
    if (to === 'mine' && mayNot && item.conflicts.length === 0 && item.clashes.length === 1) return null;
    return (
      <Button key={to} small look={side === to ? 'primary' : 'plain'} busy={busy} onClick={() => take(allOf(item, to))}>
        {actionText(item, to)}
      </Button>
    );
  };
  return (
    <section className={`${css.card} ${css.amber}`} aria-labelledby={name} data-card={item.mutationId} tabIndex={-1}>
      <Head item={item} name={name} />
      {item.clashes.length > 0 && <RowClashes {...{ item, decisions }} onDecide={setDecisions} />}
      {item.conflicts.length > 0 && <FieldConflicts {...{ item, decisions }} onDecide={setDecisions} />}
      {mayNot && <AskPart item={item} />}
      <footer className={css.foot}>
        <span className="grow" aria-live="polite">
          {consequenceOf(item, decisions)}
        </span>
        {side === 'mixed' ? (
          <Button small look="primary" busy={busy} disabled={isBad} onClick={() => take(decisions)}>
            Save these choices
          </Button>
        ) : (
          [way(side === 'mine' ? 'theirs' : 'mine'), way(side)]
        )}
      </footer>
    </section>
  );
}

function Head({ item, name }: { item: NeedsYou; name: string }) {
  const { conflicts, clashes } = item;
  const records = new Map([...conflicts, ...clashes].map((one) => [one.id, one]));
  const [first, ...more] = [...records.values()];
  const kept = untouched(item).length;
  const isHere =
    first && isEntityName(first.entity) && !clashes.some((clash) => clash.id === first.id && clash.kind !== 'changed');
  return (
    <header className={css.head}>
      <IconAlertTriangle size={16} className="tone-warning" aria-hidden />
      <h2 id={name} className="ellipsis">
        {first && more.length === 0 ? titleOf(item, first) : `${item.label}: ${counted(records.size, 'record')}`}
      </h2>
      {conflicts.length > 0 && <Pill tone="warning">{counted(conflicts.length, 'field')} in conflict</Pill>}
      {clashes.length > 0 && <Pill tone="warning">{clashWords(item)}</Pill>}
      {kept > 0 && <Pill tone="info">{counted(kept, 'other')} kept</Pill>}
      <span className="grow" />
      {more.length === 0 && isHere && isEntityName(first.entity) && (
        <Link href={pathOf(first.entity, first.id)} className={css.open}>
          Open {oneOf(first.entity)}
        </Link>
      )}
    </header>
  );
}

const titleOf = ({ clashes }: NeedsYou, { entity, title }: { entity: string; title: string }): string =>
  clashes.length > 0 && isEntityName(entity) ? `${entityOf(entity).labels.one} “${title}”` : title;

function clashWords({ clashes, conflicts }: NeedsYou): string {
  const [first] = clashes;
  if (!first || clashes.length > 1 || conflicts.length > 0) return counted(clashes.length, 'deletion');
  switch (first.kind) {
    case 'gone':
      return 'Changed here, deleted there';
    case 'parent-gone':
      return 'Added to here, deleted there';
    case 'changed':
      return first.news.some(({ isNew }) => isNew) ? 'Deleted here, added to there' : 'Deleted here, changed there';
  }
}
