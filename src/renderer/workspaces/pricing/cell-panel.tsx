import type { CellKey, MatrixCell, PriceMatrix } from '../../../shared/contract/pricing';
import { useQuestion } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { Inspector, KeyValues, Section } from '../../ui/inspector';
import { Pill } from '../../ui/marks';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { dayText, wholePriceText } from './price-text';
import css from './pricing.module.css';

interface CellPanelProps {
  matrix: PriceMatrix;
  cell: CellKey;
  found: MatrixCell | null;
  onClose: () => void;
}

/** One cell through time: what it cost, costs and will cost. */
export function CellPanel({ matrix, cell, found, onClose }: CellPanelProps) {
  const [width, setWidth] = usePanelWidth('pricing.cell', 304);
  const { data, error, refetch } = useQuestion('pricing.timeline', cell, { keep: true });
  const facts = [
    ['facility', 'Facility', matrix.facilities.find(({ id }) => id === cell.facilityId)?.name],
    ['age', 'Age group', matrix.ageGroups.find(({ code }) => code === cell.ageGroup)?.label],
    ['location', 'Location', matrix.locationTypes.find(({ code }) => code === cell.locationType)?.label],
    ['session', 'Session', matrix.sessionTypes.find(({ code }) => code === cell.sessionType)?.label],
    ['learners', 'Learners', String(found?.[11] ?? 0)],
  ] as const;
  return (
    <Inspector
      label="Price history"
      title={matrix.courses.find(({ id }) => id === cell.courseId)?.name ?? 'Course'}
      subtitle="What it cost, costs and will cost"
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <Section>
        <KeyValues items={facts.map(([key, name, value]) => ({ key, name, value: value ?? '' }))} />
      </Section>
      <Section title="Prices">
        {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
        {!data && !error && <LoadingState rows={3} />}
        {data?.length === 0 && <EmptyState title="It never had a price">Type one into the cell.</EmptyState>}
        {data && data.length > 0 && (
          <table className={css.sample}>
            <tbody>
              {data.toReversed().map((step) => (
                <tr key={step.id}>
                  <td>
                    {dayText(step.from)} – {step.until === null ? 'until further notice' : dayText(step.until)}
                  </td>
                  <td>{markOf(step, matrix.asOf)}</td>
                  <td className="medium">{wholePriceText(step.price, step.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </Inspector>
  );
}

function markOf(step: { from: string; until: string | null; isActive: boolean }, asOf: string) {
  if (!step.isActive) return <Pill>Off</Pill>;
  if (step.from > asOf) return <Pill tone="info">Later</Pill>;
  return step.until !== null && step.until < asOf ? <Pill>Past</Pill> : <Pill tone="success">In force</Pill>;
}
