import { useState } from 'react';
import type { Input } from '../../../shared/contract/requests';
import type { TrailFilter } from '../../../shared/contract/trail';
import { allEntities, entityOf, isEntityName } from '../../../shared/entities';
import type { SessionFacts } from '../../../shared/contract/wire';
import { dateText } from '../../../shared/rules/date-text';
import { mayRead } from '../../../shared/rules/permit';
import { useQuestion } from '../../client/hooks';
import { howText } from '../../grid/explain/provenance';
import { Chip } from '../../ui/marks';
import { today } from '../../ui/moment';
import { acts } from './words';
import css from './audit.module.css';

interface FiltersProps {
  filter: TrailFilter;
  user: SessionFacts;
  /** What a record or an act in the filter is called. */
  recordName: string;
  /** Desks that were met in the trail so far, by id. */
  desks: ReadonlyMap<string, string>;
  onChange: (filter: TrailFilter) => void;
}

const day = 86_400_000;
const ways = ['typed', 'form', 'paste', 'fill', 'replace', 'undo', 'redo', 'restore', 'enroll', 'transfer', 'board'];
const midnight = (): number => new Date().setHours(0, 0, 0, 0);
const spans: [label: string, from: () => number][] = [
  ['Today', midnight],
  ['The last 7 days', () => midnight() - 6 * day],
  ['The last 30 days', () => midnight() - 29 * day],
  ['The last 12 months', () => midnight() - 364 * day],
];

type Key = keyof TrailFilter;
const without = (filter: TrailFilter, ...keys: Key[]): TrailFilter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => !keys.includes(key as Key)));

/** What is looked for: what is chosen stands as a chip, what is not as a list to choose from. */
export function Filters({ filter, user, recordName, desks, onChange }: FiltersProps) {
  const [from, setFrom] = useState('');
  const entities = allEntities.filter((entity) => mayRead(user, entity));
  const chosen = filter.entity && isEntityName(filter.entity) ? entityOf(filter.entity) : null;
  const isOne = filter.rowId !== undefined || filter.mutationId !== undefined || filter.curriculumId !== undefined;
  const chip = (key: Key, label: string, value: string, ...also: Key[]) => (
    <Chip
      key={key}
      label={label}
      value={value}
      removeLabel={`Remove the condition: ${label} ${value}`}
      onRemove={() => onChange(without(filter, key, ...also))}
    />
  );
  return (
    <>
      {filter.assigned && chip('assigned', 'Who assigned', 'whom where')}
      {filter.curriculumId && (
        <CurriculumChip id={filter.curriculumId} onRemove={() => onChange(without(filter, 'curriculumId'))} />
      )}
      {filter.rowId && chip('rowId', chosen?.labels.one ?? 'Record', recordName, 'entity')}
      {filter.userId ? (
        <PersonChip id={filter.userId} onRemove={() => onChange(without(filter, 'userId'))} />
      ) : (
        <PersonPick onPick={(userId) => onChange({ ...filter, userId })} />
      )}
      {filter.from !== undefined ? (
        chip('from', 'When', from || 'since a day', 'until')
      ) : (
        <>
          <Pick
            label="When"
            options={spans.map(([name]) => [name, name])}
            onPick={(name) => {
              setFrom(name);
              onChange({ ...filter, from: spans.find(([one]) => one === name)![1]() });
            }}
          />
          <label className={css.since}>
            Since
            <input
              type="date"
              max={today()}
              onChange={({ currentTarget: { value } }) => {
                const [year = 0, month = 0, date = 0] = value.split('-').map(Number);
                // While the year is being typed it is a day of long ago.
                if (year < 2000) return;
                setFrom(`since ${dateText(value, navigator.language)}`);
                onChange({ ...filter, from: new Date(year, month - 1, date).getTime() });
              }}
            />
          </label>
        </>
      )}
      {!isOne && !filter.assigned && (
        <>
          {chosen ? (
            chip('entity', 'What', chosen.labels.many, 'field')
          ) : (
            <Pick
              label="What"
              options={entities.map(({ name, labels }) => [name, labels.many])}
              onPick={(name) => isEntityName(name) && onChange({ ...filter, entity: name })}
            />
          )}
        </>
      )}
      {chosen &&
        (filter.field ? (
          chip('field', 'Field', chosen.fields[filter.field]?.options.label ?? filter.field)
        ) : (
          <Pick
            label="Field"
            options={Object.entries(chosen.fields).map(([name, { options }]) => [name, options.label])}
            onPick={(field) => onChange({ ...filter, field })}
          />
        ))}
      {filter.action ? (
        chip('action', 'Act', acts[filter.action])
      ) : (
        <Pick
          label="Act"
          options={Object.entries(acts)}
          onPick={(action) => onChange({ ...filter, action: action as TrailFilter['action'] })}
        />
      )}
      {filter.via ? (
        chip('via', 'How', howText(filter.via))
      ) : (
        <Pick
          label="How"
          options={ways.map((way) => [way, howText(way)])}
          onPick={(via) => onChange({ ...filter, via })}
        />
      )}
      {filter.deviceId
        ? chip('deviceId', 'Desk', desks.get(filter.deviceId) ?? 'one desk')
        : desks.size > 0 && (
            <Pick
              label="Desk"
              options={[...desks].sort(([, a], [, b]) => a.localeCompare(b))}
              onPick={(deviceId) => onChange({ ...filter, deviceId })}
            />
          )}
      {filter.mutationId && chip('mutationId', 'Act', 'one act')}
    </>
  );
}

function CurriculumChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const titles = useQuestion('search.titles', { records: [{ entity: 'curricula', id }] });
  return (
    <Chip
      label="Curriculum"
      value={titles.data?.[0]?.title ?? 'one curriculum'}
      removeLabel="Remove the condition: Curriculum"
      onRemove={onRemove}
    />
  );
}

interface PickProps {
  label: string;
  options: readonly (readonly [value: string, label: string])[];
  onPick: (value: string) => void;
}

function Pick({ label, options, onPick }: PickProps) {
  return (
    <select className={css.pick} aria-label={label} value="" onChange={(event) => onPick(event.target.value)}>
      <option value="">{label}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

const everybody: Input<'rows.choices'> = { entity: 'users', limit: 200 };

function PersonPick({ onPick }: { onPick: (id: string) => void }) {
  const { data = [] } = useQuestion('rows.choices', everybody);
  return <Pick label="Who" options={data.map(({ id, title }) => [id, title])} onPick={onPick} />;
}

function PersonChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useQuestion('rows.read', { entity: 'users', ids: [id] });
  const name = String(data?.[0]?.['fullName'] ?? 'one person');
  return <Chip label="Who" value={name} removeLabel={`Remove the condition: Who ${name}`} onRemove={onRemove} />;
}
