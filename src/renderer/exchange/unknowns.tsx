import { useState } from 'react';
import type { CheckSummary, Missing } from '../../shared/contract/exchange';
import { entityOf } from '../../shared/entities';
import type { Entity } from '../../shared/model';
import { choiceText } from '../../shared/rules/cell-text';
import { Button } from '../ui/button';
import { counted, countText } from '../ui/moment';
import { Note } from '../ui/states';
import css from './exchange.module.css';
import type { ImportDraft } from './import-draft';

interface UnknownsProps {
  entity: Entity;
  summary: CheckSummary;
  draft: ImportDraft;
}

const mostShown = 8;

/** Names in the file that mean nothing yet, or more than one row: what can be done about each. */
export function Unknowns({ entity, summary: { missing, ambiguous }, draft }: UnknownsProps) {
  const { answers } = draft;
  const pick = (field: string, text: string, id: string) =>
    void draft.check({ ...answers, picks: { ...answers.picks, [field]: { ...answers.picks[field], [text]: id } } });
  return (
    <>
      {missing.map((one) => (
        <MissingNote
          key={one.field}
          {...{ entity, one }}
          onMake={(given) => void draft.check({ ...answers, creates: { ...answers.creates, [one.field]: given } })}
        />
      ))}
      {ambiguous.slice(0, mostShown).map(({ field, text, rows, candidates }) => (
        <Note key={`${field} ${text}`} tone="warning">
          <label className={css.inline}>
            {entity.fields[field]?.options.label} “{text}” ({counted(rows, 'line', 'lines')}) could be
            <select value="" onChange={({ currentTarget }) => pick(field, text, currentTarget.value)}>
              <option value="">choose one …</option>
              {candidates.map(({ id, title, hint }) => (
                <option key={id} value={id}>
                  {title}
                  {hint ? ` (${hint})` : ''}
                </option>
              ))}
            </select>
          </label>
        </Note>
      ))}
      {ambiguous.length > mostShown && (
        <p className="muted small">
          and {countText(ambiguous.length - mostShown)} more names that could mean several rows.
        </p>
      )}
    </>
  );
}

function MissingNote({
  entity,
  one,
  onMake,
}: {
  entity: Entity;
  one: Missing;
  onMake: (given: Record<string, unknown>) => void;
}) {
  const { field, names, count, needs, whyNot } = one;
  const target = entityOf(one.entity);
  const label = entity.fields[field]?.options.label ?? field;
  const open = needs ?? [];
  const [given, setGiven] = useState<Record<string, unknown>>({});
  const listed = names
    .slice(0, 5)
    .map((name) => `“${name}”`)
    .join(', ');
  const refusal = needs === null ? `Add them under ${target.labels.many} first.` : whyNot;
  return (
    <Note tone="warning">
      <span className="row">
        <span className="grow">
          {label}: {counted(count, 'name is', 'names are')} not known: {listed}
          {count > 5 ? ' …' : ''}. {refusal}
        </span>
        {!refusal &&
          open.map((name) => {
            const choice = target.fields[name];
            if (choice?.kind !== 'choice') return null;
            return (
              <label key={name} className={css.inline}>
                {choice.options.label}
                <select
                  value={String(given[name] ?? '')}
                  onChange={({ currentTarget }) => setGiven({ ...given, [name]: currentTarget.value })}
                >
                  <option value="">choose …</option>
                  {choice.options.values.map((value) => (
                    <option key={value} value={value}>
                      {choiceText(value, choice.options)}
                    </option>
                  ))}
                </select>
              </label>
            );
          })}
        {!refusal && (
          <Button small disabled={open.some((name) => !given[name])} onClick={() => onMake(given)}>
            Make {count === 1 ? 'it' : `these ${countText(count)}`}
          </Button>
        )}
      </span>
    </Note>
  );
}
