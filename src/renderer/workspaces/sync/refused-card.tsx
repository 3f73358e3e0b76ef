import { IconCircleX } from '@tabler/icons-react';
import { useId } from 'react';
import { Link } from 'wouter';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { entityOf } from '../../../shared/entities';
import { useCommand } from '../../client/hooks';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Pill } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './sync.module.css';
import { labelOf, useValueTexts } from './value-texts';

const fewRows = 5;
const opWords: Record<string, string> = {
  insert: 'Add',
  update: 'Change',
  delete: 'Delete',
  restore: 'Bring back',
  reveal: 'Reveal',
};

/** A change the server did not take: why, what can be done, and what was wanted. It holds up nothing else. */
export function RefusedCard({ item }: { item: NeedsYou }) {
  const name = useId();
  const { run, busy } = useCommand('sync.resolve');
  const rows = item.rows.slice(0, fewRows);
  const text = useValueTexts(
    rows.flatMap(({ entity, id, values }) =>
      Object.entries(values).map(([field, value]) => ({ entity, id, field, value })),
    ),
  );
  const [first] = item.rows;

  const resend = async () => {
    if (await run({ mutationId: item.mutationId, choice: 'resend' })) notify.info(`“${item.label}” is sent again.`);
  };
  const discard = async () => {
    const agreed = await confirm({
      title: `Let go of “${item.label}”?`,
      body: `What the server holds stays as it is. Your change of ${counted(item.rows.length, 'record')} will not be sent.`,
      action: 'Let it go',
      dangerous: true,
    });
    if (agreed && (await run({ mutationId: item.mutationId, choice: 'discard' })))
      notify.done(`“${item.label}” was let go.`);
  };

  return (
    <section className={`${css.card} ${css.red}`} aria-labelledby={name}>
      <header className={css.head}>
        <IconCircleX size={16} className="tone-danger" aria-hidden />
        <h2 id={name} className="ellipsis">
          {item.label}
        </h2>
        <Pill tone="danger">Refused</Pill>
        <span className="grow" />
        <span className="quiet small">You · {momentText(item.at)}</span>
      </header>
      <div className={css.two}>
        <div>
          <h3>Why</h3>
          <p>{item.refusal?.message ?? 'The server did not take this change.'}</p>
          <p className="muted small">Your change is kept here until you decide. Nothing else waits for it.</p>
        </div>
        <div>
          <h3>What you can do</h3>
          <p>{item.refusal?.next ?? 'Correct the record and send it again, or let it go.'}</p>
        </div>
      </div>
      <div className={css.wanted}>
        <h3>What you wanted</h3>
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <span className="muted">{opWords[row.op] ?? row.op}</span> {entityOf(row.entity).labels.one.toLowerCase()}{' '}
              <b className="medium">{row.title}</b>
              {Object.entries(row.values).length > 0 && (
                <span className="muted">
                  {': '}
                  {Object.entries(row.values)
                    .filter(([field]) => field !== 'programId')
                    .slice(0, 6)
                    .map(
                      ([field, value]) =>
                        `${labelOf(row.entity, field)} ${text({ entity: row.entity, id: row.id, field, value, wanted: row.values })}`,
                    )
                    .join(', ')}
                </span>
              )}
            </li>
          ))}
        </ul>
        {item.rows.length > fewRows && (
          <p className="quiet small">and {counted(item.rows.length - fewRows, 'more row')}</p>
        )}
      </div>
      <footer className={css.foot}>
        <span className="grow" />
        {first && first.op !== 'delete' && (
          <Link href={pathOf(first.entity, first.id)} className={css.open}>
            Open record
          </Link>
        )}
        <Button small look="danger" busy={busy} onClick={() => void discard()}>
          Let it go
        </Button>
        <Button small look="primary" busy={busy} onClick={() => void resend()}>
          Send again
        </Button>
      </footer>
    </section>
  );
}
