import { Modal } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import type { MentorCard } from '../../../shared/contract/mentoring';
import { newId, type AnyRow } from '../../../shared/model';
import { weekdays, type Frequency } from '../../../shared/rules/recurrence';
import { useCommand, useQuestion } from '../../client/hooks';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { notify, ProblemText } from '../../ui/notify';
import { Note } from '../../ui/states';
import css from './mentoring.module.css';
import { draftOf, missing, newDraft, patternOf, type RuleDraft } from './rule-draft';
import { dayText } from './week-layout';

interface RuleDialogProps {
  mentor: MentorCard;
  /** Null: a new one. */
  rule: AnyRow | null;
  today: string;
  onClose: () => void;
}

/** Slots are offered this far ahead when a rule is saved. */
export const weeksAhead = 8;

const frequencies: [Frequency, string][] = [
  ['DAILY', 'days'],
  ['WEEKLY', 'weeks'],
  ['MONTHLY', 'months'],
  ['YEARLY', 'years'],
];
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** When a mentor is there, again and again: in plain words, with the next dates beside them. */
export function RuleDialog(props: RuleDialogProps) {
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.rule ? `Availability of ${props.mentor.name}` : `New availability of ${props.mentor.name}`}
      size={720}
      centered={false}
      yOffset={64}
    >
      <RuleForm {...props} />
    </Modal>
  );
}

function RuleForm({ mentor, rule, today, onClose }: RuleDialogProps) {
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule, today) : newDraft(today)));
  const set = (changes: Partial<RuleDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const save = useCommand('rows.save', { quiet: true });
  const refresh = useCommand('mentoring.refresh-slots', { quiet: true });
  const step = missing(draft);
  const problem = save.problem ?? refresh.problem;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (step !== null) return;
    const { startsOn, startTime, endTime, slotMinutes, isActive } = draft;
    const values = { startsOn, startTime, endTime, slotMinutes, isActive, recurrence: patternOf(draft) };
    const saved = await save.run({
      label: `Availability of ${mentor.name}`,
      edits: rule
        ? [{ op: 'update', entity: 'availability_rules', id: rule.id, values }]
        : [{ op: 'insert', entity: 'availability_rules', id: newId(), values: { ...values, mentorId: mentor.id } }],
    });
    if (!saved) return;
    const offered = await refresh.run({ mentorId: mentor.id, weeks: weeksAhead });
    if (!offered) return;
    notify.done(
      `Saved. ${counted(offered.added, 'slot')} added and ${offered.removed} taken back in the next ${weeksAhead} weeks.`,
    );
    onClose();
  };
  return (
    <form className={css.form} noValidate aria-label="Availability rule" onSubmit={(event) => void submit(event)}>
      <div className={css.ruleHalves}>
        <div className={css.form}>
          <Hours draft={draft} set={set} />
          <Repeats draft={draft} set={set} />
          <label className="row">
            <input
              type="checkbox"
              checked={draft.isActive}
              onChange={(event) => set({ isActive: event.target.checked })}
            />
            <span>Active: slots are offered from this rule</span>
          </label>
        </div>
        <Preview mentor={mentor} draft={draft} step={step} />
      </div>
      {problem && (
        <Note tone="danger" role="alert">
          <ProblemText problem={problem} />
        </Note>
      )}
      <div className={css.foot}>
        <span className="small muted grow" role="status">
          {step ?? `Slots of the next ${weeksAhead} weeks follow. What is held, blocked or booked stays.`}
        </span>
        <Button type="button" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={save.busy || refresh.busy} disabled={step !== null}>
          {rule ? 'Save and offer slots' : 'Add and offer slots'}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: RuleDraft;
  set: (changes: Partial<RuleDraft>) => void;
}

function Hours({ draft, set }: PartProps) {
  const id = useId();
  return (
    <>
      <div className={css.three}>
        <div className={css.field}>
          <label htmlFor={`${id}-from`}>From</label>
          <input
            id={`${id}-from`}
            data-autofocus
            type="time"
            className={css.input}
            value={draft.startTime}
            onChange={(event) => set({ startTime: event.target.value })}
          />
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-to`}>To</label>
          <input
            id={`${id}-to`}
            type="time"
            className={css.input}
            value={draft.endTime}
            onChange={(event) => set({ endTime: event.target.value })}
          />
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-length`}>Slots of</label>
          <select
            id={`${id}-length`}
            className={css.input}
            value={draft.slotMinutes ?? ''}
            onChange={(event) => set({ slotMinutes: event.target.value === '' ? null : Number(event.target.value) })}
          >
            {[...new Set([15, 20, 30, 45, 60, 90, 120, ...(draft.slotMinutes ? [draft.slotMinutes] : [])])]
              .sort((a, b) => a - b)
              .map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes} min
                </option>
              ))}
            <option value="">All in one</option>
          </select>
        </div>
      </div>
      {draft.endTime !== '' && draft.endTime <= draft.startTime && (
        <p className="small muted">It ends on the next day.</p>
      )}
    </>
  );
}

function Repeats({ draft, set }: PartProps) {
  const id = useId();
  return (
    <>
      <div className={css.three}>
        <div className={css.field}>
          <label htmlFor={`${id}-first`}>First day</label>
          <input
            id={`${id}-first`}
            type="date"
            className={css.input}
            value={draft.startsOn}
            onChange={(event) => set({ startsOn: event.target.value })}
          />
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-every`}>Every</label>
          <input
            id={`${id}-every`}
            type="number"
            min={1}
            max={99}
            className={css.input}
            value={draft.interval}
            onChange={(event) =>
              set({ interval: Math.min(99, Math.max(1, Math.round(Number(event.target.value) || 1))) })
            }
          />
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-unit`}>Unit</label>
          <select
            id={`${id}-unit`}
            className={css.input}
            value={draft.frequency}
            onChange={(event) => set({ frequency: event.target.value as Frequency })}
          >
            {frequencies.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
      {draft.frequency === 'WEEKLY' && (
        <fieldset className={css.weekdays}>
          <legend>On</legend>
          {weekdays.map((day, at) => (
            <label key={day} className={css.slotChip} data-chosen={draft.days.includes(day) || undefined}>
              <input
                type="checkbox"
                className="only-read-aloud"
                checked={draft.days.includes(day)}
                onChange={(event) =>
                  set({ days: event.target.checked ? [...draft.days, day] : draft.days.filter((one) => one !== day) })
                }
              />
              {dayNames[at]}
            </label>
          ))}
        </fieldset>
      )}
      <div className={css.pair}>
        <div className={css.field}>
          <label htmlFor={`${id}-ends`}>Ends</label>
          <select
            id={`${id}-ends`}
            className={css.input}
            value={draft.ends}
            onChange={(event) => set({ ends: event.target.value === 'until' ? 'until' : 'count' })}
          >
            <option value="count">after a number of times</option>
            <option value="until">on a last day</option>
          </select>
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-end`}>{draft.ends === 'count' ? 'Times' : 'Last day'}</label>
          {draft.ends === 'count' ? (
            <input
              id={`${id}-end`}
              type="number"
              min={1}
              max={1000}
              className={css.input}
              value={draft.count || ''}
              onChange={(event) => set({ count: Math.round(Number(event.target.value)) })}
            />
          ) : (
            <input
              id={`${id}-end`}
              type="date"
              className={css.input}
              value={draft.until}
              onChange={(event) => set({ until: event.target.value })}
            />
          )}
        </div>
      </div>
    </>
  );
}

function Preview({ mentor, draft, step }: { mentor: MentorCard; draft: RuleDraft; step: string | null }) {
  const { startsOn, startTime, endTime, slotMinutes } = draft;
  const { data } = useQuestion(
    'mentoring.preview',
    { mentorId: mentor.id, startsOn, startTime, endTime, slotMinutes, recurrence: patternOf(draft) },
    { enabled: step === null, keep: true },
  );
  return (
    <section className={css.preview} aria-live="polite" aria-label="The next dates">
      <h3>Next dates</h3>
      {step !== null || !data ? (
        <p className="small muted">{step ?? 'One moment.'}</p>
      ) : data.problem ? (
        <p className="small tone-danger">{data.problem}</p>
      ) : (
        <>
          <p className="small">{data.words}</p>
          <ol className={css.dates}>
            {data.next.map(({ day, from, to, slots }) => (
              <li key={day}>
                <span className="medium grow">{dayText(day)}</span>
                <span>
                  {from}–{to}
                </span>
                <span className="quiet small">{counted(slots, 'slot')}</span>
              </li>
            ))}
          </ol>
          {data.next.length === 0 && <p className="small muted">No date is still to come.</p>}
          <p className="small quiet">Hours of {mentor.timeZone}, in summer and winter.</p>
        </>
      )}
    </section>
  );
}
