import { useQuestion } from '../../client/hooks';
import { Pill, StatusDot } from '../../ui/marks';
import { counted, countText, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './sync.module.css';

const asked = 200;
const stateWords = { waiting: 'Waiting', sending: 'Sending', sent: 'Sent, answer awaited' } as const;

/** What was done on this desk and is not confirmed yet, in the order in which it is sent. */
export function WaitingList({ online }: { online: boolean }) {
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
            <th scope="col">When</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {waiting.data.map(({ mutationId, label, via, rows, at, state }) => (
            <tr key={mutationId}>
              <td>{label}</td>
              <td className="muted">{via}</td>
              <td>{countText(rows)}</td>
              <td className="muted">{momentText(at)}</td>
              <td>
                <span className="row">
                  <StatusDot kind={state === 'waiting' ? 'waiting' : 'busy'} />
                  {stateWords[state]}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {waiting.data.length === asked && (
        <p className={`quiet small ${css.more ?? ''}`}>The first {counted(asked, 'change')} are shown.</p>
      )}
      {!online && (
        <p className={`quiet small ${css.more ?? ''}`}>
          <Pill>Offline</Pill> They are sent by themselves when the connection is back.
        </p>
      )}
    </>
  );
}
