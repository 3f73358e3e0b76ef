import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useId } from 'react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import type { RehearsedChange } from '../../../shared/contract/sync';
import { Pill } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { clashSentence } from './consequence';
import css from './sync.module.css';
import { keyOf } from './settlement';
import { labelOf, useValueTexts } from './value-texts';

/** What would come back if everything were sent now. Nothing is to be decided before: sent or not, it then waits here without holding up anything. */
export function RehearsedCards({ changes }: { changes: readonly RehearsedChange[] }) {
  return changes.map(({ mutationId, card }) => card && <RehearsedCard key={mutationId} card={card} />);
}

function RehearsedCard({ card }: { card: NeedsYou }) {
  const name = useId();
  const { conflicts, clashes, refusal, label } = card;
  const text = useValueTexts(
    conflicts.flatMap(({ entity, id, field, base, mine, theirs }) =>
      [base, mine, theirs].map((value) => ({ entity, id, field, value })),
    ),
  );
  const isConflict = conflicts.length + clashes.length > 0;
  return (
    <section className={`${css.card} ${isConflict ? css.amber : css.red}`} aria-labelledby={name}>
      <header className={css.head}>
        {isConflict ? (
          <IconAlertTriangle size={16} className="tone-warning" aria-hidden />
        ) : (
          <IconCircleX size={16} className="tone-danger" aria-hidden />
        )}
        <h2 id={name} className="ellipsis">
          {label}
        </h2>
        <Pill tone={isConflict ? 'warning' : 'danger'}>{isConflict ? 'Will conflict' : 'Will be refused'}</Pill>
        <span className="grow" />
        <span className="quiet small">You · {momentText(card.at)}</span>
      </header>
      {clashes.length > 0 && (
        <div className={css.two}>
          <div>
            <h3>What happened</h3>
            {clashes.slice(0, 5).map((clash) => (
              <p key={clash.id}>{clashSentence(clash)}</p>
            ))}
            {clashes.length > 5 && <p className="quiet small">and {counted(clashes.length - 5, 'more record')}</p>}
          </div>
          <div>
            <h3>What you can do</h3>
            <p>Send it: it then waits here for your decision, and holds up nothing else.</p>
          </div>
        </div>
      )}
      {conflicts.length > 0 && (
        <table className={css.sides}>
          <colgroup>
            <col className={css.narrow} />
            <col className={css.before} />
          </colgroup>
          <thead>
            <tr>
              <td />
              <th scope="col">Before</th>
              <th scope="col">Mine</th>
              <th scope="col">Theirs</th>
            </tr>
          </thead>
          <tbody>
            {conflicts.map((conflict) => (
              <tr key={keyOf(conflict)}>
                <th scope="row">
                  {labelOf(conflict.entity, conflict.field)} <span className="quiet micro">{conflict.title}</span>
                </th>
                <td>{text({ ...conflict, value: conflict.base })}</td>
                <td>{text({ ...conflict, value: conflict.mine })}</td>
                <td>
                  {text({ ...conflict, value: conflict.theirs })}{' '}
                  <span className="quiet micro">
                    {conflict.theirsName ?? 'Somebody else'}
                    {conflict.theirsAt !== null && `, ${momentText(conflict.theirsAt)}`}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!isConflict && (
        <div className={css.two}>
          <div>
            <h3>Why</h3>
            <p>{refusal?.message ?? 'The server will not take this change.'}</p>
          </div>
          <div>
            <h3>What you can do</h3>
            <p>{refusal?.next ?? 'Correct the record before you send, or let the change go afterwards.'}</p>
          </div>
        </div>
      )}
    </section>
  );
}
