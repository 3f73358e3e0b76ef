import { Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import type { Field, FieldKind } from '../../shared/model';
import { parseCell, type CellContext } from '../../shared/rules/cell-text';
import { Button } from '../ui/button';
import css from './form.module.css';
import type { Lookups } from './lookups';
import { PickInput } from './pick-input';
import { SensitiveInput } from './sensitive-input';

export interface InputProps {
  id: string;
  field: Field;
  value: unknown;
  /** The value as people read it. */
  text: string;
  /** What was typed and cannot be read. */
  unread: string | undefined;
  context: CellContext;
  lookups: Lookups;
  programId: unknown;
  /** For a sensitive field: whose it is; null for a new row, whose fields are open. */
  confidential: { studentId: string; onRevealed: (row: Record<string, unknown>) => void } | null;
  describedBy: string | undefined;
  isBad: boolean;
  autoFocus: boolean;
  /** `text`: what was picked, as people read it. */
  onChange: (value: unknown, text?: string) => void;
  onMisread: (text: string, problem: string) => void;
  onLeave: () => void;
}

const native = ({ id, field, describedBy, isBad, autoFocus }: InputProps) => ({
  id,
  autoFocus,
  'aria-invalid': isBad,
  'aria-describedby': describedBy,
  'aria-required': field.required,
});

/** Text as it is typed. Blanks at the ends go when the field is left. */
function TextInput(props: InputProps) {
  const { field, value, onChange, onLeave } = props;
  const text = typeof value === 'string' ? value : '';
  const isLong = field.kind === 'text' && field.options.max > 255;
  const shared = {
    ...native(props),
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value === '' ? null : event.target.value),
    onBlur: () => {
      if (text !== text.trim()) onChange(text.trim() || null);
      onLeave();
    },
  };
  const type = field.kind === 'email' ? 'email' : field.kind === 'url' ? 'url' : 'text';
  if (isLong) return <textarea {...shared} rows={3} className={css.area} />;
  return <input {...shared} type={type} className={css.input} spellCheck={field.kind === 'text'} />;
}

function LongInput(props: InputProps) {
  const { value, onChange, onLeave } = props;
  return (
    <textarea
      {...native(props)}
      rows={6}
      className={`${css.area} ${css.mono}`}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onLeave}
    />
  );
}

/** A text that is read into a value: numbers, amounts, dates, lists. What was typed stays until it can be read. */
function ReadInput(props: InputProps) {
  const { field, text, unread, context, onChange, onMisread, onLeave } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const read = (next: string) => {
    setTyped(next);
    const parsed = parseCell(field, next, context);
    if ('problem' in parsed) onMisread(next, parsed.problem);
    else onChange(parsed.value);
  };
  return (
    <input
      {...native(props)}
      className={css.input}
      inputMode={field.kind === 'integer' || field.kind === 'percent' ? 'numeric' : undefined}
      value={typed ?? unread ?? text}
      onChange={(event) => read(event.target.value)}
      onBlur={() => {
        setTyped(null);
        onLeave();
      }}
    />
  );
}

function DayInput(props: InputProps) {
  const [isOpen, setOpen] = useState(false);
  const { field, value, onChange } = props;
  return (
    <span className="row">
      <span className="grow">
        <ReadInput key={String(value)} {...props} />
      </span>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" withinPortal trapFocus returnFocus>
        <Popover.Target>
          <Button
            small
            look="ghost"
            icon={<IconCalendar />}
            aria-label={`Choose ${field.options.label} from a calendar`}
            onClick={() => setOpen((now) => !now)}
          />
        </Popover.Target>
        <Popover.Dropdown p={8}>
          <DatePicker
            size="xs"
            firstDayOfWeek={1}
            value={typeof value === 'string' ? value : null}
            defaultDate={typeof value === 'string' ? value : undefined}
            onChange={(day) => {
              onChange(day);
              setOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

function JsonInput(props: InputProps) {
  const { field, value, unread, context, onChange, onMisread, onLeave } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <textarea
      {...native(props)}
      rows={5}
      spellCheck={false}
      className={`${css.area} ${css.mono}`}
      value={typed ?? unread ?? (value == null ? '' : JSON.stringify(value, null, 2))}
      onChange={(event) => {
        setTyped(event.target.value);
        const parsed = parseCell(field, event.target.value, context);
        if ('problem' in parsed) onMisread(event.target.value, parsed.problem);
        else onChange(parsed.value);
      }}
      onBlur={() => {
        setTyped(null);
        onLeave();
      }}
    />
  );
}

function TickInput(props: InputProps) {
  const { value, onChange, onLeave } = props;
  return (
    <span className={css.tick}>
      <input
        {...native(props)}
        aria-required={undefined}
        type="checkbox"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
        onBlur={onLeave}
      />
      <span aria-hidden>{value === true ? 'Yes' : 'No'}</span>
    </span>
  );
}

function GivenText({ id, text }: InputProps) {
  return (
    <output id={id} className={css.given}>
      {text || 'Given by the central database'}
    </output>
  );
}

/** The input of each kind. */
export const inputs = {
  text: TextInput,
  markdown: LongInput,
  email: TextInput,
  slug: TextInput,
  url: TextInput,
  integer: ReadInput,
  money: ReadInput,
  currency: ReadInput,
  percent: ReadInput,
  boolean: TickInput,
  choice: PickInput,
  option: PickInput,
  reference: PickInput,
  list: ReadInput,
  json: JsonInput,
  date: DayInput,
  timestamp: ReadInput,
  time: ReadInput,
  timeRange: ReadInput,
  recurrence: ReadInput,
  order: ReadInput,
  sensitive: SensitiveInput,
  generated: GivenText,
} satisfies Record<FieldKind, ComponentType<InputProps>>;
