import { useEffect, useId, useRef, useState, type ComponentType } from 'react';
import { isCondition, type Condition, type View } from '../../shared/contract/requests';
import type { Entity, Field } from '../../shared/model';
import { cellText, parseCell } from '../../shared/rules/cell-text';
import { isPeriod, isSamePeriod, periods, type Period } from '../../shared/rules/period';
import { useQuestion } from '../client/hooks';
import { contextOf, type Lookups } from '../forms/lookups';
import { LoadingState } from '../ui/states';
import { countText } from '../ui/moment';
import css from './filter-panel.module.css';
import { openEnds, type FilterKind } from './filter-text';

export interface FilterInputProps {
  entity: Entity;
  name: string;
  field: Field;
  view: View;
  conditions: readonly Condition[];
  lookups: Lookups;
  onChange: (conditions: Condition[]) => void;
}

/** Typing settles for this long (milliseconds) before the rows are asked for again. */
const settling = 200;

/** Calls back when what was typed has come to rest. */
function useSettled<T>(value: T, callback: (value: T) => void): void {
  const latest = useRef(callback);
  const first = useRef(true);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => latest.current(value), settling);
    return () => clearTimeout(timer);
  }, [value]);
}

const wordTests = [
  ['contains', 'Contains'],
  ['starts', 'Starts with'],
  ['is', 'Is exactly'],
] as const;

function WordsFilter({ name, field, conditions, onChange }: FilterInputProps) {
  const [test, setTest] = useState<Condition['test']>(conditions[0]?.test ?? 'contains');
  const [words, setWords] = useState(() => String(conditions[0]?.value ?? ''));
  const apply = (how: Condition['test'], what: string) =>
    onChange(what.trim() === '' ? [] : [{ field: name, test: how, value: what.trim() }]);
  useSettled(words, (typed) => apply(test, typed));
  return (
    <div className={css.words}>
      <select
        aria-label={`How ${field.options.label} is compared`}
        className={css.input}
        value={test}
        onChange={(event) => {
          const next = event.target.value as Condition['test'];
          setTest(next);
          apply(next, words);
        }}
      >
        {wordTests.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <input
        className={css.input}
        aria-label={`${field.options.label} to look for`}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </div>
  );
}

/** From and to, both included; either may be left open. */
function RangeFilter({ entity, name, field, conditions, lookups, onChange }: FilterInputProps) {
  const known = contextOf(lookups, entity, field, {});
  const ends = field.kind === 'date' ? openEnds.day : field.kind === 'timestamp' ? openEnds.moment : openEnds.number;
  const held = (Array.isArray(conditions[0]?.value) ? conditions[0].value : []) as unknown[];
  const textAt = (at: 0 | 1) =>
    held[at] === undefined || held[at] === ends[at] ? '' : cellText(field, held[at], known);
  const [from, setFrom] = useState(() => textAt(0));
  const [to, setTo] = useState(() => textAt(1));
  const [problem, setProblem] = useState<string | null>(null);
  const isMoment = field.kind === 'timestamp';
  /** "Until 4 Sep" means the whole of that day. */
  const endOfDay = (value: unknown): unknown =>
    isMoment && typeof value === 'number' && !/\d[:.h]\d/.test(to) ? value + 86_399_999 : value;
  useSettled(`${from}\n${to}`, () => {
    const [low, high] = [parseCell(field, from, known), parseCell(field, to, known)];
    const trouble = 'problem' in low ? low.problem : 'problem' in high ? high.problem : null;
    setProblem(trouble);
    if (trouble !== null || 'problem' in low || 'problem' in high) return;
    if (low.value === null && high.value === null) return onChange([]);
    onChange([{ field: name, test: 'between', value: [low.value ?? ends[0], endOfDay(high.value) ?? ends[1]] }]);
  });
  const isTime = field.kind === 'date' || isMoment;
  const period = conditions[0]?.test === 'within' && isPeriod(conditions[0].value) ? conditions[0].value : null;
  const hint =
    field.kind === 'date' || isMoment
      ? cellText({ kind: 'date', options: { label: '' }, required: false }, '2026-09-04', known)
      : '';
  return (
    <>
      {isTime && (
        <PeriodSelect
          label={`When: ${field.options.label}`}
          period={period}
          onChange={(next) => onChange(next ? [{ field: name, test: 'within', value: next }] : [])}
        />
      )}
      <div className={css.range} hidden={period !== null}>
        <label className={css.end}>
          From
          <input
            className={css.input}
            data-autofocus
            placeholder={hint}
            value={from}
            aria-invalid={problem !== null}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label className={css.end}>
          To
          <input
            className={css.input}
            placeholder={hint}
            value={to}
            aria-invalid={problem !== null}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
      </div>
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

interface PeriodSelectProps {
  label: string;
  period: Period | null;
  onChange: (period: Period | null) => void;
}

/** Periods that move with the day; without one, the days are given. */
export function PeriodSelect({ label, period, onChange }: PeriodSelectProps) {
  return (
    <select
      className={css.input}
      aria-label={label}
      value={period ? periods.findIndex(([, one]) => isSamePeriod(one, period)) : ''}
      onChange={({ target }) => onChange(target.value === '' ? null : (periods[Number(target.value)]?.[1] ?? null))}
    >
      <option value="">From one day to another</option>
      {periods.map(([name], at) => (
        <option key={name} value={at}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Which of the values that occur, with how often they do. */
function SetFilter({ name, field, view, conditions, entity, lookups, onChange }: FilterInputProps) {
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState('');
  const listId = useId();
  useSettled(search, setAsked);
  const others = { ...view, where: view.where.filter((one) => !isCondition(one) || one.field !== name) };
  const { data, isPending, error } = useQuestion(
    'rows.values',
    { view: others, field: name, search: asked },
    { keep: true },
  );
  const [condition] = conditions;
  const chosen: unknown[] = condition ? (Array.isArray(condition.value) ? condition.value : [condition.value]) : [];
  const isChosen = (value: unknown) => chosen.some((one) => one === value);
  const toggle = (value: unknown) => {
    const next = isChosen(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    onChange(next.length > 0 ? [{ field: name, test: 'in', value: next }] : []);
  };
  const known = contextOf(lookups, entity, field, {});
  const label = (value: unknown, title: string) =>
    value === null ? 'Empty' : field.kind === 'reference' ? title : cellText(field, value, known) || title;
  return (
    <>
      <input
        className={css.input}
        type="search"
        data-autofocus
        placeholder={`Search ${field.options.label.toLowerCase()}`}
        aria-label={`Search ${field.options.label.toLowerCase()}`}
        aria-controls={listId}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div id={listId} className={css.values} role="group" aria-label={field.options.label}>
        {isPending && <LoadingState rows={4} />}
        {error && <p className={css.problem}>{error.problem.message}</p>}
        {data?.map(({ value, title, count }) => (
          <label key={String(value)} className={css.choice}>
            <input type="checkbox" checked={isChosen(value)} onChange={() => toggle(value)} />
            <span className={css.name}>{label(value, title)}</span>
            <span className={css.count}>{countText(count)}</span>
          </label>
        ))}
        {data?.length === 0 && (
          <p className={css.nothing}>{asked ? `Nothing is called “${asked}”.` : 'No values yet.'}</p>
        )}
      </div>
    </>
  );
}

const NoInput = () => null;

export const filterInputs = {
  words: WordsFilter,
  number: RangeFilter,
  day: RangeFilter,
  moment: RangeFilter,
  set: SetFilter,
  presence: NoInput,
} satisfies Record<FilterKind, ComponentType<FilterInputProps>>;
