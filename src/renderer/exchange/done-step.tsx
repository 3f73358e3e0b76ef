import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { HistoryOutcome } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import type { Entity } from '../../shared/model';
import { problemOf, request } from '../client/request';
import { Button } from '../ui/button';
import { counted } from '../ui/moment';
import { notify } from '../ui/notify';
import css from './exchange.module.css';
import type { ImportDraft } from './import-draft';

/** What was done, and the way back. */
export function DoneStep({ entity, draft, onClose }: { entity: Entity; draft: ImportDraft; onClose: () => void }) {
  const { applied } = draft;
  const [undone, setUndone] = useState<HistoryOutcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!applied) return null;
  const thing = (count: number) => counted(count, entity.labels.one.toLowerCase(), entity.labels.many.toLowerCase());
  const parts = [
    applied.created > 0 ? `${thing(applied.created)} added` : '',
    applied.updated > 0 ? `${thing(applied.updated)} changed` : '',
  ];
  const undo = async () => {
    setBusy(true);
    try {
      setUndone(await request('history.undo', { id: applied.mutationId }));
    } catch (error) {
      notify.problem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={css.done} role="status">
        <IconCircleCheck size={28} stroke={1.4} aria-hidden />
        <p className="medium">
          Import {applied.number}: {parts.filter(Boolean).join(', ')}.
        </p>
        {undone === null ? (
          <p className="muted small">It is one step: Undo takes all of it back, also later.</p>
        ) : (
          <p>{undone.label === null ? 'This import was undone already.' : 'The import was undone.'}</p>
        )}
      </div>
      {undone && undone.skipped.length > 0 && (
        <div className={css.table}>
          <table aria-label="Left alone">
            <caption>Left alone, because somebody changed it since</caption>
            <tbody>
              {undone.skipped.slice(0, 500).map(({ entity: name, id, title, field }) => (
                <tr key={`${id} ${field}`}>
                  <th scope="row">{title || entityOf(name).labels.one}</th>
                  <td>{entityOf(name).fields[field]?.options.label ?? (field || 'the row')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={css.foot}>
        <span className="grow" />
        {undone === null && (
          <Button busy={isBusy} onClick={() => void undo()}>
            Undo this import
          </Button>
        )}
        <Button look="primary" data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}
