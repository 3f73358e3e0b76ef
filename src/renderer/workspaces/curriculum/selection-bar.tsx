import { Kbd } from '../../ui/marks';
import { countOf, durationText, minutesOf } from './outline-tree';
import css from './outline.module.css';
import type { OutlineState } from './use-outline';

/** What is selected, how long it takes together, and what the keyboard does with it. */
export function SelectionBar({ outline: { selection, byId, whyNotAt } }: { outline: OutlineState }) {
  const [first] = selection.ids;
  const kind = first === undefined ? undefined : byId.get(first)?.entity;
  if (!kind) return null;
  return (
    <div className={css.selectionBar} role="status">
      <b>{countOf(kind, selection.ids.size)} selected</b>
      <span className="quiet">{durationText(minutesOf(byId, selection.ids))}</span>
      <span className="grow" />
      {first !== undefined && whyNotAt(first) === null && (
        <span className={css.shortcuts}>
          <span>
            Move <Kbd>Alt ↑</Kbd> <Kbd>Alt ↓</Kbd>
          </span>
          {kind !== 'curricula' && (
            <span>
              Next branch <Kbd>Tab</Kbd>
            </span>
          )}
          <span>
            Rename <Kbd>F2</Kbd>
          </span>
          <span>
            Delete <Kbd>Del</Kbd>
          </span>
        </span>
      )}
    </div>
  );
}
