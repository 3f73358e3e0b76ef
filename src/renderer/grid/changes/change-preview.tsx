import { Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button';
import { counted, countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { problemOf } from '../../client/request';
import { fieldOf, type Sheet } from '../sheet';
import { titleOf } from '../save-cell';
import css from './change-preview.module.css';
import { chosen, countsOf, isWritten, leftOut, withCell, type PlannedCell, type PlannedRow } from './plan';
import { checked, corrected } from './prepare';

interface ChangePreviewProps {
  sheet: Sheet;
  /** "Paste", "Replace". */
  verb: string;
  plan: PlannedRow[];
  notes: readonly string[];
  onConfirm: (plan: PlannedRow[]) => Promise<void>;
  onClose: () => void;
}

/** More than anybody looks through; what cannot stand is among them first. */
const mostShown = 200;

/** What an act on many cells would do. Nothing is written before it is confirmed. */
export function ChangePreview({ sheet, verb, plan: first, notes, onConfirm, onClose }: ChangePreviewProps) {
  const [plan, setPlan] = useState(first);
  const [busy, setBusy] = useState(false);
  const counts = useMemo(() => countsOf(plan), [plan]);
  const columns = useMemo(() => [...new Set(plan.flatMap(({ cells }) => cells.map(({ field }) => field)))], [plan]);
  const troubled = plan.filter(hasTrouble);
  const shown =
    plan.length <= mostShown
      ? plan
      : [...troubled, ...plan.filter((row) => !hasTrouble(row))].slice(0, mostShown).sort((a, b) => a.at - b.at);
  const cells = counted(counts.changes, 'cell');
  const isNothing = counts.changes + counts.added === 0;

  const [looking, setLooking] = useState(false);
  /** The desk looks at the whole again: one cell corrected may clear another. */
  const take = (next: Promise<PlannedRow[]>) => {
    setLooking(true);
    next.then(setPlan, (error: unknown) => notify.problem(problemOf(error))).finally(() => setLooking(false));
  };
  const act = (row: PlannedRow, cell: PlannedCell, said: Said) => {
    if ('text' in said) return take(corrected(sheet, plan, row, cell.field, said.text));
    const choice = 'choice' in said ? cell.choices.find((one) => one.id === said.choice) : null;
    const next = withCell(plan, row.id, choice ? chosen(cell, choice) : leftOut(cell));
    setPlan(next);
    take(checked(sheet, next));
  };
  const confirm = async () => {
    setBusy(true);
    await onConfirm(plan);
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={isNothing ? `${verb}: no cell can change` : `${verb} ${cells}`}
      size={960}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.summary} role="status">
        {summary(counts)}
        {notes.map((note) => ` ${note}`)}
      </p>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="What would change">
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col" className={css.at}>
                Row
              </th>
              <th scope="col">{sheet.entity.labels.one}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {fieldOf(sheet, name).options.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id} className={row.why !== null ? css.refused : undefined} title={row.why ?? undefined}>
                <td className={css.at}>{countText(row.at + 1)}</td>
                <th scope="row">{row.data ? titleOf(row.data, sheet.context) : <em>New row</em>}</th>
                {columns.map((name) => {
                  const cell = row.cells.find(({ field }) => field === name);
                  return cell ? (
                    <Cell
                      key={name}
                      cell={cell}
                      label={fieldOf(sheet, name).options.label}
                      onSay={(said) => act(row, cell, said)}
                    />
                  ) : (
                    <td key={name} />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {plan.length > shown.length && (
        <p className="muted">
          {counted(shown.length, 'row')} of {countText(plan.length)} shown, those that need a look among them.
        </p>
      )}
      <Reasons sheet={sheet} rows={troubled} />
      <div className={css.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={busy}
          data-autofocus
          disabled={counts.changes === 0 || looking}
          onClick={() => void confirm()}
        >
          {verb} {cells}
        </Button>
      </div>
    </Modal>
  );
}

const looks: Partial<Record<PlannedCell['state'], string | undefined>> = {
  bad: css.bad,
  choose: css.bad,
  locked: css.locked,
  left: css.same,
  same: css.same,
};

/** What somebody says of a cell that cannot stand: another text, one of several rows, or that it is left out. */
type Said = { text: string } | { choice: string } | { isLeft: true };

interface CellProps {
  cell: PlannedCell;
  label: string;
  onSay: (said: Said) => void;
}

function Cell({ cell, label, onSay }: CellProps) {
  const { state, text, beforeText, why, choices } = cell;
  return (
    <td className={looks[state]} title={why ?? undefined} data-state={state}>
      {state === 'choose' ? (
        <select
          value=""
          aria-label={why ?? ''}
          onChange={({ target }) => onSay(target.value === leave ? { isLeft: true } : { choice: target.value })}
        >
          <option value="" disabled>
            {text}: which one?
          </option>
          {choices.map(({ id, title, hint }) => (
            <option key={id} value={id}>
              {hint ? `${title} (${hint})` : title}
            </option>
          ))}
          <option value={leave}>None: leave it out</option>
        </select>
      ) : state === 'bad' ? (
        <Correction key={text} {...{ label, text, why }} onSay={onSay} />
      ) : (
        <>
          {state === 'changes' && beforeText !== '' && (
            <del>
              <span className="only-read-aloud">was </span>
              {short(beforeText)}
            </del>
          )}{' '}
          {text === '' ? <span className="muted">{state === 'changes' ? 'emptied' : ''}</span> : short(text)}
          {state === 'locked' && <span className="only-read-aloud"> locked: {why}</span>}
          {state === 'left' && <span className="muted"> left as it is</span>}
        </>
      )}
    </td>
  );
}

const leave = 'leave';

/** A text that cannot stand, to be written anew where it is. Enter or leaving it reads it again; the cross leaves the cell out. */
function Correction({
  label,
  text,
  why,
  onSay,
}: {
  label: string;
  text: string;
  why: string | null;
  onSay: CellProps['onSay'];
}) {
  const [typed, setTyped] = useState(text);
  const say = () => typed !== text && onSay({ text: typed });
  return (
    <span className={css.correction}>
      <input
        aria-label={`${label}: ${why ?? ''}`}
        aria-invalid
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={say}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            say();
          } else if (event.key === 'Escape' && typed !== text) {
            event.stopPropagation();
            setTyped(text);
          }
        }}
      />
      <button
        type="button"
        title="Leave this cell out"
        aria-label={`Leave out ${label}`}
        onClick={() => onSay({ isLeft: true })}
      >
        <IconX size={12} aria-hidden />
      </button>
    </span>
  );
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const hasTrouble = (row: PlannedRow): boolean =>
  row.why !== null || row.cells.some(({ state }) => state === 'bad' || state === 'choose' || state === 'locked');

function summary({ changes, same, locked, bad, left, added, refused }: ReturnType<typeof countsOf>): string {
  const parts = [
    `${changes === 0 ? 'No cell' : counted(changes, 'cell')} ${changes < 2 ? 'changes' : 'change'}`,
    ...(added > 0 ? [`${counted(added, 'row')} ${added === 1 ? 'is' : 'are'} added`] : []),
    ...(same > 0 ? [`${countText(same)} ${same === 1 ? 'is' : 'are'} the same already`] : []),
    ...(bad > 0
      ? [
          `${countText(bad)} cannot stand: correct ${bad === 1 ? 'it' : 'them'}, or ${bad === 1 ? 'it stays' : 'they stay'} as ${bad === 1 ? 'it is' : 'they are'}`,
        ]
      : []),
    ...(left > 0 ? [`${countText(left)} ${left === 1 ? 'is' : 'are'} left out`] : []),
    ...(locked > 0 ? [`${countText(locked)} ${locked === 1 ? 'is' : 'are'} locked`] : []),
    ...(refused > 0 ? [`${counted(refused, 'row')} cannot be written`] : []),
  ];
  return `${parts.join(', ')}. Nothing is written yet.`;
}

const mostReasons = 30;

/** Every reason once, with the cells it concerns. */
function Reasons({ sheet, rows }: { sheet: Sheet; rows: readonly PlannedRow[] }) {
  const reasons = new Map<string, string[]>();
  const add = (why: string, place: string) => reasons.set(why, [...(reasons.get(why) ?? []), place]);
  for (const row of rows) {
    const at = `row ${countText(row.at + 1)}`;
    if (row.why !== null) add(row.why, at);
    for (const cell of row.cells) {
      if (cell.why !== null && cell.state !== 'same')
        add(cell.why, `${fieldOf(sheet, cell.field).options.label} in ${at}`);
    }
    if (row.data === null && row.why === null && !isWritten(row))
      add('The row is not added while a cell of it cannot be read.', at);
  }
  if (reasons.size === 0) return null;
  return (
    <ul className={css.reasons}>
      {[...reasons].slice(0, mostReasons).map(([why, places]) => (
        <li key={why}>
          {why}{' '}
          <span className="muted">
            {places.slice(0, 3).join(', ')}
            {places.length > 3 && ` and ${countText(places.length - 3)} more`}
          </span>
        </li>
      ))}
      {reasons.size > mostReasons && <li className="muted">and {reasons.size - mostReasons} more reasons</li>}
    </ul>
  );
}
