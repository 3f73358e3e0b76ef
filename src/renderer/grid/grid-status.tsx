import { countText } from '../ui/moment';
import { StatusSlot } from '../ui/status-slot';
import { useGridSelection } from './selection';

/** What the status line says of the grid: rows, what is selected, and what that comes to. Read aloud as it changes. */
export function GridStatus() {
  const { entity, rows, shape, sums } = useGridSelection();
  if (entity === null) return null;
  const { filled = 0, numbers = null } = sums ?? {};
  return (
    <StatusSlot>
      <span role="status" className="row" style={{ gap: 16 }}>
        <span>
          <b>{countText(rows)}</b> {rows === 1 ? 'row' : 'rows'}
        </span>
        {shape && (
          <span>
            Selected <b>{shape.text}</b>
          </span>
        )}
        {shape && sums && <Figure name="Count" text={countText(filled)} />}
        {numbers?.sum && <Figure name="Sum" text={numbers.sum} />}
        {numbers?.average && <Figure name="Average" text={numbers.average} />}
        {numbers && <Figure name="Min" text={numbers.min} />}
        {numbers && <Figure name="Max" text={numbers.max} />}
      </span>
    </StatusSlot>
  );
}

const Figure = ({ name, text }: { name: string; text: string }) => (
  <span>
    {name} <b>{text}</b>
  </span>
);
