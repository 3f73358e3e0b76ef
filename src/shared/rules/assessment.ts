/**
 * Questions of an assessment as they are edited: answers as rows, points as columns. They are kept as `options` (a list of {value, label}, or
 * {min, max, step} for a scale) and `scoring` (points by answer value; each a number, or numbers by dimension; of a scale, by dimension).
 */

export type QuestionType = 'single' | 'multiple' | 'scale' | 'text';
/** Points where no dimension is named. */
export const plainPoints = 'points';
type Points = Record<string, number>;

export interface AnswerDraft {
  value: string;
  label: string;
  points: Points;
}

export interface QuestionDraft {
  prompt: string;
  type: QuestionType;
  isRequired: boolean;
  answers: AnswerDraft[];
  scale: { min: number; max: number; step: number };
  /** Of a scale: how often the step chosen counts for each dimension. */
  weights: Points;
}

export const newQuestion = (): QuestionDraft => ({
  ...{ prompt: '', type: 'single', isRequired: true, weights: {} },
  answers: [answerAfter([]), answerAfter([{ value: 'a' }])],
  scale: { min: 1, max: 5, step: 1 },
});

/** An empty answer under the next free letter. */
export function answerAfter(answers: readonly Pick<AnswerDraft, 'value'>[]): AnswerDraft {
  const taken = new Set(answers.map(({ value }) => value));
  for (let at = 0; ; at++) {
    const value = at < 26 ? String.fromCharCode(97 + at) : `a${at}`;
    if (!taken.has(value)) return { value, label: '', points: {} };
  }
}

type Row = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const pointsOf = (value: unknown): Points =>
  typeof value === 'number'
    ? { [plainPoints]: value }
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
        )
      : {};

export function draftOfQuestion(row: Row): QuestionDraft {
  const fresh = newQuestion();
  const { options, scoring } = row;
  const scores = isObject(scoring) ? scoring : {};
  const type = row['questionType'] as QuestionType;
  const step = isObject(options) ? options : {};
  const number = (value: unknown, usual: number) => (typeof value === 'number' ? value : usual);
  return {
    ...{ prompt: String(row['prompt'] ?? ''), type, isRequired: row['isRequired'] !== false },
    answers: Array.isArray(options)
      ? options.filter(isObject).map(({ value, label }) => ({
          ...{ value: String(value), label: String(label), points: pointsOf(scores[String(value)]) },
        }))
      : fresh.answers,
    scale: { min: number(step['min'], 1), max: number(step['max'], 5), step: number(step['step'], 1) },
    weights: type === 'scale' ? pointsOf(scoring) : {},
  };
}

const nonZero = (points: Points): Points =>
  Object.fromEntries(Object.entries(points).filter(([, count]) => count !== 0));

/** What is kept of a draft. */
export function valuesOfQuestion({ prompt, type, isRequired, answers, scale, weights }: QuestionDraft) {
  const kept = (points: Points): number | Points => {
    const names = Object.keys(nonZero(points));
    return names.length === 0
      ? 0
      : names.length === 1 && names[0] === plainPoints
        ? points[plainPoints]!
        : nonZero(points);
  };
  const isChoice = type === 'single' || type === 'multiple';
  return {
    ...{ prompt: prompt.trim(), questionType: type, isRequired },
    options: isChoice
      ? answers.map(({ value, label }) => ({ value, label: label.trim() }))
      : type === 'scale'
        ? scale
        : null,
    scoring: isChoice
      ? Object.fromEntries(answers.map(({ value, points }) => [value, kept(points)]))
      : type === 'scale' && Object.keys(nonZero(weights)).length > 0
        ? nonZero(weights)
        : null,
  };
}

/** What is missing before it can be saved, in words; null where nothing is. */
export function questionProblem({ prompt, type, answers, scale }: QuestionDraft): string | null {
  if (prompt.trim() === '') return 'Write the question first.';
  if (type === 'single' || type === 'multiple') {
    if (answers.length < 2) return 'Offer at least two answers to choose from.';
    if (answers.some(({ label }) => label.trim() === ''))
      return 'Every answer needs its words; take away those that have none.';
  }
  if (type === 'scale') {
    if (!(scale.max > scale.min)) return 'The scale ends above where it begins: make the highest step larger.';
    if (!(scale.step > 0) || scale.step > scale.max - scale.min)
      return 'A step is more than 0 and fits into the scale.';
  }
  return null;
}

/** The dimensions a set of questions counts for, in the order they appear. */
export const dimensionsOf = (drafts: readonly QuestionDraft[]): string[] => [
  ...new Set(
    drafts.flatMap(({ answers, weights }) => [
      ...answers.flatMap(({ points }) => Object.keys(points)),
      ...Object.keys(weights),
    ]),
  ),
];

/** What answers are worth, by dimension. `answers` are by the id of the question. */
export function scoresOf(questions: readonly { id: string; draft: QuestionDraft }[], answers: Row): Points {
  const sums: Points = {};
  const add = (points: Points, times = 1) => {
    for (const [name, count] of Object.entries(points)) sums[name] = (sums[name] ?? 0) + count * times;
  };
  for (const { id, draft } of questions) {
    const answer = answers[id];
    if (answer === undefined || answer === null || draft.type === 'text') continue;
    if (draft.type === 'scale') add(draft.weights, Number(answer));
    else {
      const chosen = Array.isArray(answer) ? answer.map(String) : [String(answer)];
      for (const { value, points } of draft.answers) if (chosen.includes(value)) add(points);
    }
  }
  return sums;
}

/** The most that can be reached, by dimension: of one answer the best for each, of several all that count. */
export function highestOf(drafts: readonly QuestionDraft[]): Points {
  const sums: Points = {};
  for (const { type, answers, scale, weights } of drafts) {
    for (const name of dimensionsOf([{ answers, weights } as QuestionDraft])) {
      const worth = answers.map(({ points }) => Math.max(0, points[name] ?? 0));
      const most =
        type === 'scale'
          ? Math.max(0, (weights[name] ?? 0) * scale.max)
          : type === 'multiple'
            ? worth.reduce((sum, one) => sum + one, 0)
            : Math.max(0, ...worth);
      if (type !== 'text') sums[name] = (sums[name] ?? 0) + most;
    }
  }
  return sums;
}

/** An answer in words. */
export function answerText({ type, answers }: QuestionDraft, answer: unknown): string {
  if (answer === undefined || answer === null) return '';
  if (type === 'scale' || type === 'text') return String(answer);
  const chosen = Array.isArray(answer) ? answer.map(String) : [String(answer)];
  return chosen.map((one) => answers.find(({ value }) => value === one)?.label ?? one).join('; ');
}
