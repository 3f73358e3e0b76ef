import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../shared/contract/outcome';
import type { Input } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { NodeDraft } from './node-draft';

let sent: Input<'rows.save'>[] = [];
let answer: () => Promise<unknown> = () => Promise.resolve();
const save = (input: Input<'rows.save'>) => {
  sent.push(input);
  return answer();
};
const stamp = { rowVersion: 1, createdAt: 0, updatedAt: 0, createdBy: null, updatedBy: null };
const lesson = (): AnyRow => ({ id: newId(), ...stamp, name: 'Back float', content: 'Old', durationMinutes: 30 });

beforeEach(() => {
  sent = [];
  answer = () => Promise.resolve();
});

test('an edit says what the person saw, also when a sync changes the row meanwhile', async () => {
  const row = lesson();
  const draft = new NodeDraft('ada', 'lessons', row, save);
  draft.change('content', 'Mine');
  draft.see({ ...row, content: 'Theirs' });
  draft.change('content', 'Mine, longer');
  expect(await draft.save()).toBe(true);
  expect(sent[0]?.edits[0]).toMatchObject({ values: { content: 'Mine, longer' }, base: { content: 'Old' } });
  expect(draft.read().isDirty).toBe(false);
});

test('what is typed back to what it was is no change', async () => {
  const draft = new NodeDraft('ada', 'lessons', lesson(), save);
  draft.change('name', 'Front float');
  draft.change('name', 'Back float');
  expect(draft.read().isDirty).toBe(false);
  expect(await draft.save()).toBe(true);
  expect(sent).toEqual([]);
});

test('a refused change is kept, with the reason at its field, for the next time the node is opened', async () => {
  const row = lesson();
  const draft = new NodeDraft('ada', 'lessons', row, save);
  draft.change('name', 'X');
  const issues = [{ path: 'edits.0.name', message: 'Another has it.' }];
  answer = () => Promise.reject(new Refusal({ kind: 'invalid', message: 'No.', issues }));
  expect(await draft.save()).toBe(false);
  expect(draft.read().issues).toEqual({ name: 'Another has it.' });
  expect(new NodeDraft('ada', 'lessons', row, save).read().values['name']).toBe('X');
  expect(new NodeDraft('bola', 'lessons', row, save).read().isDirty).toBe(false);
});

test('what cannot be read is not sent and not lost', async () => {
  const draft = new NodeDraft('ada', 'lessons', lesson(), save);
  draft.misread('durationMinutes', 'soon', 'Write minutes.');
  expect(await draft.save()).toBe(false);
  expect(sent).toEqual([]);
  expect(draft.read().issues).toEqual({ durationMinutes: 'Write minutes.' });
});

test('a long text is read from its editor only when it is saved', async () => {
  const draft = new NodeDraft('ada', 'lessons', lesson(), save);
  let reads = 0;
  for (let key = 0; key < 100; key++) draft.later('content', () => (reads++, 'Typed'));
  expect(draft.read().isDirty).toBe(true);
  expect(reads).toBe(0);
  await draft.save();
  expect(reads).toBe(1);
  expect(sent[0]?.edits[0]).toMatchObject({ values: { content: 'Typed' } });
});

test('what is typed while it is being saved is saved next, based on what was saved', async () => {
  const draft = new NodeDraft('ada', 'lessons', lesson(), save);
  draft.change('content', 'One');
  let release = () => {};
  answer = () => new Promise<void>((resolve) => (release = resolve));
  const saving = draft.save();
  draft.change('content', 'Two');
  release();
  await saving;
  expect(draft.read().isDirty).toBe(true);
  answer = () => Promise.resolve();
  await draft.save();
  expect(sent[1]?.edits[0]).toMatchObject({ values: { content: 'Two' }, base: { content: 'One' } });
});
