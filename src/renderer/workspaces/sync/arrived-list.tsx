import { Link } from 'wouter';
import { entityOf } from '../../../shared/entities';
import { useQuestion } from '../../client/hooks';
import { pathOf } from '../../client/paths';
import { countText, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './sync.module.css';

const whatWords = { added: 'Added', changed: 'Changed', gone: 'Gone' } as const;
const asked = 200;

/** What others did lately that came to this desk, the newest first. */
export function ArrivedList() {
  const arrived = useQuestion('sync.arrived', { limit: asked }, { keep: true });
  if (arrived.error) return <ErrorState problem={arrived.error.problem} onRetry={() => void arrived.refetch()} />;
  if (!arrived.data) return <LoadingState rows={6} />;
  if (arrived.data.length === 0)
    return <EmptyState title="Nothing arrived lately">What others change shows here, with who did it.</EmptyState>;
  return (
    <>
      <table className={css.waiting} aria-label="What arrived lately">
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">What</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {arrived.data.map(({ entity, id, title, by, at, what, isHere }) => (
            <tr key={`${entity}/${id}`}>
              <td>
                <span className="muted">{entityOf(entity).labels.one}</span>{' '}
                {isHere ? <Link href={pathOf(entity, id)}>{title}</Link> : title}
              </td>
              <td>{whatWords[what]}</td>
              <td className="muted">{what === 'gone' ? '' : (by ?? 'the server')}</td>
              <td className="muted">{momentText(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {arrived.data.length === asked && (
        <p className={`quiet small ${css.more ?? ''}`}>The newest {countText(asked)} are kept here.</p>
      )}
    </>
  );
}
