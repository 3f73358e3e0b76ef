import type { RehearsedChange, RehearsedOutcome } from '../../../shared/contract/sync';
import { useQuestion } from '../../client/hooks';
import { howText } from '../../grid/explain/provenance';
import { Pill, StatusDot, type Tone } from '../../ui/marks';
import { ageText, counted, countText, momentText, sizeText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './sync.module.css';

const asked = 200;
const stateWords = { waiting: 'Waiting', sending: 'Sending', sent: 'Sent, answer awaited' } as const;

const outcomeWords: Record<RehearsedOutcome, { tone: Tone; words: string }> = {
  apply: { tone: 'success', words: 'Will apply' },
  same: { tone: 'plain', words: 'Is so already' },
  merge: { tone: 'info', words: 'Will merge' },
  conflict: { tone: 'warning', words: 'Will conflict' },
  refuse: { tone: 'danger', words: 'Will be refused' },
  sent: { tone: 'success', words: 'Arrived already' },
};

/** With whom a change merges, and which of their fields: `Nkechi Ojo changed Notes, Phone`. */
const mergeText = ({ merges }: RehearsedChange): string =>
  merges
    .map(
      ({ by, fields, title }) =>
        `${by ?? 'Somebody else'} changed ${fields.length > 0 ? fields.join(', ') : 'something'}${title ? ` of ${title}` : ''}`,
    )
    .join('; ');

/** What was done on this desk and is not confirmed yet, in the order in which it is sent. */
export function WaitingList({
  online,
  held,
  rehearsed,
}: {
  online: boolean;
  held: boolean;
  /** What a rehearsal found, by mutation. */
  rehearsed: ReadonlyMap<string, RehearsedChange>;
}) {
  const waiting = useQuestion('sync.waiting', { limit: asked }, { keep: true });
  if (waiting.error) return <ErrorState problem={waiting.error.problem} onRetry={() => void waiting.refetch()} />;
  if (!waiting.data) return <LoadingState rows={6} />;
  if (waiting.data.length === 0)
    return (
      <EmptyState title="Nothing waits to be sent">Everything you changed on this desk is on the server.</EmptyState>
    );
  return (
    <>
      <table className={css.waiting}>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">How</th>
            <th scope="col">Rows</th>
            <th scope="col">Size</th>
            <th scope="col">Since</th>
            <th scope="col">State</th>
            {rehearsed.size > 0 && <th scope="col">If sent now</th>}
          </tr>
        </thead>
        <tbody>
          {waiting.data.map(({ mutationId, label, via, rows, bytes, at, state }) => (
            <tr key={mutationId}>
              <td>{label}</td>
              <td className="muted">{howText(via)}</td>
              <td>{countText(rows)}</td>
              <td className="muted">{sizeText(bytes)}</td>
              <td className="muted">
                {momentText(at)} <span className="quiet">{ageText(at)}</span>
              </td>
              <td>
                <span className="row">
                  <StatusDot kind={state === 'waiting' ? 'waiting' : 'busy'} />
                  {stateWords[state]}
                </span>
              </td>
              {rehearsed.size > 0 && <Outcome change={rehearsed.get(mutationId)} />}
            </tr>
          ))}
        </tbody>
      </table>
      {waiting.data.length === asked && (
        <p className={`quiet small ${css.more ?? ''}`}>The first {counted(asked, 'change')} are shown.</p>
      )}
      {online && held && (
        <p className={`quiet small ${css.more ?? ''}`}>
          <Pill tone="warning">Paused</Pill> They go when you send them.
        </p>
      )}
      {!online && (
        <p className={`quiet small ${css.more ?? ''}`}>
          <Pill>Offline</Pill> They are sent by themselves when the connection is back.
        </p>
      )}
    </>
  );
}

function Outcome({ change }: { change: RehearsedChange | undefined }) {
  if (!change) return <td className="quiet">not rehearsed</td>;
  const { tone, words } = outcomeWords[change.outcome];
  return (
    <td>
      <Pill tone={tone}>{words}</Pill> <span className="quiet small">{mergeText(change)}</span>
    </td>
  );
}
