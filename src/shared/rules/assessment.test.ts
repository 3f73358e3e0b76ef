import { describe, expect, it } from 'vitest';
import {
  answerAfter,
  answerText,
  dimensionsOf,
  draftOfQuestion,
  highestOf,
  newQuestion,
  questionProblem,
  scoresOf,
  valuesOfQuestion,
} from './assessment';

const options = [
  { value: 'a', label: 'Repair it' },
  { value: 'b', label: 'Sell it' },
];
const rows = {
  single: {
    prompt: 'P?',
    questionType: 'single',
    isRequired: true,
    options,
    scoring: { a: { practical: 3 }, b: { enterprising: 3 } },
  },
  multiple: { prompt: 'P?', questionType: 'multiple', isRequired: false, options, scoring: { a: 2, b: 0 } },
  scale: {
    prompt: 'P?',
    questionType: 'scale',
    isRequired: true,
    options: { min: 1, max: 5, step: 1 },
    scoring: { practical: 1 },
  },
  text: { prompt: 'P?', questionType: 'text', isRequired: false, options: null, scoring: null },
};
const drafts = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, draftOfQuestion(row)])) as Record<
  keyof typeof rows,
  ReturnType<typeof draftOfQuestion>
>;

describe('a question of an assessment', () => {
  it('read for editing and kept again is what it was', () => {
    for (const [name, row] of Object.entries(rows)) expect(valuesOfQuestion(draftOfQuestion(row)), name).toEqual(row);
  });

  it('says what is missing before it can be saved', () => {
    expect(questionProblem(newQuestion())).toBe('Write the question first.');
    expect(questionProblem({ ...newQuestion(), prompt: 'Why?' })).toContain('needs its words');
    expect(questionProblem({ ...drafts.scale, scale: { min: 5, max: 5, step: 1 } })).toContain('ends above');
    expect(questionProblem({ ...drafts.single, answers: [] })).toContain('at least two');
    for (const draft of Object.values(drafts)) expect(questionProblem(draft)).toBeNull();
  });

  it('gives a new answer a letter of its own, also after one was taken away', () => {
    expect(answerAfter([{ value: 'a' }, { value: 'c' }]).value).toBe('b');
  });
});

describe('a result', () => {
  const questions = Object.entries(drafts).map(([id, draft]) => ({ id, draft }));
  const answers = { single: 'a', multiple: ['a', 'b'], scale: 4, text: 'Much' };

  it('is scored by dimension; free text counts for none', () => {
    expect(scoresOf(questions, answers)).toEqual({ practical: 7, points: 2 });
    expect(scoresOf(questions, {})).toEqual({});
    expect(dimensionsOf(Object.values(drafts))).toEqual(['practical', 'enterprising', 'points']);
    expect(highestOf(Object.values(drafts))).toEqual({ practical: 8, enterprising: 3, points: 2 });
  });

  it('is told in the words of the answers', () => {
    expect(answerText(drafts.multiple, ['a', 'b'])).toBe('Repair it; Sell it');
    expect(answerText(drafts.scale, 4)).toBe('4');
    expect(answerText(drafts.text, null)).toBe('');
  });
});
