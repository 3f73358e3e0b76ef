import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldSource, ImportMapping } from '../../shared/contract/exchange';
import type { Entity, Field } from '../../shared/model';
import { stepLabels, stepNames, steps, type StepName } from '../../shared/rules/import-steps';
import { fromColumn, isImportable } from '../../shared/rules/suggest-mapping';
import type { Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { counted, countText } from '../ui/moment';
import { Note } from '../ui/states';
import css from './exchange.module.css';
import type { ImportDraft, Opened } from './import-draft';
import { RecipeBar } from './recipe-bar';
import { SourceBar } from './source-bar';

interface ColumnsProps {
  entity: Entity;
  draft: ImportDraft;
  lookups: Lookups;
}

/** Which column is which field. */
export function ColumnsStep({ entity, draft, lookups }: ColumnsProps) {
  const { opened, mapping, setMapping, answers, setAnswers } = draft;
  const [isAll, setAll] = useState(false);
  if (!opened || !mapping) return null;
  const fields = Object.entries(entity.fields).filter(([, field]) => isImportable(field));
  const used = new Set(Object.values(mapping.fields).flatMap(({ from }) => from));
  const unused = opened.columns.columns.filter(({ name }) => !used.has(name));
  const needsProgram = entity.scope === 'program' && !mapping.fields['programId'];
  const shown = isAll
    ? fields
    : fields.filter(
        ([name, field]) => mapping.fields[name] || (name !== 'programId' && (!field.options.hidden || field.required)),
      );
  const change = (name: string, source: FieldSource | null) => {
    const { [name]: _gone, ...rest } = mapping.fields;
    const next = source ? { ...mapping.fields, [name]: source } : rest;
    const match = mapping.match.every((one) => next[one]) ? mapping.match : [];
    setMapping({ ...mapping, fields: next, match });
  };
  return (
    <>
      <SourceBar draft={draft} opened={opened} />
      {opened.source.notes.map((note) => (
        <Note key={note} tone="warning">
          {note}
        </Note>
      ))}
      {opened.columns.roundTrip && (
        <Note tone="info">
          This file was exported from here. Its rows are known again, and what others changed since then is told apart
          from what was changed in the file.
        </Note>
      )}
      <RecipeBar {...{ entity, opened, mapping, setMapping }} />
      <div className={css.table}>
        <table>
          <thead>
            <tr>
              <th>{entity.labels.one}</th>
              <th>From the column</th>
              <th>Tidied</th>
              <th>Where it is empty</th>
              <th>Example</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(([name, field]) => (
              <FieldRow
                key={name}
                {...{ name, field, opened }}
                source={mapping.fields[name] ?? null}
                onChange={(source) => change(name, source)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.options}>
        {shown.length < fields.length && (
          <Button small look="link" onClick={() => setAll(true)}>
            Show all {fields.length} fields
          </Button>
        )}
        <span className="muted small">
          {unused.length === 0
            ? 'Every column is used.'
            : `${counted(unused.length, 'column is', 'columns are')} not used: ${unused
                .slice(0, 6)
                .map(({ name }) => name)
                .join(', ')}${unused.length > 6 ? ' …' : ''}`}
        </span>
      </div>
      <Choices {...{ entity, mapping, setMapping }} keys={opened.columns.keys} isKnown={opened.columns.roundTrip} />
      <div className={css.foot}>
        {needsProgram && (
          <label className={css.inline}>
            New {entity.labels.many.toLowerCase()} belong to
            <select
              value={answers.programId ?? ''}
              onChange={({ currentTarget }) => setAnswers({ ...answers, programId: currentTarget.value || null })}
            >
              <option value="">the program of what they refer to</option>
              {lookups.programs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="grow" />
        <Button onClick={() => draft.setStep('file')}>Back</Button>
        <Button
          look="primary"
          disabled={draft.progress !== null || Object.keys(mapping.fields).length === 0}
          onClick={() => void draft.check()}
        >
          Check {countText(opened.source.rows - (opened.header > 0 ? 1 : 0))} lines
        </Button>
      </div>
    </>
  );
}

interface FieldRowProps {
  name: string;
  field: Field;
  source: FieldSource | null;
  opened: Opened;
  onChange: (source: FieldSource | null) => void;
}

const nothing: FieldSource = { from: [], join: ' ', all: false, steps: [], otherwise: '' };

function FieldRow({ name, field, source, opened, onChange }: FieldRowProps) {
  const { columns } = opened.columns;
  const { label } = field.options;
  const now = source ?? nothing;
  const set = (next: FieldSource) => onChange(next.from.length === 0 && next.otherwise === '' ? null : next);
  const pick = (at: number, column: string) => {
    const from = column === '' ? now.from.toSpliced(at, 1) : now.from.toSpliced(at, 1, column);
    set(source ? { ...now, from } : fromColumn(column));
  };
  const example = exampleOf(now, columns);
  return (
    <tr data-used={source !== null}>
      <th scope="row">
        {label}
        {field.required && field.options.default === undefined && name !== 'programId' && (
          <span className="muted" title="Needed for new rows">
            {' '}
            *
          </span>
        )}
        {field.kind === 'generated' && <span className="muted small"> (to find rows)</span>}
      </th>
      <td>
        <div className={css.sources}>
          {[...now.from, ...(now.from.length === 0 ? [''] : [])].map((column, at) => (
            <select
              key={at}
              aria-label={`${label}: column ${at + 1}`}
              value={column}
              onChange={({ currentTarget }) => pick(at, currentTarget.value)}
            >
              <option value="">–</option>
              {columns.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.name}
                </option>
              ))}
            </select>
          ))}
          {now.from.length > 0 && now.from.length < 4 && (
            <Button
              small
              look="ghost"
              icon={<IconPlus />}
              aria-label={`${label}: join another column`}
              title="Join another column"
              onClick={() => set({ ...now, from: [...now.from, columns[0]?.name ?? ''] })}
            />
          )}
        </div>
      </td>
      <td>
        <select
          aria-label={`${label}: tidied`}
          value={now.steps[0] ?? ''}
          disabled={now.from.length === 0}
          onChange={({ currentTarget }) =>
            set({ ...now, steps: currentTarget.value ? [currentTarget.value as StepName] : [] })
          }
        >
          <option value="">–</option>
          {stepNames.map((step) => (
            <option key={step} value={step}>
              {stepLabels[step]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <span className={css.sources}>
          <input
            aria-label={`${label}: where it is empty`}
            value={now.otherwise}
            placeholder="leave as it is"
            onChange={({ currentTarget }) => set({ ...now, otherwise: currentTarget.value })}
          />
          {now.otherwise !== '' && (
            <Button
              small
              look="ghost"
              icon={<IconX />}
              aria-label={`${label}: nothing where it is empty`}
              onClick={() => set({ ...now, otherwise: '' })}
            />
          )}
        </span>
      </td>
      <td className={css.example}>{example}</td>
    </tr>
  );
}

function exampleOf(source: FieldSource, columns: Opened['columns']['columns']): string {
  if (source.from.length === 0) return source.otherwise;
  const samples = (name: string) => columns.find((column) => column.name === name)?.samples ?? [];
  const read = (at: number) =>
    source.steps.reduce(
      (text, step) => steps[step](text),
      source.from
        .map((name) => samples(name)[at] ?? '')
        .filter(Boolean)
        .join(source.join),
    );
  const texts = source.from.length > 1 ? [read(0)] : [0, 1, 2].map(read);
  return texts.filter(Boolean).join(' · ') || source.otherwise;
}

interface ChoicesProps {
  entity: Entity;
  mapping: ImportMapping;
  setMapping: (mapping: ImportMapping) => void;
  keys: string[][];
  isKnown: boolean;
}

/** How rows are found again, and how the file is written. */
function Choices({ entity, mapping, setMapping, keys, isKnown }: ChoicesProps) {
  const usable = keys.filter((key) => key.every((name) => mapping.fields[name] || name === 'programId'));
  const label = (key: readonly string[]) => key.map((name) => entity.fields[name]?.options.label ?? name).join(' + ');
  return (
    <div className={css.options}>
      {!isKnown && (
        <label className={css.inline}>
          Rows that are there already are found by
          <select
            value={mapping.match.join()}
            onChange={({ currentTarget }) =>
              setMapping({ ...mapping, match: currentTarget.value === '' ? [] : currentTarget.value.split(',') })
            }
          >
            <option value="">whatever names them</option>
            {usable.map((key) => (
              <option key={key.join()} value={key.join()}>
                {label(key)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className={css.inline}>
        Dates
        <select
          value={mapping.dates}
          onChange={({ currentTarget }) =>
            setMapping({ ...mapping, dates: currentTarget.value as ImportMapping['dates'] })
          }
        >
          <option value="as-here">as usual here</option>
          <option value="day-first">day first: 4/9/2026</option>
          <option value="month-first">month first: 9/4/2026</option>
        </select>
      </label>
      <label className={css.inline}>
        Numbers
        <select
          value={mapping.numbers}
          onChange={({ currentTarget }) =>
            setMapping({ ...mapping, numbers: currentTarget.value as ImportMapping['numbers'] })
          }
        >
          <option value="as-here">as usual here</option>
          <option value="point">1,234.50</option>
          <option value="comma">1.234,50</option>
        </select>
      </label>
      <label className={css.inline}>
        <input
          type="checkbox"
          checked={mapping.emptyClears}
          onChange={({ currentTarget }) => setMapping({ ...mapping, emptyClears: currentTarget.checked })}
        />
        Empty cells empty the field
      </label>
      <label className={css.inline}>
        <input
          type="checkbox"
          checked={mapping.repeats === 'first'}
          onChange={({ currentTarget }) =>
            setMapping({ ...mapping, repeats: currentTarget.checked ? 'first' : 'refuse' })
          }
        />
        Of several lines for one row, the first counts
      </label>
    </div>
  );
}
