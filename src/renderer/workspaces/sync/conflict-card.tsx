import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { isEntityName } from '../../../shared/entities';
import { useCommand } from '../../client/hooks';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { Pill } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './sync.module.css';
import { keyOf, settlement, untouched, type Conflict, type Side } from './settlement';
import { labelOf, useValueTexts } from './value-texts';

/** A paste of many cells shows this many of those nobody else touched. */
const fewKept = 4;

/** One change of mine met one of somebody else's: field by field what stood before, what I typed, and what they saved. */
export function ConflictCard({ item }: { item: NeedsYou }) {
  const name = useId();
  const [taken, setTaken] = useState<Record<string, Side>>({});
  const { run, busy } = useCommand('sync.resolve');
  const { conflicts } = item;
  const kept = untouched(item);
  const text = useValueTexts([
    ...conflicts.flatMap(({ entity, id, field, base, mine, theirs }) =>
      [base, mine, theirs].map((value) => ({ entity, id, field, value })),
    ),
    ...kept.slice(0, fewKept),
  ]);
  const [first] = conflicts;
  if (!first) return null;
  const sideOf = (conflict: Conflict): Side => taken[keyOf(conflict)] ?? 'mine';
  const sides = new Set(conflicts.map(sideOf));

  const settle = async (choose: (conflict: Conflict) => Side) => {
    const order = settlement(item, choose);
    if (!(await run(order))) return;
    notify.done(
      order.choice === 'take-theirs'
        ? `What ${whoIs(first)} saved stands for ${first.title}.`
        : `Your change to ${first.title} is sent again.`,
    );
  };
  const rows = new Set(conflicts.map(({ id }) => id)).size;
  return (
    <section className={`${css.card} ${css.amber}`} aria-labelledby={name}>
      <header className={css.head}>
        <IconAlertTriangle size={16} className="tone-warning" aria-hidden />
        <h2 id={name} className="ellipsis">
          {rows === 1 ? first.title : `${item.label}: ${counted(rows, 'record')}`}
        </h2>
        <Pill tone="warning">{counted(conflicts.length, 'field')} in conflict</Pill>
        {kept.length > 0 && <Pill tone="info">{counted(kept.length, 'other')} kept</Pill>}
        <span className="grow" />
        {rows === 1 && isEntityName(first.entity) && (
          <Link href={pathOf(first.entity, first.id)} className={css.open}>
            Open record
          </Link>
        )}
      </header>
      <table className={css.sides}>
        <colgroup>
          <col className={css.narrow} />
          <col className={css.before} />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <td />
            <SideHead title="Before" detail="what you saw" />
            <SideHead title="Mine" detail={`You, this desk · ${momentText(item.at)}`} />
            <SideHead
              title="Theirs"
              detail={[whoIs(first), first.theirsAt === null ? null : momentText(first.theirsAt)]
                .filter(Boolean)
                .join(' · ')}
            />
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => (
            <tr key={keyOf(conflict)}>
              <th scope="row">
                {labelOf(conflict.entity, conflict.field)}
                {rows > 1 && <span className="quiet micro"> {conflict.title}</span>}
              </th>
              <td>{text({ ...conflict, value: conflict.base })}</td>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side} data-picked={sideOf(conflict) === side || undefined}>
                  <label className={css.choice}>
                    <input
                      type="radio"
                      name={`${name}-${keyOf(conflict)}`}
                      checked={sideOf(conflict) === side}
                      onChange={() => setTaken({ ...taken, [keyOf(conflict)]: side })}
                    />
                    <span>
                      {text({ ...conflict, value: conflict[side] })}
                      <span className="only-read-aloud">
                        , {side === 'mine' ? 'mine' : 'theirs'}, {labelOf(conflict.entity, conflict.field)}
                      </span>
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
          {kept.slice(0, fewKept).map((one) => (
            <tr key={keyOf(one)}>
              <th scope="row">{labelOf(one.entity, one.field)}</th>
              <td className="quiet">nobody else changed it</td>
              <td>{text(one)}</td>
              <td className="quiet">unchanged</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className={css.foot}>
        <span className="grow">
          {kept.length > 0 ? 'Your other fields are kept either way.' : 'Nothing else waits for this.'}
        </span>
        {sides.size > 1 ? (
          <Button small look="primary" busy={busy} onClick={() => void settle(sideOf)}>
            Save these choices
          </Button>
        ) : (
          <>
            <Button
              small
              look={sides.has('theirs') ? 'primary' : 'plain'}
              busy={busy}
              onClick={() => void settle(() => 'theirs')}
            >
              Take theirs
            </Button>
            <Button
              small
              look={sides.has('mine') ? 'primary' : 'plain'}
              busy={busy}
              onClick={() => void settle(() => 'mine')}
            >
              Keep mine
            </Button>
          </>
        )}
      </footer>
    </section>
  );
}

const whoIs = ({ theirsName }: Conflict): string => theirsName ?? 'Somebody else';

const SideHead = ({ title, detail }: { title: string; detail: string }) => (
  <th scope="col">
    <span className="medium">{title}</span>
    <br />
    <span className="quiet">{detail}</span>
  </th>
);
