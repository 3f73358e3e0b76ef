import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { keysText } from '../../ui/keys';
import { Kbd } from '../../ui/marks';
import css from './cell-menu.module.css';

export interface MenuAct {
  label: string;
  /** As `mod+c`; none where no key does it. */
  keys?: string;
  /** Why it cannot be done now; it says so when it is chosen. */
  why?: string | null;
  isDanger?: boolean;
  act: () => void;
}

interface CellMenuProps {
  /** Where it opens, in pixels of the window. */
  at: { x: number; y: number };
  /** Groups with a line between them. */
  groups: readonly (readonly MenuAct[])[];
  onClose: () => void;
}

/** What can be done with the cells that are selected, each with its keys. */
export function CellMenu({ at, groups, onClose }: CellMenuProps) {
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={0} withinPortal returnFocus={false} width={272}>
      <Menu.Target>
        <span className={css.anchor} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label="What to do with the selected cells">
        {groups
          .filter((acts) => acts.length > 0)
          .map((acts, i) => (
            <Fragment key={acts[0]!.label}>
              {i > 0 && <Menu.Divider />}
              {acts.map(({ label, keys, why, isDanger, act }) => (
                <Menu.Item
                  key={label}
                  color={isDanger ? 'red' : undefined}
                  aria-disabled={why != null}
                  aria-keyshortcuts={keys && ariaKeys(keys)}
                  className={why == null ? undefined : css.off}
                  title={why ?? undefined}
                  rightSection={keys && <Kbd>{keysText(keys)}</Kbd>}
                  onClick={act}
                >
                  {label}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const ariaKeys = (keys: string): string => keys.replace('mod', 'Control');
