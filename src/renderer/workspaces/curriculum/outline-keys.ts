import { useRef, type KeyboardEvent } from 'react';
import type { OutlineNode } from '../../../shared/contract/requests';
import { moveByKey, moveToNeighbour, type Move } from './outline-moves';
import { selectOne, selectSiblings, selectTo, toggleOne } from './outline-selection';
import type { TreeRow } from './outline-tree';
import type { OutlineState } from './use-outline';

/** Rows a page key passes. */
const page = 15;
/** Letters typed within this time (milliseconds) are one word to jump to. */
const wordPause = 600;

interface Keys {
  onKeyDown: (event: KeyboardEvent) => void;
  /** The name of this node was just given: Enter goes on below it. */
  named: (id: string | null) => void;
}

/**
 * The keyboard of the outline. Escape steps back: from several to one, then it lets the next Tab leave the outline, which otherwise moves
 * what is selected.
 */
export function useOutlineKeys(outline: OutlineState): Keys {
  const { rows, nodes, selection, select, acts } = outline;
  const isLeaving = useRef(false);
  const justNamed = useRef<string | null>(null);
  const word = useRef({ text: '', at: 0 });

  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.id === selection.focus),
  );
  const here = rows[at];

  const chosen = (): OutlineNode[] => nodes.filter((node) => selection.ids.has(node.id));
  const goTo = (index: number, event: KeyboardEvent) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    const { id } = row.node;
    if (event.shiftKey) select(selectTo(selection, rows, id));
    else if (event.ctrlKey || event.metaKey) select({ ...selection, focus: id, anchor: id });
    else select(selectOne(id));
  };
  const move = (wanted: Move | null) => {
    if (!wanted || !here) return;
    // The order of curricula among themselves is nobody's version.
    const held = here.node.entity === 'curricula' ? [null] : [here.node.id, wanted.parentId];
    if (!held.every((id) => outline.mayEdit(id))) return;
    outline.fold([wanted.parentId], false);
    void acts.move(wanted);
  };
  const moving = () => (selection.ids.size > 0 ? selection.ids : new Set(here ? [here.node.id] : []));

  const inOrOut = (row: TreeRow, isIn: boolean, event: KeyboardEvent) => {
    if (row.hasChildren && row.isOpen !== isIn) return outline.fold([row.node.id], !isIn);
    if (isIn) return row.hasChildren ? goTo(at + 1, event) : undefined;
    const parent = rows.findIndex(({ node }) => node.id === row.node.parentId);
    if (parent >= 0) goTo(parent, event);
  };
  const jump = (letter: string, event: KeyboardEvent) => {
    const isLonger = event.timeStamp - word.current.at < wordPause;
    const text = (isLonger ? word.current.text : '') + letter.toLocaleLowerCase();
    word.current = { text, at: event.timeStamp };
    const begin = at + (isLonger ? 0 : 1);
    const order = [...rows.slice(begin), ...rows.slice(0, begin)];
    const found = order.find((row) => row.node.name.toLocaleLowerCase().startsWith(text));
    if (found) select(selectOne(found.node.id));
  };
  const rename = () => {
    if (here && outline.mayEdit(here.node.id)) outline.type({ what: 'name', id: here.node.id });
  };
  const addBelow = () => here && outline.begin(here.node.entity);

  const act = (event: KeyboardEvent): (() => void) | null => {
    if (!here) return null;
    const hasControl = event.ctrlKey || event.metaKey;
    const direction = event.key === 'ArrowUp' || (event.key === 'Tab' && event.shiftKey) ? 'up' : 'down';
    switch (event.key) {
      case 'ArrowUp':
      case 'ArrowDown':
        if (event.altKey) return () => move(moveByKey(nodes, moving(), direction));
        return () => goTo(selection.focus === null ? 0 : at + (direction === 'up' ? -1 : 1), event);
      case 'ArrowRight':
      case 'ArrowLeft':
        return event.altKey ? null : () => inOrOut(here, event.key === 'ArrowRight', event);
      case 'Home':
        return () => goTo(0, event);
      case 'End':
        return () => goTo(rows.length - 1, event);
      case 'PageUp':
        return () => goTo(at - page, event);
      case 'PageDown':
        return () => goTo(at + page, event);
      case 'Tab': {
        const wanted = isLeaving.current || hasControl ? null : moveToNeighbour(nodes, moving(), direction);
        return wanted && outline.whyNotAt(here.node.id) === null ? () => move(wanted) : null;
      }
      case 'Enter':
        return justNamed.current === here.node.id ? addBelow : rename;
      case 'F2':
        return rename;
      case 'Insert':
        return addBelow;
      case 'Delete':
        return () =>
          outline.mayEdit(here.node.entity === 'curricula' ? null : here.node.id) &&
          void acts.remove(selection.ids.size > 0 ? chosen() : [here.node]);
      case 'Escape':
        if (outline.filter !== null && selection.ids.size <= 1) return () => outline.setFilter(null);
        return selection.ids.size > 1 ? () => select(selectOne(here.node.id)) : () => (isLeaving.current = true);
      case ' ':
        return () => select(hasControl ? toggleOne(selection, rows, here.node.id) : selectOne(here.node.id));
      case '*':
        return () =>
          outline.fold(
            nodes.filter((node) => node.parentId === here.node.parentId).map(({ id }) => id),
            false,
          );
      default:
        if (hasControl && event.key.toLowerCase() === 'a') return () => select(selectSiblings(selection, nodes));
        if (hasControl || event.altKey || event.key.length !== 1) return null;
        return () => jump(event.key, event);
    }
  };
  return {
    onKeyDown: (event) => {
      // An input in the row has its own keys.
      if (event.defaultPrevented || (event.target as HTMLElement).getAttribute('role') !== 'treeitem') return;
      if (event.key === 'Shift' || event.key === 'Control' || event.key === 'Alt') return;
      const doing = act(event);
      if (event.key !== 'Escape') isLeaving.current = false;
      if (event.key !== 'Enter') justNamed.current = null;
      if (!doing) return;
      event.preventDefault();
      event.stopPropagation();
      doing();
    },
    named: (id) => (justNamed.current = id),
  };
}
