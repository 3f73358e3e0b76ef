import { counted, countText } from '../ui/moment';
import { StatusSlot } from '../ui/status-slot';
import { useGridSelection } from './selection';

/** What the status line says of the grid: rows, how many are selected, and what their numbers come to. */
export function GridStatus() {
  const { entity, rows, selected, numbers } = useGridSelection();
  if (entity === null) return null;
  return (
    <StatusSlot>
      <span role="status" className="row" style={{ gap: 16 }}>
        <span>
          <b>{countText(rows)}</b> {rows === 1 ? 'row' : 'rows'}
        </span>
        {selected > 1 && <span>{counted(selected, 'row', 'rows')} selected</span>}
        {numbers && (
          <>
            <span>{numbers.label}</span>
            <span>
              Sum <b>{numbers.sum}</b>
            </span>
            <span>
              Average <b>{numbers.average}</b>
            </span>
          </>
        )}
      </span>
    </StatusSlot>
  );
}
