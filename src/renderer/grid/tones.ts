import type { CellClassRules } from 'ag-grid-community';
import type { GridRow } from './grid-row';

/** How a state is marked: a filled square for what goes on or is done, a hollow one for what rests or ended. */
type Tone = 'good' | 'resting' | 'done' | 'ended' | 'bad';

const tones: Record<string, Tone> = {
  active: 'good',
  published: 'good',
  paused: 'resting',
  waitlisted: 'resting',
  maintenance: 'resting',
  draft: 'resting',
  pending_verification: 'resting',
  completed: 'done',
  graduated: 'done',
  inactive: 'ended',
  withdrawn: 'ended',
  archived: 'ended',
  suspended: 'bad',
};

export const toneOf = (value: unknown): Tone | undefined => tones[String(value)];

const rule =
  (tone: Tone) =>
  ({ value }: { value?: unknown }) =>
    toneOf(value) === tone;

export const toneRules: CellClassRules<GridRow> = {
  'tone tone-good': rule('good'),
  'tone tone-resting': rule('resting'),
  'tone tone-done': rule('done'),
  'tone tone-ended': rule('ended'),
  'tone tone-bad': rule('bad'),
};
