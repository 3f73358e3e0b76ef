import type { Board } from '../../../../shared/contract/assignment';
import type { Plan } from '../../../../shared/rules/assignment';
import { moneyText } from '../../../../shared/rules/number-text';
import { useLookups } from '../../../forms/lookups';
import { idOf, type BoardTask } from './board-task';
import css from './board.module.css';

interface ProposalListProps {
  task: BoardTask;
  board: Board;
  plan: Plan;
  locale: string;
  change: (changes: Partial<BoardTask>) => void;
}

/** Who would go where, at what price and why. Each can be left out, or put elsewhere. */
export function ProposalList({ task, board, plan, locale, change }: ProposalListProps) {
  const lookups = useLookups();
  const programSessions = lookups.options(undefined, 'session_type');
  return (
    <ul className={css.proposals} aria-label="Proposals">
      {plan.proposals.map((one) => {
        const id = idOf(task, one);
        return (
          <li key={id}>
            <input
              type="checkbox"
              checked
              aria-label={`Include ${one.name}`}
              onChange={() => change({ without: new Set([...task.without, id]) })}
            />
            <span className={css.words}>
              <span className={css.line}>
                <span className="medium ellipsis">{one.name}</span>
                <span className={`${css.end} figures`}>{moneyText(one.price, one.currency, locale)}</span>
              </span>
              <span className={`${css.line} small muted`}>
                <select
                  className={css.inline}
                  aria-label={`Facility for ${one.name}`}
                  value={one.facilityId}
                  onChange={(event) => change({ chosen: { ...task.chosen, [id]: event.target.value } })}
                >
                  {board.columns
                    .filter(({ status, id: place }) => status === 'active' || place === one.facilityId)
                    .map((place) => (
                      <option key={place.id} value={place.id}>
                        {place.name}
                      </option>
                    ))}
                </select>
                <span className="ellipsis">
                  {programSessions[one.sessionType] ?? one.sessionType} ·{' '}
                  <span className={one.isOver ? 'tone-danger' : undefined}>{one.why}</span>
                </span>
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
