import { Modal } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { PlannedChange, RestoreWhat, TrailEntry } from '../../../shared/contract/trail';
import { entityOf } from '../../../shared/entities';
import { useCommand, useQuestion } from '../../client/hooks';
import type { Lookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { ErrorState, LoadingState } from '../../ui/states';
import css from './audit.module.css';
import { useNames } from './use-names';
import { changeWords, planText, skippedText } from './words';

interface RestoreProps {
  what: RestoreWhat;
  title: string;
  lookups: Lookups;
  onClose: () => void;
}

/** What taking something back would do and what it would leave alone, before anything is done. */
export function RestoreDialog({ what, title, lookups, onClose }: RestoreProps) {
  const plan = useQuestion('audit.plan', { what });
  const { run, busy } = useCommand('audit.restore');
  const restore = async () => {
    const done = await run({ what });
    if (!done) return;
    const left = done.skipped.length > 0 ? ` ${counted(done.skipped.length, 'change')} left alone.` : '';
    notify.done(`${counted(done.count, 'change')} taken back.${left} Undo brings it again.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={640} yOffset={64} centered={false}>
      {plan.error ? (
        <ErrorState problem={plan.error.problem} onRetry={() => void plan.refetch()} />
      ) : !plan.data ? (
        <LoadingState rows={4} label="Looking what can be taken back" />
      ) : (
        <>
          {plan.data.stops && <p className="tone-warning">It cannot be taken back: {plan.data.stops}</p>}
          {!plan.data.stops && plan.data.count === 0 && <p>Nothing of it is left to take back.</p>}
          <Planned changes={plan.data.changes} lookups={lookups} />
          {plan.data.count > plan.data.changes.length && (
            <p className="muted">… and {counted(plan.data.count - plan.data.changes.length, 'more', 'more')}.</p>
          )}
          {plan.data.skipped.length > 0 && (
            <section className={css.skipped} aria-label="Left alone">
              <h3>Left alone: {counted(plan.data.skipped.length, 'change')}</h3>
              <ul>
                {plan.data.skipped.slice(0, 50).map((one) => (
                  <li key={`${one.id}:${one.field}`}>{skippedText(one)}</li>
                ))}
              </ul>
            </section>
          )}
          <div className={css.buttons}>
            <Button onClick={onClose}>Close</Button>
            {plan.data.count > 0 && (
              <Button look="primary" busy={busy} icon={<IconArrowBackUp />} onClick={() => void restore()}>
                {planText(plan.data)}
              </Button>
            )}
          </div>
        </>
      )}
    </Modal>
  );
}

const actWords = { change: '', delete: 'is deleted', 'bring-back': 'comes back, with what went with it' } as const;

function Planned({ changes, lookups }: { changes: PlannedChange[]; lookups: Lookups }) {
  const names = useNames(changes.map(asEntry));
  return (
    <ul className={css.planned} aria-label="Taken back">
      {changes.map((change, at) => (
        <li key={change.id}>
          <span className="medium">{change.title || entityOf(change.entity).labels.one}</span>{' '}
          <span className="muted">{entityOf(change.entity).labels.one.toLowerCase()}</span> {actWords[change.act]}
          {changeWords(asEntry(change, at), names, lookups).map(({ field, label, old, now }) => (
            <p key={field}>
              {label}: <del>{old || 'nothing'}</del> {now || 'nothing'}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

const nobody = { userId: null, userName: null, databaseUser: null, deviceId: null, deviceName: null } as const;

/** A planned change put as an entry, so that both are told in the same words. */
const asEntry = ({ entity, id, values }: PlannedChange, at: number): TrailEntry => ({
  ...{ ...nobody, id: at, at: 0, mutationId: null, via: null, programId: null, row: null, reason: null },
  ...{ entity, rowId: id, action: 'update', changes: values },
});
