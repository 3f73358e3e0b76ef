import { modals } from '@mantine/modals';
import { useState } from 'react';
import { problemOf, request } from '../../client/request';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './changes.module.css';
import { asLessons, asModules, isList, type WrittenModule, type WrittenNode } from './outline-text';
import { durationText } from './outline-tree';
import { openPlace, selectAll } from './paste-place';
import type { OutlineState } from './use-outline';

interface PasteProps {
  outline: OutlineState;
  written: readonly WrittenNode[];
}

/** Shows what a text from the clipboard becomes; nothing is written before that. */
export function openPastePreview(props: PasteProps): void {
  const id = modals.open({
    title: 'Paste an outline',
    size: 'lg',
    children: <PastePreview {...props} onDone={() => modals.close(id)} />,
  });
}

/** Lines that are shown; all are pasted. */
const shown = 200;

function PastePreview({ outline, written, onDone }: PasteProps & { onDone: () => void }) {
  const focus = outline.byId.get(outline.selection.focus ?? '');
  const [kind, setKind] = useState<'modules' | 'lessons'>(
    isList(written) && focus && focus.entity !== 'curricula' ? 'lessons' : 'modules',
  );
  const lessons = asLessons(written);
  const modules = asModules(written);
  const inside = modules.reduce((sum, module) => sum + module.lessons.length, 0);
  const what =
    kind === 'lessons'
      ? counted(lessons.length, 'lesson')
      : `${counted(modules.length, 'module')}${inside > 0 ? ` with ${counted(inside, 'lesson')}` : ''}`;
  const paste = async () => {
    const place = openPlace(outline, kind);
    if (!place) return;
    const { parentId, position } = place;
    try {
      const { ids } = await request(
        'curriculum.write',
        kind === 'lessons'
          ? { entity: kind, parentId, position, nodes: lessons }
          : { entity: kind, parentId, position, nodes: modules },
      );
      onDone();
      await outline.refresh();
      selectAll(outline, ids);
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  return (
    <div className={css.dialog}>
      {isList(written) && (
        <fieldset className={css.choice}>
          <legend className="only-read-aloud">The lines become</legend>
          {(['lessons', 'modules'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="paste-kind" checked={kind === one} onChange={() => setKind(one)} />
              {one === 'lessons' ? 'As lessons' : 'As modules'}
            </label>
          ))}
        </fieldset>
      )}
      <Lines modules={kind === 'lessons' ? [{ name: '', lessons }] : modules} />
      <div className={css.actions}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" data-autofocus onClick={() => void paste()}>
          Paste {what}
        </Button>
      </div>
    </div>
  );
}

function Lines({ modules }: { modules: readonly WrittenModule[] }) {
  const lines = modules.flatMap(({ name, lessons }) => [
    ...(name === '' ? [] : [{ name, minutes: null, isModule: true }]),
    ...lessons.map((lesson) => ({ ...lesson, isModule: false })),
  ]);
  return (
    <ul className={css.lines} aria-label="What is pasted" tabIndex={0}>
      {lines.slice(0, shown).map(({ name, minutes, isModule }, at) => (
        <li key={at} data-module={isModule || undefined}>
          <span className="grow ellipsis" dir="auto">
            {name}
          </span>
          {minutes !== null && <span className="small muted">{durationText(minutes)}</span>}
        </li>
      ))}
      {lines.length > shown && <li className="muted">and {counted(lines.length - shown, 'more line')}</li>}
    </ul>
  );
}
