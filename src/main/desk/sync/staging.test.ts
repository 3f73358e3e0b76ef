import { expect, it } from 'vitest';
import type { ScopeKey, WireRow } from '../../../shared/contract/wire';
import { newId } from '../../../shared/model';
import { createStaging } from './staging';

const id = newId();
const a: ScopeKey = `people:${newId()}`;
const b: ScopeKey = `people:${newId()}`;
const version = (rowVersion: number): WireRow =>
  ({ id, rowVersion, createdAt: 1, updatedAt: rowVersion, createdBy: null, updatedBy: null }) as WireRow;

it('keeps the newest version of a row, whichever scope brought it', () => {
  const staging = createStaging();
  staging.take([
    [a, 'students', id, 'P', version(3)],
    [b, 'students', id, 'P', version(2)],
  ]);
  const [row] = staging.rows();
  expect(row?.row?.rowVersion).toBe(3);
  expect([...(row?.scopes ?? [])]).toEqual([
    [a, 'put'],
    [b, 'put'],
  ]);
});

it('takes the later word about a scope: deleted after put, and put again after deleted', () => {
  const staging = createStaging();
  staging.take([[a, 'students', id, 'P', version(1)]]);
  staging.take([[a, 'students', id, 'D', null]]);
  expect([...staging.rows()][0]?.scopes.get(a)).toBe('deleted');
  staging.take([[a, 'students', id, 'P', version(3)]]);
  expect([...staging.rows()][0]?.scopes.get(a)).toBe('put');
});

it('passes over an entity that only a newer console knows, and remembers its name', () => {
  const staging = createStaging();
  staging.take([[a, 'spaceships', id, 'P', version(1)]]);
  expect(staging.size).toBe(0);
  expect([...staging.unknown]).toEqual(['spaceships']);
});
