import { Popover } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { Condition, Filter, Output, View } from '../../shared/contract/requests';
import type { Entity } from '../../shared/model';
import { request } from '../client/request';
import type { Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { gridFields, lookOf } from './columns';
import css from './filter-panel.module.css';
import { filterInputs } from './filter-inputs';
import { conditionsOf } from './filter-text';

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
export function useConditionTitles(entity: Entity, where: readonly Filter[], view: View): Record<string, string> {
  const fields = gridFields(entity);
  const referring = where
    .flatMap(conditionsOf)
    .filter(({ field, value }) => fields[field]?.kind === 'reference' && value != null);
  return useQueries({
    queries: referring.map((condition) => {
      const input = { view: { ...view, where: [condition], search: '', sort: [] }, field: condition.field, limit: 500 };
      return {
        queryKey: ['rows.values', input],
        // The values that occur where the condition holds: those it names. It is put in a group, as the values of a field leave it out.
        queryFn: () => request('rows.values', { ...input, view: { ...input.view, where: [{ all: [condition] }] } }),
      };
    }),
    combine: titlesIn,
  });
}

const titlesIn = (answers: { data?: Output<'rows.values'> | undefined }[]): Record<string, string> =>
  Object.fromEntries(answers.flatMap(({ data }) => (data ?? []).map(({ value, title }) => [String(value), title])));
