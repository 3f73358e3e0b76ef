import { Modal } from '@mantine/core';
import { Kbd } from '../ui/marks';
import type { ConsoleCommand } from './commands';
import { keysText } from '../ui/keys';
import css from './shortcut-list.module.css';

/** What the grids answer to; their own folder binds these keys. */
const inGrids: readonly [keys: string, label: string][] = [
  ['Enter', 'Edit the cell; again to save it'],
  ['F2', 'Edit the cell, its text kept'],
  ['Tab', 'Go to the next cell'],
  ['Home', 'First column; with Ctrl the first cell'],
  ['End', 'Last column; with Ctrl the last cell'],
  [`${keysText('mod')} ↓`, 'To the end of what is filled'],
  ['Esc', 'Go one step back'],
  ['Insert', 'Add'],
  ['Delete', 'Empty the selected cells'],
  [keysText('mod+d'), 'Fill down'],
  [keysText('mod+shift+d'), 'Duplicate'],
  [keysText('mod+delete'), 'Delete the rows'],
  [keysText('mod+f'), 'Find in the grid'],
  [keysText('mod+h'), 'Find and replace'],
  [keysText('mod+shift+f'), 'Narrow the grid to what matches'],
  ['Shift ↓', 'Select more cells; with Ctrl up to the end'],
  [keysText('mod+a'), 'Select all'],
  [`${keysText('mod')} Space`, 'Select the column; with Shift the row'],
  [keysText('mod+enter'), 'In a cell: write it into every selected cell'],
  [keysText('mod+shift+enter'), 'Set values in the selected rows'],
  [keysText('mod+c'), 'Copy the selected cells'],
  [keysText('mod+x'), 'Cut: emptied when they are pasted'],
  [keysText('mod+v'), 'Paste, with a look at it before'],
  [keysText('shift+F10'), 'What can be done with the cells'],
  [keysText('mod+r'), 'Fill to the right'],
  [keysText('alt+enter'), 'Who wrote this cell, when and how'],
  [keysText('mod+i'), 'Show or hide the details'],
  [keysText('shift+enter'), 'On a heading: sort by it as well'],
  [keysText('alt+arrowdown'), 'On a heading: filter by it'],
];

export function ShortcutList({
  open,
  onClose,
  commands,
}: {
  open: boolean;
  onClose: () => void;
  commands: readonly ConsoleCommand[];
}) {
  const bound = commands.flatMap(({ label, keys, group }) => (keys ? [[keysText(keys), label, group] as const] : []));
  return (
    <Modal opened={open} onClose={onClose} title="Keyboard shortcuts" size={720}>
      <div className={css.columns}>
        <Keys title="Anywhere" keys={bound.filter(([, , group]) => group === 'Actions')} />
        <Keys title="Go to" keys={bound.filter(([, , group]) => group === 'Screens')} />
        <Keys title="In a grid" keys={inGrids} />
      </div>
    </Modal>
  );
}

function Keys({
  title,
  keys,
}: {
  title: string;
  keys: readonly (readonly [keys: string, label: string, ...unknown[]])[];
}) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={css.list}>
        {keys.map(([key, label]) => (
          <div key={key + label} className={css.pair}>
            <dt>{label}</dt>
            <dd>
              <Kbd>{key}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
