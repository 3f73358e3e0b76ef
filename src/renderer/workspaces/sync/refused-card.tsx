import { IconCircleX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { pathOf } from '../../client/paths';
import { offer } from '../../exchange/files';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Pill } from '../../ui/marks';
import { counted, countText, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { AskPart } from './ask-part';
import { changeText, opWords, wantedValues } from './change-text';
import { listOf, oneOf } from './consequence';
import { EditPart, type Edited } from './edit-part';
import { keyOf } from './settlement';
import css from './sync.module.css';
import { useSettle } from './use-settle';
import { useValueTexts } from './value-texts';

const fewRows = 5;

/** A change the server did not take: why, what can be done, and what was wanted. It holds up nothing else; what hangs from it stands beneath. */
export function RefusedCard({ item, dependents }: { item: NeedsYou; dependents: readonly NeedsYou[] }) {
  const name = useId();
  const { settleAll, busy } = useSettle();
  const [edited, setEdited] = useState<Edited | null>(null);
  const all = [item, ...dependents];
  const isBad = edited !== null && Object.values(edited).some(({ problem }) => problem !== null);
  const names =
    listOf(all.slice(0, 3).map(({ label }) => `“${label}”`)) +
    (all.length > 3 ? ` and ${counted(all.length - 3, 'more change')}` : '');

  const resend = async () => {
    const fields = Object.values(edited ?? {}).map(({ entity, id, field, value }) => ({
      ...{ entity, id, field, value },
      take: 'other' as const,
    }));
    const [first, ...rest] = all.map(({ mutationId }) => ({ mutationId, choice: 'resend' as const }));
    if (first)
      await settleAll([{ ...first, fields }, ...rest], `${names} ${all.length === 1 ? 'is' : 'are'} sent again.`);
  };
  const discard = async () => {
    const rows = new Set(all.flatMap((one) => one.rows.map(({ id }) => id))).size;
    const agreed = await confirm({
      title: all.length === 1 ? `Discard “${item.label}”?` : `Discard ${counted(all.length, 'change')}?`,
      body: (
        <>
          <p>What the server holds stays as it is. What you entered in {counted(rows, 'record')} is not sent:</p>
          <ul>
            {all.slice(0, 6).map(({ mutationId, label }) => (
              <li key={mutationId}>{label}</li>
            ))}
            {all.length > 6 && <li>and {countText(all.length - 6)} more</li>}
          </ul>
          <p>You can take it back for 7 days by “Undo” in the message that follows.</p>
        </>
      ),
      action: all.length === 1 ? 'Discard it' : 'Discard them',
      dangerous: true,
      keep: 'Keep it here',
    });
    if (agreed)
      await settleAll(
        all.map(({ mutationId }) => ({ mutationId, choice: 'discard' as const })),
        `${names} ${all.length === 1 ? 'was' : 'were'} discarded.`,
      );
  };

  const [first] = item.rows;
  const isFull = item.refusal?.code === 'facility-full';
  return (
    <section className={`${css.card} ${css.red}`} aria-labelledby={name} data-card={item.mutationId} tabIndex={-1}>
      <header className={css.head}>
        <IconCircleX size={16} className="tone-danger" aria-hidden />
        <h2 id={name} className="ellipsis">
          {item.label}
        </h2>
        <Pill tone="danger">{isFull ? 'Seat taken twice' : 'Refused'}</Pill>
        <span className="grow" />
        <span className="quiet small">You · {momentText(item.at)}</span>
        {first && first.op === 'update' && (
          <Link href={pathOf(first.entity, first.id)} className={css.open}>
            Open {oneOf(first.entity)}
          </Link>
        )}
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
          {isFull && (
            <p className="small">
              <Link href="/enrollments/board" className={css.open}>
                Find another seat on the assignment board
              </Link>
              , or say here why it may go over.
            </p>
          )}
        </div>
      </div>
      <AskPart item={item} />
      <div className={css.wanted}>
        <h3>What you wanted</h3>
        {edited ? <EditPart {...{ item, edited }} onEdit={setEdited} /> : <Wanted item={item} />}
      </div>
      {dependents.length > 0 && <Dependents items={dependents} />}
      <footer className={css.foot}>
        <span className="grow">
          {dependents.length > 0 &&
            `${counted(dependents.length, 'change')} below ${dependents.length === 1 ? 'goes' : 'go'} the same way.`}
        </span>
        <CopyOut item={item} />
        <Button small look="danger" busy={busy} onClick={() => void discard()}>
          Discard…
        </Button>
        {item.rows.some(({ op }) => op === 'insert' || op === 'update') && (
          <Button small on={edited !== null} onClick={() => setEdited(edited ? null : {})}>
            {edited ? 'Leave it as it was' : isFull ? 'Go over with a reason…' : 'Edit…'}
          </Button>
        )}
        <Button small look="primary" busy={busy} disabled={isBad} onClick={() => void resend()}>
          {edited && Object.keys(edited).length > 0 ? 'Send as edited' : 'Send again'}
        </Button>
      </footer>
    </section>
  );
}

function Wanted({ item }: { item: NeedsYou }) {
  const rows = item.rows.slice(0, fewRows);
  const text = useValueTexts(rows.flatMap(wantedValues));
  const atFault = new Set(
    (item.refusal?.fields ?? []).map((field) => keyOf({ entity: '', id: item.refusal?.id ?? '', field })),
  );
  return (
    <>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span className="muted">{opWords[row.op] ?? row.op}</span> {oneOf(row.entity)}{' '}
            <b className="medium">{row.title}</b>
            <span className={css.values}>
              {wantedValues(row)
                .slice(0, 12)
                .map((value) => (
                  <span key={value.field} data-fault={atFault.has(keyOf({ ...value, entity: '' })) || undefined}>
                    <span className="quiet">{value.label}</span> {text(value)}
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ul>
      {item.rows.length > fewRows && (
        <p className="quiet small">and {counted(item.rows.length - fewRows, 'more record')}</p>
      )}
    </>
  );
}

/** What came back only because this did. */
const Dependents = ({ items }: { items: readonly NeedsYou[] }) => (
  <div className={css.wanted}>
    <h3>Depends on it</h3>
    <ul>
      {items.map(({ mutationId, label, at, refusal }) => (
        <li key={mutationId}>
          <b className="medium">{label}</b> <span className="quiet small">{momentText(at)}</span>{' '}
          <span className="muted">{refusal?.message}</span>
        </li>
      ))}
    </ul>
  </div>
);

/** Takes what was entered elsewhere, before or without a decision. */
function CopyOut({ item }: { item: NeedsYou }) {
  const text = useValueTexts(item.rows.flatMap(wantedValues));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(changeText(item, text));
      notify.done('What you entered is on the clipboard.');
    } catch {
      notify.info('The clipboard cannot be reached. Save it to a file instead.');
    }
  };
  const save = () =>
    offer(
      `${item.label.replace(/[^\p{L}\p{N} ]+/gu, '').slice(0, 60) || 'Change'}.txt`,
      new Blob([changeText(item, text)], { type: 'text/plain' }),
    );
  return (
    <>
      <Button small look="ghost" title="Copies what you entered as text" onClick={() => void copy()}>
        Copy
      </Button>
      <Button small look="ghost" title="Saves what you entered as a text file" onClick={save}>
        Save to a file
      </Button>
    </>
  );
}
