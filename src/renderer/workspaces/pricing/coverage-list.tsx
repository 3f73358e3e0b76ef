import type { MatrixCell, PriceMatrix } from '../../../shared/contract/pricing';
import { EmptyState } from '../../ui/states';
import { Scroll } from '../../ui/workspace';
import type { Gap } from './matrix';
import { dayText, gapNames, wholePriceText } from './price-text';
import css from './pricing.module.css';

interface CoverageListProps {
  matrix: PriceMatrix;
  gaps: readonly { cell: MatrixCell; gap: Gap }[];
  onShow: (cell: MatrixCell) => void;
}

/** Cells that need somebody, those with most learners first. Enter goes to the cell. */
export function CoverageList({ matrix, gaps, onShow }: CoverageListProps) {
  if (gaps.length === 0) {
    return (
      <EmptyState title="Nothing is missing">
        Every configuration that learners are in has a usual price in force.
      </EmptyState>
    );
  }
  return (
    <Scroll>
      <table className={css.gaps}>
        <thead>
          <tr>
            {['Facility', 'Course', 'Configuration', 'What', 'Price', 'Learners'].map((name) => (
              <th key={name} scope="col" className={name === 'Price' || name === 'Learners' ? css.number : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gaps.slice(0, mostShown).map(({ cell, gap }) => (
            <tr
              key={cell.slice(0, 5).join('/')}
              tabIndex={0}
              onClick={() => onShow(cell)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onShow(cell);
              }}
            >
              <td>{matrix.facilities[cell[0]]?.name}</td>
              <td>{matrix.courses[cell[1]]?.name}</td>
              <td>
                {[matrix.ageGroups[cell[2]], matrix.locationTypes[cell[3]], matrix.sessionTypes[cell[4]]]
                  .map((option) => option?.label)
                  .join(', ')}
              </td>
              <td>{whatText(cell, gap)}</td>
              <td className={css.number}>{cell[5] === null ? '' : wholePriceText(cell[5], matrix.currency)}</td>
              <td className={css.number}>{cell[11] || ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gaps.length > mostShown && (
        <p className="small muted">
          The first {mostShown} of {gaps.length.toLocaleString()}.
        </p>
      )}
    </Scroll>
  );
}

const mostShown = 500;

const whatText = (cell: MatrixCell, gap: Gap): string =>
  gap === 'expired' && cell[10] !== null
    ? `Ended ${dayText(cell[10])}`
    : gap === 'future' && cell[9] !== null
      ? `Only from ${dayText(cell[9])}`
      : gapNames[gap];
