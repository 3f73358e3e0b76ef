import { useEffect, useMemo, useRef, type FormEvent } from 'react';
import type { EntityName } from '../../../shared/entities';
import { date as dateField, type AnyRow } from '../../../shared/model';
import { agesOf } from '../../../shared/rules/ages';
import { dateText } from '../../../shared/rules/date-text';
import { moneyText } from '../../../shared/rules/number-text';
import { isReason } from '../../../shared/rules/capacity';
import { ageOn } from '../../../shared/rules/pricing';
import { useCommand, useQuestion, useSync } from '../../client/hooks';
import { takeBack } from '../../client/take-back';
import { useLookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { notify, ProblemText } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState, Note } from '../../ui/states';
import { ByHand } from './by-hand';
import { combined, nextStep, type EnrollDraft } from './enroll-draft';
import css from './enroll.module.css';
import { OfferList } from './offer-list';
import { courseField, PickField, studentField } from './pick-field';
import { QuotePanel } from './quote-panel';
import { keyOf, offersByFacility, onlySuggestion, type Offer } from './suggest';

interface EnrollFormProps {
  draft: EnrollDraft;
  change: (changes: Partial<EnrollDraft>) => void;
  onDone: () => void;
  onCancel: () => void;
}

const fromField = dateField({ label: 'From', required: true });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One row by its id; null while none is chosen or it is not there yet. */
function useRow(entity: EntityName, id: string | null): AnyRow | null {
  const { data } = useQuestion('rows.read', { entity, ids: id ? [id] : [] }, { enabled: id !== null });
  return data?.find((row) => row.id === id) ?? null;
}

export function EnrollForm({ draft, change, onDone, onCancel }: EnrollFormProps) {
  const lookups = useLookups();
  const sync = useSync();
  const student = useRow('students', draft.studentId);
  const course = useRow('courses', draft.courseId);
  const facility = useRow('facilities', draft.facilityId);
  const programId = idOf(student?.['programId']) ?? idOf(course?.['programId']);
  const name = student ? `${text(student['firstName'])} ${text(student['lastName'])}`.trim() : '';
  const born = idOf(student?.['dateOfBirth']);
  const age = draft.date ? ageOn(born, draft.date) : null;

  const wanted = combined(draft);
  const asked = useQuestion('enrollment.quote', wanted ?? noCombination, { enabled: wanted !== null, keep: false });
  const quote = wanted ? asked.data : undefined;
  const create = useCommand('enrollment.create', { quiet: true });
  const wait = useCommand('assignment.wait', { quiet: true });
  const issues = useMemo(() => {
    const found = create.problem?.kind === 'invalid' ? create.problem.issues : [];
    return Object.fromEntries(found.map(({ path, message }) => [path.split('.').at(-1) ?? path, message]));
  }, [create.problem]);
  const set = (changes: Partial<EnrollDraft>) => {
    create.clear();
    wait.clear();
    change(changes);
  };

  const step = nextStep(draft);
  const full = quote?.found ? quote.full : null;
  const isReady = step === null && quote?.found === true && (full === null || isReason(draft.overrideReason));
  const where = `${text(course?.['name'])} at ${text(facility?.['name'])}`;
  const enroll = async (event: FormEvent) => {
    event.preventDefault();
    if (!wanted || !draft.studentId || !isReady) return;
    const saved = await create.run({
      ...wanted,
      studentId: draft.studentId,
      ...(draft.notes.trim() ? { notes: draft.notes.trim() } : {}),
      ...(full ? { overrideReason: draft.overrideReason.trim() } : {}),
    });
    if (!saved) return;
    notify.done(`${name} is enrolled in ${where}.`, { undo: () => takeBack(saved.mutationId) });
    onDone();
  };
  const putOnWaitlist = async () => {
    if (!wanted || !draft.studentId) return;
    const { courseId, date, ...place } = wanted;
    const notes = draft.notes.trim();
    const waiting = [{ id: draft.studentId, ...place }];
    const saved = await wait.run({ courseId, date, waiting, ...(notes ? { notes } : {}) });
    if (!saved) return;
    notify.done(`${name} waits for a seat in ${where}.`, { undo: () => takeBack(saved.mutationId) });
    onDone();
  };
  const isOffline = sync !== undefined && sync.connection !== 'online';
  const currency = lookups.program(programId)?.currency ?? 'NGN';
  return (
    <form className={css.form} noValidate aria-label="Enroll a student" onSubmit={(event) => void enroll(event)}>
      <PickField
        field={studentField}
        value={draft.studentId}
        text={name}
        lookups={lookups}
        programId={idOf(course?.['programId'])}
        issue={issues['studentId']}
        help={student ? aboutAge(age, draft.date, lookups.locale) : undefined}
        autoFocus={!draft.studentId || draft.courseId !== null}
        onChange={(studentId) => set({ studentId })}
      />
      <div className={css.pair}>
        <PickField
          field={courseField}
          value={draft.courseId}
          text={text(course?.['name'])}
          lookups={lookups}
          programId={idOf(student?.['programId'])}
          issue={issues['courseId']}
          autoFocus={draft.studentId !== null && !draft.courseId}
          onChange={(courseId) => set({ courseId })}
        />
        <PickField
          field={fromField}
          value={draft.date}
          text={draft.date ? dateText(draft.date, lookups.locale) : ''}
          lookups={lookups}
          programId={programId}
          issue={issues['enrollmentDate'] ?? issues['date']}
          onChange={(date) => set({ date })}
        />
      </div>
      {draft.courseId && draft.date && programId ? (
        <Where {...{ draft, age, programId, lookups, issues }} facility={text(facility?.['name'])} onChange={set} />
      ) : (
        <div className={css.list}>
          <EmptyState title={nextStep({ ...draft, date: draft.date ?? null }) ?? ''}>
            Then every facility and configuration of the course is listed here, with price and free seats.
          </EmptyState>
        </div>
      )}
      {wanted && asked.error && <ErrorState problem={asked.error.problem} onRetry={() => void asked.refetch()} />}
      {wanted && quote && programId && (
        <QuotePanel
          quote={quote}
          combination={{ programId, ...withoutDate(wanted) }}
          date={wanted.date}
          {...{ locale: lookups.locale, currency }}
        />
      )}
      {full && (
        <Note tone="warning" role="status">
          <p className="medium">{full}</p>
          {quote?.found && quote.waiting !== null && draft.studentId && (
            <p>
              <Button type="button" small busy={wait.busy} onClick={() => void putOnWaitlist()}>
                {`Put on the waitlist${quote.waiting > 0 ? `, after ${quote.waiting}` : ''}`}
              </Button>
            </p>
          )}
          <label className={css.notes}>
            <span>Why over capacity</span>
            <input
              className={css.input}
              maxLength={500}
              placeholder="It is recorded with your name"
              value={draft.overrideReason}
              aria-invalid={issues['overrideReason'] !== undefined}
              onChange={(event) => set({ overrideReason: event.target.value })}
            />
          </label>
        </Note>
      )}
      {isReady && (
        <label className={css.notes}>
          <span>Notes</span>
          <input
            className={css.input}
            maxLength={2000}
            placeholder="Optional"
            value={draft.notes}
            onChange={(event) => set({ notes: event.target.value })}
          />
        </label>
      )}
      {isOffline && (
        <Note tone="info" role="status">
          This desk is offline. Enrolling works; the seat is provisional until it has been sent.
        </Note>
      )}
      {create.problem && (
        <Note tone="danger" role="alert">
          <p className="medium">Not enrolled. Everything you chose is still here.</p>
          <ProblemText problem={create.problem} />
        </Note>
      )}
      {wait.problem && (
        <Note tone="danger" role="alert">
          <p className="medium">Not put on the waitlist. Everything you chose is still here.</p>
          <ProblemText problem={wait.problem} />
        </Note>
      )}
      <div className={css.foot}>
        <span className="small muted grow" role="status">
          {step ?? (full && !isReady ? 'Say why it may go over.' : '')}
        </span>
        <Button type="button" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={create.busy} disabled={!isReady}>
          {isReady && quote.found
            ? `Enroll ${name} at ${moneyText(quote.price, quote.currency, lookups.locale)}`
            : 'Enroll'}
        </Button>
      </div>
    </form>
  );
}

interface WhereProps {
  draft: EnrollDraft;
  age: number | null;
  programId: string;
  lookups: ReturnType<typeof useLookups>;
  issues: Readonly<Record<string, string>>;
  facility: string;
  onChange: (changes: Partial<EnrollDraft>) => void;
}

/** Choosing the facility and the configuration: from what has a price, or by hand. */
function Where({ draft, age, programId, lookups, issues, facility, onChange }: WhereProps) {
  const { courseId, studentId, date, isByHand } = draft;
  const { data, error, isPending, refetch } = useQuestion(
    'enrollment.options',
    { courseId: courseId ?? '', date: date ?? '', ...(studentId ? { studentId } : {}) },
    { enabled: courseId !== null && date !== null, keep: true },
  );
  const groups = useMemo(
    () => offersByFacility(data ?? [], age, (code) => agesOf(code, lookups.options(programId, 'age_group')[code])),
    [data, age, lookups, programId],
  );
  const chosen = combined(draft);
  const take = ({ facilityId, ageGroup, locationType, sessionType }: Offer) =>
    onChange({ facilityId, ageGroup, locationType, sessionType });
  const suggested = chosen || isByHand || isPending ? null : onlySuggestion(groups);
  useEffect(() => {
    if (suggested) take(suggested);
    // Only when there is another suggestion: `take` is new at every rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [suggested?.key]);
  // The button that was pressed goes away with its list: the focus goes on to what came instead.
  const place = useRef<HTMLDivElement>(null);
  const isTurned = useRef(false);
  const turn = (toHand: boolean) => {
    isTurned.current = true;
    onChange({ isByHand: toHand });
  };
  useEffect(() => {
    if (!isTurned.current) return;
    isTurned.current = false;
    const inputs = place.current;
    (inputs?.querySelector<HTMLElement>(':checked') ?? inputs?.querySelector<HTMLElement>('input:enabled'))?.focus();
  }, [isByHand]);
  if (isByHand) {
    return (
      <div ref={place}>
        <ByHand {...{ draft, lookups, programId, facility, issues, onChange }} />
        <div>
          <Button type="button" look="link" small onClick={() => turn(false)}>
            Back to the list
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div ref={place}>
      <div className={css.list} aria-busy={isPending}>
        {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
        {isPending && !error && <LoadingState rows={5} label="Looking for facilities" />}
        {data?.length === 0 && (
          <EmptyState title="No facility has a price for this course on that day">
            Choose another day, or a configuration below: what is missing is named, and can be added.
          </EmptyState>
        )}
        {data && data.length > 0 && (
          <OfferList
            groups={groups}
            chosen={chosen ? keyOf(chosen) : null}
            onChoose={take}
            {...{ lookups, programId }}
          />
        )}
      </div>
      {issues['facilityId'] && <p className={css.issue}>{issues['facilityId']}</p>}
      <Button type="button" look="link" small onClick={() => turn(true)}>
        Another configuration
      </Button>
    </div>
  );
}

const noCombination = { courseId: '', facilityId: '', ageGroup: '', locationType: '', sessionType: '', date: '' };

function withoutDate<T extends { date: string }>({ date: _date, ...rest }: T): Omit<T, 'date'> {
  return rest;
}

const aboutAge = (age: number | null, date: string | null, locale: string): string =>
  age === null || !date
    ? 'No date of birth is known, so nothing is suggested by age.'
    : `${age} years old on ${dateText(date, locale)}.`;
