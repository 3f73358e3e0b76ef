import { IconLock } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { entityOf, isEntityName } from '../../shared/entities';
import type { SessionFacts } from '../../shared/contract/wire';
import type { AnyRow, Entity, Field } from '../../shared/model';
import { cellText } from '../../shared/rules/cell-text';
import { whyNot } from '../../shared/rules/permit';
import { useSync } from '../client/hooks';
import { Button } from '../ui/button';
import { Section } from '../ui/inspector';
import { ProblemText } from '../ui/notify';
import { Note } from '../ui/states';
import css from './form.module.css';
import { inputs } from './inputs';
import { isAsked, whyLocked, whyReadOnly } from './locks';
import { contextOf, type Lookups } from './lookups';
import { useDraft, type DraftState, type SavedRow } from './use-draft';

export interface EntityFormProps {
  entity: Entity;
  /** The row as it stands; null for a new one. */
  row: AnyRow | null;
  /** Texts of the rows it refers to, by id. */
  titles: Readonly<Record<string, string>>;
  /** What names the row, for the undo list. */
  title: string;
  /** First values of a new row: the program it is added to, the parent it belongs to. */
  given?: Record<string, unknown>;
  user: SessionFacts | null;
  lookups: Lookups;
  /** The field to stand in at first; `first` for the first there is. */
  focus: string | null;
  /** Fields the place of the form already says. */
  without?: readonly string[];
  onSaved: (saved: SavedRow, name: string, isNew: boolean) => void;
  onCancel: () => void;
}

/** Every field of an entity, for one row. Ctrl+Enter saves, Escape goes back; what was typed is kept until it is saved or discarded. */
export function EntityForm({
  entity,
  row,
  titles: known,
  title,
  given,
  user,
  lookups,
  focus,
  without = [],
  onSaved,
  onCancel,
}: EntityFormProps) {
  const draft = useDraft(user?.userId ?? '', entity, row, given);
  const titles = { ...Object.fromEntries(lookups.programs.map(({ id, name }) => [id, name])), ...known };
  const form = useRef<HTMLFormElement>(null);
  const readOnly = whyReadOnly(useSync());
  const refusal = readOnly ?? (row || !user ? null : whyNot(user, entity, 'create'));
  const closed = row && user && !readOnly ? whyNot(user, entity, 'update', row) : null;
  const thing = entity.labels.one.toLowerCase();

  const save = async () => {
    const name = row
      ? title
      : entity.title
          .map((one) => textOf(one))
          .join(' ')
          .trim();
    const saved = await draft.save(row ? `Change ${name}` : `Add ${thing} ${name}`.trim());
    if (saved) onSaved(saved, name || thing, row === null);
    // After the messages are drawn.
    else setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const textOf = (name: string): string => {
    const field = entity.fields[name];
    return field
      ? cellText(field, draft.values[name], contextOf(lookups, entity, field, draft.values, titles)).slice(0, 80)
      : '';
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      onCancel();
    }
  };

  const fields = Object.entries(entity.fields).filter(
    ([name, field]) =>
      (row || isAsked(field)) && !without.includes(name) && !(name === 'programId' && lookups.programs.length < 2),
  );
  const isMore = ([, { options }]: [string, Field]) => options.hidden && !options.required && !options.readOnly;
  const isKept = ([, field]: [string, Field]) => !isAsked(field);
  const groups = [
    { title: null, fields: fields.filter((one) => !isMore(one) && !isKept(one)) },
    { title: 'More', fields: fields.filter((one) => isMore(one) && !isKept(one)) },
    { title: 'Kept by the system', fields: fields.filter(isKept) },
  ].filter((group) => group.fields.length > 0);
  const first = focus === 'first' ? (fields.find(([, field]) => isAsked(field))?.[0] ?? null) : focus;

  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      aria-label={row ? title : `New ${thing}`}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={css.fields}>
        <div className={css.notes}>
          {refusal && (!row || readOnly) && <Note tone="warning">{refusal}</Note>}
          {closed && <Note>{closed}</Note>}
          {draft.problem && (
            <Note tone="danger" role="alert">
              <p className="medium">Not saved. What you typed is still here.</p>
              <p>
                <ProblemText problem={draft.problem} />
              </p>
            </Note>
          )}
        </div>
        {groups.map((group) => (
          <Section key={group.title ?? ''} title={group.title}>
            {group.fields.map(([name, field]) => (
              <FieldRow
                key={name}
                {...{ entity, name, field, row, titles, user, lookups, draft, readOnly }}
                autoFocus={name === first}
              />
            ))}
          </Section>
        ))}
      </div>
      {(draft.isDirty || !row) && (
        <div className={css.actions}>
          <Button
            type="submit"
            look="primary"
            busy={draft.isSaving}
            disabled={refusal !== null}
            title="Save (Ctrl+Enter)"
          >
            {row ? 'Save changes' : `Add ${thing}`}
          </Button>
          <Button
            onClick={() => {
              draft.discard();
              onCancel();
            }}
            type="button"
          >
            {row ? 'Discard' : 'Cancel'}
          </Button>
          <span className={`${css.keys} micro quiet ellipsis grow`}>Ctrl+Enter saves</span>
        </div>
      )}
    </form>
  );
}

/** Another program has its own currency, facilities and courses: what was chosen from the one before is taken back. */
function followProgram(entity: Entity, programId: unknown, lookups: Lookups, draft: DraftState): void {
  const currency = lookups.program(programId)?.currency;
  if (currency && 'currency' in entity.fields) draft.change('currency', currency);
  for (const [name, field] of Object.entries(entity.fields)) {
    if (name === 'programId' || draft.values[name] == null) continue;
    const isOfProgram = field.kind === 'option' || (field.kind === 'reference' && isOfOneProgram(field.options.to));
    if (isOfProgram) draft.change(name, null);
  }
}

const isOfOneProgram = (name: string): boolean => isEntityName(name) && entityOf(name).scope === 'program';

interface FieldRowProps {
  entity: Entity;
  name: string;
  field: Field;
  row: AnyRow | null;
  titles: Readonly<Record<string, string>>;
  user: SessionFacts | null;
  lookups: Lookups;
  draft: DraftState;
  readOnly: string | null;
  autoFocus: boolean;
}

function FieldRow({ entity, name, field, row, titles, user, lookups, draft, readOnly, autoFocus }: FieldRowProps) {
  const id = useId();
  const [isTold, setTold] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (autoFocus) place.current?.scrollIntoView({ block: 'nearest' });
  }, [autoFocus]);
  const { values } = draft;
  const why = row ? whyLocked(user, entity, field, row, readOnly) : null;
  const known = contextOf(lookups, entity, field, values, titles);
  const text = cellText(field, values[name], known);
  const issue = draft.issues[name];
  const isChanged = draft.isChanged(name);
  const Input = inputs[field.kind];
  const describedBy =
    [issue && `${id}-issue`, field.options.help && `${id}-help`].filter(Boolean).join(' ') || undefined;
  const studentId = row?.['studentId'];
  const isWide = field.kind === 'markdown' || field.kind === 'json' || field.kind === 'sensitive';
  return (
    <div ref={place} className={`${css.field} ${isWide ? css.wide : ''}`} data-field={name}>
      <label htmlFor={id} className={css.label}>
        {isChanged && (
          <span className={css.changed} role="img" aria-label="Changed, not saved" title="Changed, not saved" />
        )}
        {field.options.label}
        {field.required && why === null && (
          <span aria-hidden className="quiet">
            {' '}
            *
          </span>
        )}
      </label>
      <div className={css.value}>
        {why !== null ? (
          <>
            <button
              type="button"
              id={id}
              className={css.locked}
              title={why}
              aria-expanded={isTold}
              aria-describedby={isTold ? `${id}-why` : undefined}
              onClick={() => setTold((now) => !now)}
            >
              <span className={css.lockedText}>{text || '–'}</span>
              <IconLock size={12} aria-label="Locked: why?" />
            </button>
            {isTold && (
              <p id={`${id}-why`} className={css.help} role="status">
                {why}
              </p>
            )}
          </>
        ) : (
          <Input
            id={id}
            field={field}
            value={values[name]}
            text={text}
            unread={draft.unread[name]?.text}
            context={known}
            lookups={lookups}
            programId={values['programId']}
            confidential={
              typeof studentId === 'string' && row
                ? { studentId, onRevealed: (revealed) => draft.reveal(revealed) }
                : null
            }
            describedBy={describedBy}
            isBad={issue !== undefined}
            autoFocus={autoFocus}
            onChange={(value) => {
              draft.change(name, value);
              if (name === 'programId' && row === null) followProgram(entity, value, lookups, draft);
            }}
            onMisread={(typed, problem) => draft.misread(name, typed, problem)}
            onLeave={() => draft.leave(name)}
          />
        )}
        {issue && (
          <p id={`${id}-issue`} className={css.issue}>
            {issue}
          </p>
        )}
        {field.options.help && why === null && (
          <p id={`${id}-help`} className={css.help}>
            {field.options.help}
          </p>
        )}
      </div>
    </div>
  );
}
