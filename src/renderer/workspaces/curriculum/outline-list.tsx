import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { NameInput } from './name-input';
import { useOutlineClipboard } from './outline-clipboard';
import { useOutlineKeys } from './outline-keys';
import { dropOn, type Drop } from './outline-moves';
import { endOfBranch, rowOfPlace } from './outline-places';
import { halfOf, isDragged, OutlineRow, type RowHandlers } from './outline-row';
import { selectOne, selectTo, toggleOne } from './outline-selection';
import { kindWords, levelOf } from './outline-tree';
import css from './outline.module.css';
import type { OutlineState } from './use-outline';
import { rowHeight, useRowWindow } from '../../ui/window-rows';

/** The tree itself. Only the rows in sight are drawn, and always the one in focus, so that the keyboard never loses its place. */
export function OutlineList({ outline, label }: { outline: OutlineState; label: string }) {
  const { rows, selection, typing } = outline;
  const place = typing?.what === 'new' ? typing.place : null;
  const gap = place ? rowOfPlace(rows, place) : -1;
  const count = rows.length + (place ? 1 : 0);
  const { attach, from, to, reveal } = useRowWindow(count);
  const keys = useOutlineKeys(outline);
  useOutlineClipboard(outline);
  const tree = useRef<HTMLDivElement>(null);
  const drop = useDrop(outline);
  const handlers = useHandlers(outline, keys.named);

  const indexOf = (row: number) => (gap >= 0 && row >= gap ? row + 1 : row);
  const focused = Math.max(
    0,
    rows.findIndex((row) => row.node.id === selection.focus),
  );
  const drawn = rows.map((_, at) => at).slice(Math.max(0, from - 1), to);
  if (rows[focused] && !drawn.includes(focused)) drawn.push(focused);

  // The browser's focus follows the outline's, but is never taken from somebody who works elsewhere.
  const focusId = rows[focused]?.node.id;
  useLayoutEffect(() => {
    if (focusId === undefined || selection.focus === null) return;
    const active = document.activeElement;
    const isHere = active === document.body || tree.current?.contains(active);
    if (!isHere || typing) return;
    reveal(indexOf(focused));
    tree.current?.querySelector<HTMLElement>(`[data-node="${focusId}"]`)?.focus({ preventScroll: true });
    // Only when the focus moves: not when rows come and go around it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focusId, selection.focus, focused, typing, reveal]);
  useEffect(() => {
    if (gap >= 0) reveal(gap);
  }, [gap, reveal]);

  return (
    <div ref={attach} className={css.scroller}>
      <div className={css.tree} style={{ height: count * rowHeight }}>
        <div
          ref={tree}
          role="tree"
          aria-label={label}
          aria-multiselectable
          aria-describedby="outline-keys"
          onKeyDown={keys.onKeyDown}
        >
          {drawn.map((at) => {
            const row = rows[at];
            if (!row) return null;
            const { id } = row.node;
            return (
              <OutlineRow
                key={id}
                row={row}
                index={indexOf(at)}
                isSelected={selection.ids.has(id)}
                isFocus={at === focused}
                isNaming={typing?.what === 'name' && typing.id === id}
                isDropInto={drop?.line.where === 'into' && drop.line.id === id}
                canEdit={outline.whyNotAt(row.node.entity === 'curricula' ? null : id) === null}
                change={outline.versions.changes.get(id)}
                handlers={handlers}
              />
            );
          })}
        </div>
        {place && (
          <div
            key="new"
            role="none"
            className={css.row}
            style={{ top: gap * rowHeight, paddingInlineStart: 8 + (levelOf[place.entity] - 1) * 20 }}
          >
            <span className={css.handle} />
            <span className={css.chevron} />
            <NewName key={`${place.parentId}/${place.position}`} outline={outline} />
          </div>
        )}
        {drop && <DropLine outline={outline} drop={drop} />}
      </div>
      <p id="outline-keys" className="only-read-aloud">
        Enter or F2 renames, Insert adds below, Alt with an arrow moves, Control with X, C and V cuts, copies and
        pastes, Delete deletes. Tab moves into the next branch; press Escape and then Tab to leave the outline.
      </p>
    </div>
  );
}

/** The name of something new. Enter adds it and goes on with the next; an empty name ends. */
function NewName({ outline }: { outline: OutlineState }) {
  const { typing, acts } = outline;
  if (typing?.what !== 'new') return null;
  const { place } = typing;
  const back = () => {
    outline.type(null);
    if (outline.selection.focus !== null) outline.select({ ...outline.selection });
  };
  const done = async (name: string, by: 'enter' | 'leaving') => {
    if (name === '') return back();
    const id = await acts.add(place, name);
    if (id === null) return outline.type(null);
    outline.select(selectOne(id));
    outline.type(by === 'enter' ? { what: 'new', place: { ...place, position: place.position + 1 } } : null);
  };
  const thing = kindWords[place.entity].one;
  return (
    <NameInput
      label={`Name of the new ${thing}`}
      name=""
      placeholder={`New ${thing}: Enter adds it, Escape ends`}
      onDone={(name, by) => void done(name, by)}
      onCancel={back}
    />
  );
}

function DropLine({ outline: { rows }, drop }: { outline: OutlineState; drop: Drop }) {
  const { id, where } = drop.line;
  const at = rows.findIndex((row) => row.node.id === id);
  const row = rows[at];
  if (!row || where === 'into') return null;
  const line = where === 'above' ? at : endOfBranch(rows, at);
  return (
    <div
      className={css.dropLine}
      style={{ top: line * rowHeight - 1, insetInlineStart: 24 + (row.level - 1) * 20 }}
      aria-hidden
    />
  );
}

/** What a row tells back. The object stays the same, so that rows are drawn again only when they change themselves. */
function useHandlers(outline: OutlineState, named: (id: string | null) => void): RowHandlers {
  const latest = useRef({ outline, named });
  useEffect(() => {
    latest.current = { outline, named };
  });
  return useMemo(
    (): RowHandlers => ({
      onPick(id, event) {
        const { rows, selection, select } = latest.current.outline;
        if (event.shiftKey) select(selectTo(selection, rows, id));
        else if (event.ctrlKey || event.metaKey) select(toggleOne(selection, rows, id));
        else select(selectOne(id));
      },
      onFold: (row) => latest.current.outline.fold([row.node.id], row.isOpen),
      onRename(id) {
        if (latest.current.outline.mayEdit(id)) latest.current.outline.type({ what: 'name', id });
      },
      onNamed(node, name, by) {
        const { outline: now } = latest.current;
        now.type(null);
        if (by === 'enter') {
          latest.current.named(node.id);
          focusRow(node.id);
        }
        if (name !== '' && name !== node.name) void now.acts.rename(node, name);
      },
      onNotNamed() {
        const { outline: now } = latest.current;
        now.type(null);
        if (now.selection.focus !== null) focusRow(now.selection.focus);
      },
      draggedFrom(id) {
        const { outline: now } = latest.current;
        const isTop = now.byId.get(id)?.entity === 'curricula';
        if (now.whyNotAt(isTop ? null : id) !== null || now.typing) return null;
        return now.selection.ids.has(id) ? [...now.selection.ids] : [id];
      },
    }),
    [],
  );
}

/** After the input is gone. */
const focusRow = (id: string) =>
  setTimeout(() => document.getElementById(`node-${id}`)?.focus({ preventScroll: true }));

/** Where what is being dragged would land; null while nothing is. Dropping carries the same order out as the keys. */
function useDrop(outline: OutlineState): Drop | null {
  const [drop, setDrop] = useState<Drop | null>(null);
  const latest = useRef(outline);
  useEffect(() => {
    latest.current = outline;
  });
  useEffect(() => {
    let over = '';
    let held: Drop | null = null;
    const show = (next: Drop | null) => {
      held = next;
      setDrop(next);
    };
    return monitorForElements({
      canMonitor: ({ source }) => isDragged(source.data),
      onDragStart({ source }) {
        const { selection, select } = latest.current;
        const [first] = isDragged(source.data) ? source.data.ids : [];
        if (first !== undefined && !selection.ids.has(first)) select(selectOne(first));
      },
      onDrag({ source, location }) {
        const [target] = location.current.dropTargets;
        if (!isDragged(source.data)) return;
        const id = target?.data['id'];
        const half = target ? halfOf(target.data) : 'upper';
        const now = typeof id === 'string' ? `${id} ${half}` : '';
        if (now === over) return;
        over = now;
        show(typeof id === 'string' ? dropOn(latest.current.nodes, source.data.ids, id, half) : null);
      },
      onDrop({ location }) {
        const wanted = location.current.dropTargets.length > 0 ? held : null;
        over = '';
        show(null);
        if (!wanted) return;
        const { line: _line, ...move } = wanted;
        if (move.entity !== 'curricula' && !latest.current.mayEdit(move.parentId)) return;
        latest.current.fold([move.parentId], false);
        void latest.current.acts.move(move);
      },
    });
  }, []);
  return drop;
}
