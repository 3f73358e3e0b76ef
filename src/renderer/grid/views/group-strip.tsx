import { IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Condition, RowGroup, View } from '../../../shared/contract/requests';
import type { Entity } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { useQuestion } from '../../client/hooks';
import { contextOf, type Lookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { countText } from '../../ui/moment';
import { LoadingState } from '../../ui/states';
import { gridFields } from '../columns';
import css from './views.module.css';

interface GroupStripProps {
  entity: Entity;
  lookups: Lookups;
  /** Without the group that is shown alone. */
  view: View;
  field: string;
  alone: Condition | null;
  onAlone: (filter: Condition | null) => void;
  onClose: () => void;
}

/** The groups of a view with their counts; the rows of a group stand together in the grid, and one group can be shown alone. */
export function GroupStrip({ entity, lookups, view, field: name, alone, onAlone, onClose }: GroupStripProps) {
  const field = gridFields(entity)[name];
  const { data, isPending } = useQuestion('rows.groups', { view, field: name }, { keep: true });
  if (!field) return null;
  const known = contextOf(lookups, entity, field, {});
  const label = ({ value, title }: RowGroup): string => {
    if (value === null || value === '') return 'Empty';
    if (field.kind === 'date' || field.kind === 'timestamp') return monthText(title, lookups.locale);
    return (field.kind === 'reference' ? title : cellText(field, value, known)) || title || 'No longer here';
  };
  const chosen = JSON.stringify(alone);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  const line = (text: string, count: number, filter: Condition | null, key: string) => (
    <button
      key={key}
      type="button"
      role="option"
      aria-selected={chosen === JSON.stringify(filter)}
      className={css.group}
      onClick={() => onAlone(filter)}
    >
      <span className="grow ellipsis">{text}</span>
      <span className={css.count}>{countText(count)}</span>
    </button>
  );
  return (
    <aside className={css.strip} aria-label={`Groups by ${field.options.label}`}>
      <div className={css.head}>
        <span className="grow ellipsis">{field.options.label}</span>
        <Button small look="ghost" icon={<IconX size={12} />} aria-label="Stop grouping" onClick={onClose} />
      </div>
      <div role="listbox" aria-label={`Groups by ${field.options.label}`} className={css.groups} onKeyDown={onKeyDown}>
        {isPending && <LoadingState rows={4} />}
        {data && line('All', data.total, null, 'all')}
        {data?.groups.map((group) => line(label(group), group.count, group.filter, String(group.value)))}
      </div>
    </aside>
  );
}

/** `2026-09` -> `September 2026`. */
function monthText(month: string, locale: string): string {
  const [year, of] = month.split('-').map(Number);
  if (!year || !of) return month;
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, of - 1, 1),
  );
}
