import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { Condition, View } from '../../shared/contract/requests';
import type { Entity } from '../../shared/model';
import { useQuestion } from '../client/hooks';
import type { Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { gridFields, lookOf } from './columns';
import css from './filter-panel.module.css';
import { filterInputs } from './filter-inputs';

interface FilterPanelProps {
  entity: Entity;
  name: string;
  anchor: HTMLElement;
  view: View;
  conditions: readonly Condition[];
  lookups: Lookups;
  onChange: (conditions: Condition[]) => void;
  onClose: () => void;
}

/** The filter of one column, under the button that opened it. What is chosen holds at once. */
export function FilterPanel({ entity, name, anchor, view, conditions, lookups, onChange, onClose }: FilterPanelProps) {
  const field = gridFields(entity)[name];
  const [box] = useState(() => anchor.getBoundingClientRect());
  if (!field) return null;
  const presence = conditions.find(({ test }) => test === 'empty' || test === 'not-empty');
  const toggle = (test: 'empty' | 'not-empty') => onChange(presence?.test === test ? [] : [{ field: name, test }]);
  const Input = filterInputs[lookOf(field).filter];
  const close = () => {
    onClose();
    // The button in a header is hidden while the mouse is elsewhere, and a header is made anew when its filter changes.
    const header = document.querySelector<HTMLElement>(`.ag-header-cell[col-id="${name}"]`);
    const isInHeader = !anchor.isConnected || anchor.closest('.ag-header-cell') !== null;
    (isInHeader ? header : anchor)?.focus();
  };
  return (
    <Popover opened onDismiss={close} position="bottom-start" width={280} withinPortal withRoles={false} trapFocus>
      <Popover.Target>
        <span className={css.anchor} style={{ left: box.left, top: box.top, width: box.width, height: box.height }} />
      </Popover.Target>
      <Popover.Dropdown p={12} className={css.panel} role="dialog" aria-label={`Filter ${field.options.label}`}>
        <h3 className={css.title}>{field.options.label}</h3>
        {!presence && <Input {...{ entity, name, field, view, conditions, lookups, onChange }} />}
        <div className={css.foot}>
          <Button small look="ghost" on={presence?.test === 'empty'} onClick={() => toggle('empty')}>
            Empty
          </Button>
          <Button small look="ghost" on={presence?.test === 'not-empty'} onClick={() => toggle('not-empty')}>
            Not empty
          </Button>
          <span className="grow" />
          {conditions.length > 0 && (
            <Button small look="link" onClick={() => onChange([])}>
              Clear
            </Button>
          )}
          <Button small onClick={close}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Texts of the rows that conditions on references name, for the chips. */
export function useConditionTitles(entity: Entity, where: readonly Condition[], view: View): Record<string, string> {
  const referring = where.find(({ field }) => entity.fields[field]?.kind === 'reference');
  const input = {
    view: { ...view, where: where.filter((one) => one === referring), search: '' },
    field: referring?.field ?? 'id',
    limit: 500,
  };
  const { data } = useQuestion('rows.values', input, { enabled: referring !== undefined, keep: true });
  return Object.fromEntries((data ?? []).map(({ value, title }) => [String(value), title]));
}
