import { describe, expect, it } from 'vitest';
import { isEntityName } from '../../shared/entities';
import { factNames } from '../../shared/rules/facts';
import { placeOf } from '../client/paths';
import { areaOf } from './areas';
import { found } from './palette-hits';
import { questions, questionsFor } from './questions';

const commands = questions.map(({ ask, words }) => ({
  ...{ id: ask, group: 'Questions' as const, label: ask, words },
  act: () => undefined,
}));
const asked = (text: string) => found(text, commands, [], () => undefined).map(({ label }) => label);

describe('questions', () => {
  it('each leads to a screen of an area, and to a view there is', () => {
    for (const { ask, path } of questions) {
      expect(areaOf(path), ask).toBeDefined();
      const { view } = placeOf(path);
      if (path.startsWith('/e/')) expect(isEntityName(path.split('/')[2]!), ask).toBe(true);
      if (view !== null) expect(factNames, ask).toContain(view);
    }
  });

  it('are found by the plain words people use', () => {
    expect(asked('free seats')).toEqual(['How much room is left, by facility and configuration']);
    expect(asked('money by month')).toEqual(['Revenue and payments by program, course, month and currency']);
    expect(asked('guardian')).toEqual(['Students without a guardian or emergency contact']);
    expect(asked('nobody to call')).toEqual(['Students without a guardian or emergency contact']);
    expect(asked('who has access')).toEqual(['Who has access to what, since when, given by whom']);
    expect(asked('compare')).toEqual(['Programs side by side']);
  });

  it('a tutor is offered only those whose rows a tutor sees', () => {
    const offered = questionsFor({ role: 'tutor' }).map(({ ask }) => ask);
    expect(offered).toContain('What waits to be graded');
    expect(offered).toContain('Completion and progress by course and cohort');
    expect(offered).not.toContain('Revenue and payments by program, course, month and currency');
    expect(offered).not.toContain('Students without a guardian or emergency contact');
    expect(questionsFor({ role: 'super_admin' })).toHaveLength(questions.length);
  });
});
