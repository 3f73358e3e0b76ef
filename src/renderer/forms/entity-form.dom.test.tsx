import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Outcome } from '../../shared/contract/outcome';
import type { Edit } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import type { AnyRow } from '../../shared/model';
import { masked } from '../../shared/rules/masking';
import { newCache } from '../client/cache';
import { EntityForm } from './entity-form';
import { lookupsOf } from './lookups';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const program = '01890000-0000-7000-8000-000000000001';
const facility = entityOf('facilities');
const user = {
  userId: '01890000-0000-7000-8000-000000000009',
  fullName: 'Amaka Obi',
  email: 'amaka@example.org',
  role: 'program_admin' as const,
  programs: [program],
  scopes: [],
};
const row = {
  ...{
    id: '01890000-0000-7000-8000-000000000002',
    rowVersion: 4,
    createdAt: 1,
    updatedAt: 2,
    createdBy: null,
    updatedBy: null,
  },
  ...{
    programId: program,
    name: 'Rowe Park Pool',
    facilityType: 'pool',
    capacity: 20,
    equipment: null,
    amenities: null,
    status: 'active',
  },
} as AnyRow;

const confidential = {
  ...row,
  ...{ id: '01890000-0000-7000-8000-000000000004', studentId: '01890000-0000-7000-8000-000000000005' },
  ...{ emergencyContact: masked, medicalInfo: null },
} as AnyRow;

/** What the desk on the other side of the door answers to a save, and what it was asked to save. */
let answer: Outcome<unknown>;
let saved: Edit[];
let root: Root;
let place: HTMLElement;

beforeEach(() => {
  saved = [];
  answer = { ok: true, value: { mutationId: 'm', ids: [] } };
  window.provost = {
    request: async (name, input) => {
      if (name === 'confidential.reveal')
        return { ok: true, value: { ...confidential, medicalInfo: null, emergencyContact: { name: 'Tobi Amadi' } } };
      if (name !== 'rows.save') return { ok: false, problem: { kind: 'not-found', message: 'Not asked here.' } };
      saved.push(...(input as { edits: Edit[] }).edits);
      return answer;
    },
    listen: () => () => undefined,
  };
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
});

async function show(shown: AnyRow | null, entity = facility): Promise<string[]> {
  const told: string[] = [];
  await act(async () =>
    root.render(
      <MantineProvider>
        <QueryClientProvider client={newCache()}>
          <EntityForm
            entity={entity}
            row={shown}
            titles={{}}
            title="Rowe Park Pool"
            given={shown ? undefined : { programId: program }}
            user={user}
            lookups={lookupsOf([], [], 'en-NG')}
            focus={null}
            onSaved={({ id }) => told.push(id)}
            onCancel={() => told.push('back')}
          />
        </QueryClientProvider>
      </MantineProvider>,
    ),
  );
  return told;
}

const input = (label: string): HTMLInputElement => {
  const found = [...place.querySelectorAll('label')].find((one) => one.textContent?.startsWith(label));
  return place.querySelector<HTMLInputElement>(`[id="${found?.htmlFor ?? ''}"]`)!;
};
const type = (label: string, text: string): Promise<void> =>
  act(async () => {
    const field = input(label);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (key: string, more: KeyboardEventInit = {}): Promise<void> =>
  act(
    async () =>
      void place.querySelector('form')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
  );

it('an edit sends what was changed, and what stood there before', async () => {
  const told = await show(row);
  await type('Capacity', '1,250');
  await press('Enter', { ctrlKey: true });
  expect(saved).toEqual([
    { op: 'update', entity: 'facilities', id: row.id, values: { capacity: 1250 }, base: { capacity: 20 } },
  ]);
  expect(told).toEqual([row.id]);
});

it('what cannot be read is said beside its field, and nothing is sent', async () => {
  await show(row);
  await type('Capacity', 'many');
  await press('Enter', { ctrlKey: true });
  expect(saved).toEqual([]);
  expect(place.textContent).toContain('“many” is not a number.');
  expect(input('Capacity').value).toBe('many');
  expect(input('Capacity').getAttribute('aria-invalid')).toBe('true');
});

it('what was typed is still there when the desk could not save it', async () => {
  answer = { ok: false, problem: { kind: 'storage', reason: 'disk-full', message: 'The disk is full.' } };
  // Another row: what the test before typed is kept, too.
  const other = { ...row, id: '01890000-0000-7000-8000-000000000003' };
  const told = await show(other);
  await type('Name', 'Rowe Park Pool, Yaba');
  await press('Enter', { ctrlKey: true });
  expect(told).toEqual([]);
  expect(place.textContent).toContain('Not saved. What you typed is still here.');
  expect(place.textContent).toContain('The disk is full.');
  expect(input('Name').value).toBe('Rowe Park Pool, Yaba');
  await act(async () => root.unmount());
  root = createRoot(place);
  await show(other);
  expect(input('Name').value).toBe('Rowe Park Pool, Yaba');
});

it('a new row names what is missing, and begins with the values of its declaration', async () => {
  await show(null);
  await press('Enter', { ctrlKey: true });
  expect(place.textContent).toContain('Name is needed.');
  expect(input('Status').value).toBe('Active');
  expect(saved).toEqual([]);
});

it('a confidential field is changed from what was revealed, and an empty one from nothing', async () => {
  await show(confidential, entityOf('student_confidential'));
  expect(place.textContent).not.toContain('Tobi');
  await act(async () => place.querySelector<HTMLElement>('[aria-label^="Reveal emergency"]')?.click());
  await act(async () => {
    const reason = place.querySelector<HTMLInputElement>('input:not([readonly])')!;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(reason, 'Swim meet');
    reason.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => [...place.querySelectorAll('button')].find((one) => one.textContent === 'Reveal')?.click());
  const part = (label: string) =>
    [...place.querySelectorAll('label')].find((one) => one.textContent === label)?.querySelector('input');
  expect(part('Name')?.value).toBe('Tobi Amadi');
  await act(async () => {
    const notes = part('Notes')!;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(notes, 'Inhaler');
    notes.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press('Enter', { ctrlKey: true });
  expect(saved).toEqual([
    {
      ...{ op: 'update', entity: 'student_confidential', id: confidential.id },
      ...{ values: { medicalInfo: { notes: 'Inhaler' } }, base: { medicalInfo: null } },
    },
  ]);
  expect(part('Notes')?.value).toBe('Inhaler');
});
