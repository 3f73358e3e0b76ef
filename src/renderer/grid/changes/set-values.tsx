import { Modal } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import { cellText } from '../../../shared/rules/cell-text';
import { validateField } from '../../../shared/rules/validate';
import { isPicked } from '../../forms/choices';
import form from '../../forms/form.module.css';
import { inputs, type InputProps } from '../../forms/inputs';
import { isAsked } from '../../forms/locks';
import { contextOf } from '../../forms/lookups';
import { PickInput } from '../../forms/pick-input';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import type { GridRow } from '../grid-row';
import { columnsOf, countRows, type Rect } from '../ranges/ranges';
import { fieldOf, fieldsShown, type Sheet } from '../sheet';
import type { Entry } from './plan';
import css from './set-values.module.css';

interface SetValuesProps {
  sheet: Sheet;
  rects: readonly Rect[];
  /** @param entries the value for each column that gets one */
  onDone: (entries: ReadonlyMap<string, Entry>) => Promise<void>;
  onClose: () => void;
}

interface Typed {
  value: unknown;
  /** What was picked, or typed and cannot be read. */
  text?: string | undefined;
  problem?: string | undefined;
}

/** One value for each column of a selection, however many rows it has. A column nothing is said of stays as it is. */
export function SetValues({ sheet, rects, onDone, onClose }: SetValuesProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({});
  const [isTold, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const shown = fieldsShown(sheet);
  const names = columnsOf(rects).flatMap((at) => shown[at] ?? []);
  const open = names.filter((name) => mayBeSet(sheet, name));
  const rows = countRows(rects);
  const chosen = open.filter((name) => typed[name]);
  const problems = Object.fromEntries(chosen.map((name) => [name, problemOf(sheet, name, typed[name]!)]));
  const { active } = sheet.selection;
  const row = active ? (sheet.api.getDisplayedRowAtIndex(active.row)?.data ?? null) : null;

  const say = (name: string, next: Typed | null) =>
    setTyped(({ [name]: _before, ...others }) => (next ? { ...others, [name]: next } : others));
  const submit = async () => {
    setTold(true);
    if (chosen.length === 0 || chosen.some((name) => problems[name] !== null)) return;
    setBusy(true);
    await onDone(new Map(chosen.map((name) => [name, entryOf(sheet, name, typed[name]!, row)])));
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    if (event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void submit();
  };
  const title = `Set values in ${counted(rows, 'row')}`;
  return (
    <Modal opened onClose={onClose} title={title} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        noValidate
        aria-label={title}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className={css.lead}>
          {open.length === 0
            ? 'None of the selected columns can be changed by hand. Select others.'
            : 'What you fill in goes to every selected row. Columns that are not ticked stay as they are.'}
        </p>
        <div className={css.fields}>
          {open.map((name, at) => (
            <Line
              key={name}
              {...{ sheet, name, row }}
              typed={typed[name]}
              problem={isTold || typed[name]?.problem ? (problems[name] ?? null) : null}
              autoFocus={at === 0}
              onType={(next) => say(name, next)}
            />
          ))}
        </div>
        {names.length > open.length && open.length > 0 && (
          <p className="muted small">
            {names
              .filter((name) => !open.includes(name))
              .map((name) => fieldOf(sheet, name).options.label)
              .join(', ')}{' '}
            cannot be changed here.
          </p>
        )}
        <div className={css.actions}>
          {isTold && chosen.length === 0 && (
            <span role="alert" className={css.problem}>
              Fill in at least one column.
            </span>
          )}
          <Button type="button" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={open.length === 0}>
            {chosen.length === 0 ? 'Set' : `Set ${counted(chosen.length, 'column')} in ${counted(rows, 'row')}`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface LineProps {
  sheet: Sheet;
  name: string;
  row: GridRow | null;
  typed: Typed | undefined;
  problem: string | null;
  autoFocus: boolean;
  onType: (next: Typed | null) => void;
}

function Line({ sheet, name, row, typed, problem, autoFocus, onType }: LineProps) {
  const id = useId();
  const field = fieldOf(sheet, name);
  const { lookups, entity } = sheet.context;
  const values = row?.row ?? sheet.given();
  const context = contextOf(lookups, entity, field, values, row?.titles);
  const Input = (isPicked(field) ? PickInput : inputs[field.kind]) as (props: InputProps) => React.JSX.Element;
  const value = typed?.value ?? null;
  return (
    <div className={css.line}>
      <input
        type="checkbox"
        aria-label={`Set ${field.options.label}`}
        checked={typed !== undefined}
        onChange={(event) => onType(event.target.checked ? { value: null } : null)}
      />
      <label htmlFor={id} className={form.label}>
        {field.options.label}
      </label>
      <div>
        <Input
          {...{ id, field, value, context, lookups, autoFocus }}
          text={typed?.problem ? '' : isPicked(field) ? (typed?.text ?? '') : cellText(field, value, context)}
          unread={typed?.problem ? typed.text : undefined}
          programId={values['programId']}
          confidential={null}
          describedBy={problem ? `${id}-problem` : undefined}
          isBad={problem !== null}
          onChange={(next, text) => onType({ value: next, text })}
          onMisread={(text, trouble) => onType({ value: null, text, problem: trouble })}
          onLeave={() => undefined}
        />
        {typed && value === null && !typed.problem && <p className={form.help}>Will be emptied.</p>}
        {problem && (
          <p id={`${id}-problem`} className={form.issue}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

/** What the row decides is for the plan to say, cell by cell. */
function mayBeSet(sheet: Sheet, name: string): boolean {
  const field = fieldOf(sheet, name);
  return name in sheet.entity.fields && isAsked(field) && !field.options.fixed && field.kind !== 'sensitive';
}

const problemOf = (sheet: Sheet, name: string, { value, problem }: Typed): string | null =>
  problem ?? validateField(fieldOf(sheet, name), value);

/** An amount is read anew in the currency of every row. */
function entryOf(sheet: Sheet, name: string, { value, text }: Typed, row: GridRow | null): Entry {
  const field = fieldOf(sheet, name);
  if (field.kind !== 'money' || value === null) return { value, title: text };
  const { lookups, entity } = sheet.context;
  return { text: cellText(field, value, contextOf(lookups, entity, field, row?.row ?? sheet.given())) };
}
