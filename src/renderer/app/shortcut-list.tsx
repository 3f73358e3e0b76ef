import { Modal } from '@mantine/core';
import { Kbd } from '../ui/marks';
import type { ConsoleCommand } from './commands';
import { keysText } from './shortcuts';
import css from './shortcut-list.module.css';

/** What the grids answer to; their own folder binds these keys. */
const inGrids: readonly [keys: string, label: string][] = [
  ['Enter', 'Edit the cell; again to save it'],
  ['Tab', 'Go to the next cell'],
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
  [keysText('mod+v'), 'Paste, with a look at it before'],
  [keysText('mod+r'), 'Fill to the right'],
  [keysText('alt+enter'), 'Who wrote this cell, when and how'],
  [keysText('mod+i'), 'Show or hide the details'],
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
