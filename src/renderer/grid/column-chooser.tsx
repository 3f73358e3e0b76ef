import { Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { useEffect, useState } from 'react';
import type { Entity } from '../../shared/model';
import type { ViewColumn } from '../../shared/rules/view-definition';
import { Button } from '../ui/button';
import { gridFields, gutter } from './columns';
import css from './filter-panel.module.css';
import type { GridRow } from './grid-row';
import { columnsNow } from './layout';

/** Shows and hides columns. */
interface ColumnChooserProps {
  entity: Entity;
  api: GridApi<GridRow> | null;
  /** Null: as at first. */
  onChange: (columns: ViewColumn[] | null) => void;
}

export function ColumnChooser({ entity, api, onChange }: ColumnChooserProps) {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!api) return;
    const follow = () => setShown(new Set(api.getAllDisplayedColumns().map((column) => column.getColId())));
    follow();
    const events = ['displayedColumnsChanged', 'columnVisible', 'gridColumnsChanged'] as const;
    for (const event of events) api.addEventListener(event, follow);
    return () => {
      if (!api.isDestroyed()) for (const event of events) api.removeEventListener(event, follow);
    };
  }, [api]);
  const fields = Object.entries(gridFields(entity));
  const toggle = (name: string) => {
    if (!api) return;
    api.setColumnsVisible([name], !shown.has(name));
    onChange(columnsNow(api));
  };
  const count = fields.filter(([name]) => shown.has(name)).length;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <Button small look="ghost" icon={<IconColumns3 />} disabled={!api} onClick={() => setOpen((now) => !now)}>
          {count} of {fields.length} columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={12} className={css.panel} aria-label="Columns">
        <h3 className={css.title}>Columns</h3>
        <div className={css.values} role="group" aria-label="Columns">
          {fields.map(([name, field]) => (
            <label key={name} className={css.choice}>
              <input
                type="checkbox"
                checked={shown.has(name)}
                disabled={name === gutter || (count === 1 && shown.has(name))}
                onChange={() => toggle(name)}
              />
              <span className={css.name}>{field.options.label}</span>
            </label>
          ))}
        </div>
        <div className={css.foot}>
          <Button small look="link" onClick={() => onChange(null)}>
            As at first
          </Button>
          <span className="grow" />
          <Button small onClick={() => setOpen(false)}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
