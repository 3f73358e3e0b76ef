import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { newId, type AnyRow } from '../../../shared/model';
import {
  answerAfter,
  dimensionsOf,
  plainPoints,
  questionProblem,
  valuesOfQuestion,
  type QuestionDraft,
  type QuestionType,
} from '../../../shared/rules/assessment';
import { useCommand } from '../../client/hooks';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import { Note } from '../../ui/states';
import css from './careers.module.css';
import { endOf } from './ordered';

interface QuestionEditorProps {
  assessment: AnyRow;
  /** Its siblings. */
  rows: readonly AnyRow[];
  /** Null: a new one. */
  row: AnyRow | null;
  draft: QuestionDraft;
  /** What the other questions count for, to be chosen again. */
  dimensions: readonly string[];
  onClose: () => void;
}

const types: [QuestionType, string][] = [
  ['single', 'One answer'],
  ['multiple', 'Several answers'],
  ['scale', 'Scale'],
  ['text', 'Free text'],
];

/** One question: its words, its type, the answers as rows and what each counts as columns. */
export function QuestionEditor({ assessment, rows, row, draft: given, dimensions, onClose }: QuestionEditorProps) {
  const [draft, setDraft] = useState(given);
  const [columns, setColumns] = useState<string[]>(() => {
    const own = dimensionsOf([given]);
    return own.length > 0 ? own : [dimensions[0] ?? plainPoints];
  });
  const [problem, setProblem] = useState<string | null>(null);
  const save = useCommand('rows.save', { quiet: true });
  const change = (changes: Partial<QuestionDraft>) => (setDraft({ ...draft, ...changes }), setProblem(null));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const why = questionProblem(draft);
    if (why) return setProblem(why);
    const values = valuesOfQuestion(draft);
    const entity = 'assessment_questions' as const;
    const added = { programId: assessment['programId'], assessmentId: assessment.id, sequenceOrder: endOf(rows) };
    const saved = await save.run({
      edits: [
        row
          ? { op: 'update', entity, id: row.id, values }
          : { op: 'insert', entity, id: newId(), values: { ...values, ...added } },
      ],
      label: `${row ? 'Change' : 'Add'} question “${values.prompt}”`.slice(0, 200),
      via: 'form',
    });
    if (!saved) return;
    notify.done(row ? 'Changed the question.' : 'Added the question.', { undo: () => takeBack(saved.mutationId) });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  const isChoice = draft.type === 'single' || draft.type === 'multiple';
  return (
    <form
      className={css.editor}
      aria-label={row ? 'Edit question' : 'New question'}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <label className={css.field}>
        Question
        <textarea
          rows={2}
          autoFocus
          value={draft.prompt}
          onChange={(event) => change({ prompt: event.target.value })}
        />
      </label>
      <div className="row">
        <label className={css.field}>
          Type
          <select value={draft.type} onChange={(event) => change({ type: event.target.value as QuestionType })}>
            {types.map(([type, name]) => (
              <option key={type} value={type}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className={css.check}>
          <input
            type="checkbox"
            checked={draft.isRequired}
            onChange={(event) => change({ isRequired: event.target.checked })}
          />
          Must be answered
        </label>
      </div>
      {isChoice && <Answers {...{ draft, change, columns, setColumns, dimensions }} />}
      {draft.type === 'scale' && <Scale {...{ draft, change, columns, setColumns, dimensions }} />}
      {(problem ?? save.problem?.message) && (
        <Note tone="danger" role="alert">
          {problem ?? save.problem?.message}
        </Note>
      )}
      <div className="row">
        <Button type="submit" look="primary" busy={save.busy}>
          {row ? 'Save question' : 'Add question'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: QuestionDraft;
  change: (changes: Partial<QuestionDraft>) => void;
  /** What is counted. */
  columns: string[];
  setColumns: (columns: string[]) => void;
  dimensions: readonly string[];
}

function Answers({ draft, change, columns, setColumns, dimensions }: PartProps) {
  const { answers } = draft;
  const put = (at: number, changes: Partial<(typeof answers)[number]>) =>
    change({ answers: answers.map((one, i) => (i === at ? { ...one, ...changes } : one)) });
  return (
    <>
      <table className={css.points} aria-label="Answers">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name === plainPoints ? 'Points' : name}
              </th>
            ))}
            <th scope="col">
              <span className="only-read-aloud">Take away</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answers.map((answer, at) => (
            <tr key={answer.value}>
              <td>
                <input
                  aria-label={`Answer ${at + 1}`}
                  value={answer.label}
                  onChange={(event) => put(at, { label: event.target.value })}
                />
              </td>
              {columns.map((name) => (
                <td key={name}>
                  <Count
                    label={`${name} for answer ${at + 1}`}
                    value={answer.points[name] ?? 0}
                    onChange={(count) => put(at, { points: { ...answer.points, [name]: count } })}
                  />
                </td>
              ))}
              <td>
                <Button
                  small
                  look="ghost"
                  icon={<IconTrash />}
                  aria-label={`Take away answer ${at + 1}`}
                  onClick={() => change({ answers: answers.filter((_, i) => i !== at) })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button
          small
          look="ghost"
          icon={<IconPlus />}
          onClick={() => change({ answers: [...answers, answerAfter(answers)] })}
        >
          Add answer
        </Button>
        <AddDimension {...{ columns, setColumns, dimensions }} />
      </div>
    </>
  );
}

function Scale({ draft, change, columns, setColumns, dimensions }: PartProps) {
  const { scale, weights } = draft;
  const parts = [
    ['min', 'From'],
    ['max', 'To'],
    ['step', 'In steps of'],
  ] as const;
  return (
    <>
      <div className="row">
        {parts.map(([part, name]) => (
          <label key={part} className={css.field}>
            {name}
            <Count
              value={scale[part]}
              label={name}
              onChange={(count) => change({ scale: { ...scale, [part]: count } })}
            />
          </label>
        ))}
      </div>
      <table className={css.points} aria-label="What a step counts for">
        <thead>
          <tr>
            <th scope="col">Counts for</th>
            <th scope="col">Each step, times</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((name) => (
            <tr key={name}>
              <th scope="row">{name === plainPoints ? 'Points' : name}</th>
              <td>
                <Count
                  label={`Times for ${name}`}
                  value={weights[name] ?? 0}
                  onChange={(count) => change({ weights: { ...weights, [name]: count } })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AddDimension {...{ columns, setColumns, dimensions }} />
    </>
  );
}

const Count = ({ value, label, onChange }: { value: number; label: string; onChange: (count: number) => void }) => (
  <input
    type="number"
    className={css.count}
    aria-label={label}
    value={value}
    onChange={({ target }) => Number.isFinite(target.valueAsNumber) && onChange(target.valueAsNumber)}
  />
);

/** One more thing answers count for: one the assessment has already, or a new one. */
function AddDimension({ columns, setColumns, dimensions }: Pick<PartProps, 'columns' | 'setColumns' | 'dimensions'>) {
  const [name, setName] = useState('');
  const wanted = name.trim().toLowerCase();
  const add = () => {
    if (wanted !== '' && !columns.includes(wanted)) setColumns([...columns, wanted]);
    setName('');
  };
  return (
    <span className="row small">
      <label className="row muted">
        Also count for
        <input
          className={css.dimension}
          list="dimensions"
          placeholder="practical, social …"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.preventDefault(), add())}
        />
      </label>
      <datalist id="dimensions">
        {dimensions
          .filter((one) => !columns.includes(one))
          .map((one) => (
            <option key={one} value={one} />
          ))}
      </datalist>
      <Button small look="ghost" disabled={wanted === ''} onClick={add}>
        Add
      </Button>
    </span>
  );
}
