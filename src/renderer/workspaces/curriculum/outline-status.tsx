import { countText } from '../../ui/moment';
import { StatusSlot } from '../../ui/status-slot';
import { durationText, minutesOf } from './outline-tree';
import type { OutlineState } from './use-outline';

/** What the status line says of the outline. */
export function OutlineStatus({ outline: { nodes, byId, selection } }: { outline: OutlineState }) {
  const total = nodes.filter((node) => node.entity === 'curricula').reduce((sum, node) => sum + node.minutes, 0);
  return (
    <StatusSlot>
      <span>
        <b>{countText(nodes.length)}</b> rows in outline
      </span>
      {selection.ids.size > 0 && (
        <>
          <span>
            Selected <b>{countText(selection.ids.size)}</b>
          </span>
          <span>
            Duration <b>{durationText(minutesOf(byId, selection.ids))}</b>
          </span>
        </>
      )}
      <span>
        Course total <b>{durationText(total)}</b>
      </span>
    </StatusSlot>
  );
}
