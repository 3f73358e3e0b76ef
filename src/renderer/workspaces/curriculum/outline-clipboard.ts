import { useEffect, useRef } from 'react';
import type { OutlineNode } from '../../../shared/contract/requests';
import { problemOf, request } from '../../client/request';
import { notify } from '../../ui/notify';
import { namesOf } from './outline-acts';
import { outlineText, readOutline } from './outline-text';
import type { NodeKind } from './outline-tree';
import { openPlace, selectAll } from './paste-place';
import { openPastePreview } from './paste-preview';
import type { OutlineState } from './use-outline';

/** What was copied or cut last, in this window: it may be pasted in another course. The text says whether the clipboard still holds it. */
interface Held {
  isCut: boolean;
  entity: NodeKind;
  ids: string[];
  text: string;
}
let held: Held | null = null;

/** Ctrl+C, Ctrl+X and Ctrl+V in the outline. Nodes go to the clipboard as an indented text, and any such text can be pasted. */
export function useOutlineClipboard(outline: OutlineState): void {
  const latest = useRef(outline);
  useEffect(() => {
    latest.current = outline;
  });
  useEffect(() => {
    // Without a text selection these events go to the page, not to what has the focus.
    const isHere = () => document.activeElement?.getAttribute('role') === 'treeitem';
    const on = (name: 'copy' | 'cut' | 'paste', act: (outline: OutlineState, event: ClipboardEvent) => void) => {
      const listener = (event: ClipboardEvent) => {
        if (!isHere()) return;
        event.preventDefault();
        act(latest.current, event);
      };
      document.addEventListener(name, listener);
      return () => document.removeEventListener(name, listener);
    };
    const off = [
      on('copy', (now, event) => keep(now, event, false)),
      on('cut', (now, event) => keep(now, event, true)),
      on('paste', (now, event) => paste(now, event.clipboardData?.getData('text/plain') ?? '')),
    ];
    return () => off.forEach((stop) => stop());
  }, []);
}

const chosenIn = ({ nodes, selection }: OutlineState): OutlineNode[] =>
  nodes.filter(({ id }) => (selection.ids.size > 0 ? selection.ids.has(id) : id === selection.focus));

function keep(outline: OutlineState, event: ClipboardEvent, isCut: boolean): void {
  const chosen = chosenIn(outline);
  const [first] = chosen;
  if (!first) return;
  if (isCut && !outline.mayEdit(first.entity === 'curricula' ? null : first.id)) return;
  const text = outlineText(outline.nodes, new Set(chosen.map(({ id }) => id)));
  event.clipboardData?.setData('text/plain', text);
  held = { isCut, entity: first.entity, ids: chosen.map(({ id }) => id), text };
  const next = isCut ? 'It moves when it is pasted.' : 'Paste it in this course or another.';
  notify.info(`${isCut ? 'Cut' : 'Copied'} ${namesOf(chosen)}. ${next}`);
}

function paste(outline: OutlineState, text: string): void {
  // Line ends come back from some systems as others than were given.
  if (held && held.text === text.replaceAll('\r\n', '\n')) return void pasteHeld(outline, held);
  const written = readOutline(text);
  if (written.length === 0)
    return notify.info('There is no text on the clipboard. Copy nodes of an outline, or lines of text.');
  if (outline.mayEdit(null)) openPastePreview({ outline, written });
}

async function pasteHeld(outline: OutlineState, { isCut, entity, ids, text }: Held): Promise<void> {
  const place = openPlace(outline, entity);
  if (!place) return;
  const { parentId } = place;
  try {
    if (isCut) {
      const moving = new Set(ids);
      const above = outline.nodes.filter((node) => node.parentId === parentId).slice(0, place.position - 1);
      const position = place.position - above.filter(({ id }) => moving.has(id)).length;
      if (!(await outline.acts.move({ entity, ids, parentId, position }))) return;
      if (held?.text === text) held = null;
      return selectAll(outline, ids);
    }
    const pasted = await request('curriculum.paste', { entity, ids, parentId, position: place.position });
    await outline.refresh();
    selectAll(outline, pasted.ids);
  } catch (error) {
    notify.problem(problemOf(error));
  }
}
