import { Popover } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { isCondition, type Condition, type Filter, type View } from '../../shared/contract/requests';
import type { Entity, Field } from '../../shared/model';
import { cellText, parseCell } from '../../shared/rules/cell-text';
import { isPeriod } from '../../shared/rules/period';
import { useQuestion } from '../client/hooks';
import { contextOf, type Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { gridFields, lookOf } from './columns';
import css from './filter-panel.module.css';
import { PeriodSelect } from './filter-inputs';
import type { FilterKind } from './filter-text';

type Group = { any: Filter[] } | { all: Filter[] };

interface BuilderProps {
  entity: Entity;
  lookups: Lookups;
  view: View;
  anchor: HTMLElement;
  group: Group;
  onChange: (group: Group | null) => void;
  onClose: () => void;
}

/** Several conditions of which any, or all, must hold; groups within it. What is chosen holds at once. */
export function FilterBuilder({ anchor, group, onChange, onClose, ...rest }: BuilderProps) {
  const [box] = useState(() => anchor.getBoundingClientRect());
  const [draft, setDraft] = useState(group);
  const change = (next: Group) => {
    setDraft(next);
    onChange(finished(next));
  };
  return (
    <Popover opened onDismiss={onClose} position="bottom-start" width={560} withinPortal withRoles={false} trapFocus>
      <Popover.Target>
        <span className={css.anchor} style={{ left: box.left, top: box.top, width: box.width, height: box.height }} />
      </Popover.Target>
      <Popover.Dropdown p={12} className={css.panel} role="dialog" aria-label="Several conditions">
        <h3 className={css.title}>Several conditions</h3>
        <GroupLines {...rest} group={draft} depth={0} onChange={change} />
        <div className={css.foot}>
          <span className="grow" />
          <Button small onClick={onClose}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const partsOf = (group: Group): Filter[] => ('any' in group ? group.any : group.all);
const groupOf = (join: 'any' | 'all', parts: Filter[]): Group => (join === 'any' ? { any: parts } : { all: parts });
const needsValue = (test: Condition['test']): boolean => test !== 'empty' && test !== 'not-empty';

/** What of a draft says something already; null where nothing does. */
function finished(group: Group): Group | null {
  const parts = partsOf(group).flatMap((one): Filter[] => {
    if (isCondition(one)) return needsValue(one.test) && (one.value ?? '') === '' ? [] : [one];
    if ('fact' in one) return [one];
    const inner = finished(one);
    return inner ? [inner] : [];
  });
  return parts.length > 0 ? groupOf('any' in group ? 'any' : 'all', parts) : null;
}

type LinesProps = Pick<BuilderProps, 'entity' | 'lookups' | 'view'> & {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
};

function GroupLines({ group, depth, onChange, ...rest }: LinesProps) {
  const join = 'any' in group ? 'any' : 'all';
  const parts = partsOf(group);
  const put = (next: Filter[]) => onChange(groupOf(join, next));
  const [firstField] = Object.keys(gridFields(rest.entity)).filter((name) => name !== 'programId');
  return (
    <div className={depth > 0 ? css.nested : css.words}>
      <select
        className={css.input}
        aria-label="How many of the conditions must hold"
        value={join}
        onChange={({ target }) => onChange(groupOf(target.value as 'any' | 'all', parts))}
      >
        <option value="any">Any of these must hold</option>
        <option value="all">All of these must hold</option>
      </select>
      {parts.map((part, at) => (
        <div key={at} className={css.line}>
          {isCondition(part) ? (
            <ConditionLine {...rest} condition={part} onChange={(next) => put(parts.with(at, next))} />
          ) : 'fact' in part ? null : (
            <GroupLines {...rest} group={part} depth={depth + 1} onChange={(next) => put(parts.with(at, next))} />
          )}
          <Button
            small
            look="ghost"
            icon={<IconX size={12} />}
            aria-label="Remove this line"
            onClick={() => put(parts.toSpliced(at, 1))}
          />
        </div>
      ))}
      <div className={css.foot}>
        <Button
          small
          look="ghost"
          icon={<IconPlus />}
          onClick={() => put([...parts, { field: firstField!, test: 'not-empty' }])}
        >
          Condition
        </Button>
        {depth < 2 && (
          <Button
            small
            look="ghost"
            icon={<IconPlus />}
            onClick={() => put([...parts, groupOf(join === 'any' ? 'all' : 'any', [])])}
          >
            Group
          </Button>
        )}
      </div>
    </div>
  );
}

const testNames: Partial<Record<Condition['test'], string>> = {
  contains: 'contains',
  starts: 'starts with',
  is: 'is',
  'is-not': 'is not',
  more: 'is more than',
  less: 'is less than',
  within: 'is within',
  empty: 'is empty',
  'not-empty': 'is not empty',
};
const tests = {
  words: ['contains', 'starts', 'is', 'is-not', 'not-empty', 'empty'],
  number: ['is', 'more', 'less', 'not-empty', 'empty'],
  day: ['within', 'more', 'less', 'not-empty', 'empty'],
  moment: ['within', 'more', 'less', 'not-empty', 'empty'],
  set: ['is', 'is-not', 'not-empty', 'empty'],
  presence: ['not-empty', 'empty'],
} satisfies Record<FilterKind, Condition['test'][]>;

type LineProps = Pick<BuilderProps, 'entity' | 'lookups' | 'view'> & {
  condition: Condition;
  onChange: (condition: Condition) => void;
};

function ConditionLine({ condition, onChange, ...rest }: LineProps) {
  const fields = gridFields(rest.entity);
  const field = fields[condition.field];
  if (!field) return null;
  const kind = lookOf(field).filter;
  return (
    <>
      <select
        className={css.input}
        aria-label="Column"
        value={condition.field}
        onChange={({ target }) => {
          const next = fields[target.value];
          if (next) onChange({ field: target.value, test: tests[lookOf(next).filter][0]! });
        }}
      >
        {Object.entries(fields).map(([name, one]) => (
          <option key={name} value={name}>
            {one.options.label}
          </option>
        ))}
      </select>
      <select
        className={css.input}
        aria-label={`How ${field.options.label} is compared`}
        value={condition.test}
        onChange={({ target }) => onChange({ field: condition.field, test: target.value as Condition['test'] })}
      >
        {tests[kind].map((test) => (
          <option key={test} value={test}>
            {testNames[test]}
          </option>
        ))}
      </select>
      {needsValue(condition.test) &&
        (kind === 'set' ? (
          <SetValue {...rest} {...{ field, condition, onChange }} />
        ) : condition.test === 'within' ? (
          <PeriodSelect
            label={`When: ${field.options.label}`}
            period={isPeriod(condition.value) ? condition.value : null}
            onChange={(value) => onChange({ ...condition, value })}
          />
        ) : (
          <TypedValue key={condition.field + condition.test} {...rest} {...{ field, condition, onChange }} />
        ))}
    </>
  );
}

function SetValue({ entity, lookups, view, field, condition, onChange }: LineProps & { field: Field }) {
  const input = { view: { ...view, where: [], search: '', sort: [] }, field: condition.field };
  const { data } = useQuestion('rows.values', input, { keep: true });
  const known = contextOf(lookups, entity, field, {});
  const at = data?.findIndex(({ value }) => value === condition.value) ?? -1;
  return (
    <select
      className={css.input}
      aria-label={`${field.options.label} to compare with`}
      value={at < 0 ? '' : at}
      onChange={({ target }) => onChange({ ...condition, value: data?.[Number(target.value)]?.value })}
    >
      <option value="" disabled>
        Choose
      </option>
      {data?.map(({ value, title }, place) =>
        value === null ? null : (
          <option key={String(value)} value={place}>
            {field.kind === 'reference' ? title : cellText(field, value, known) || title}
          </option>
        ),
      )}
    </select>
  );
}

/** Words as they are; numbers and days as the cells of the column are typed. */
function TypedValue({ entity, lookups, field, condition, onChange }: LineProps & { field: Field }) {
  const isWords = lookOf(field).filter === 'words';
  const known = contextOf(lookups, entity, field, {});
  const [text, setText] = useState(() =>
    (condition.value ?? '') === '' ? '' : isWords ? String(condition.value) : cellText(field, condition.value, known),
  );
  const read = isWords ? { value: text.trim() } : parseCell(field, text, known);
  const problem = 'problem' in read ? read.problem : null;
  return (
    <input
      className={css.input}
      aria-label={`${field.options.label} to compare with`}
      aria-invalid={problem !== null}
      title={problem ?? ''}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const next = isWords ? { value: target.value.trim() } : parseCell(field, target.value, known);
        if (!('problem' in next)) onChange({ ...condition, value: next.value ?? '' });
      }}
    />
  );
}
