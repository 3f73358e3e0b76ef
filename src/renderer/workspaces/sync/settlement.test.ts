import { expect, it } from 'vitest';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { allOf, keyOf, settlement, undecided, untouched } from './settlement';

const phone = { entity: 'students', id: 's1', field: 'phone', base: '1', mine: '2', theirs: '3' };
const email = { ...phone, field: 'email' };
const item = (conflicts: (typeof phone)[], values: Record<string, unknown>): NeedsYou => ({
  mutationId: 'm',
  at: 0,
  label: 'Phone of Ada',
  kind: 'conflict',
  conflicts: conflicts.map((conflict) => ({
    ...conflict,
    theirsBy: null,
    theirsAt: null,
    title: 'Ada',
    theirsName: null,
  })),
  refusal: null,
  clashes: [],
  dependsOn: null,
  ask: [],
  rows: [{ entity: 'students', id: 's1', title: 'Ada', op: 'update', values }],
});

it('taking theirs keeps what else I changed in the same act', () => {
  const both = item([phone], { phone: '2', address: 'Yaba' });
  expect(untouched(both).map(({ field }) => field)).toEqual(['address']);
  expect(settlement(both, allOf(both, 'theirs'))).toMatchObject({
    choice: 'take-theirs',
    fields: [
      { field: 'phone', take: 'theirs' },
      { field: 'address', take: 'mine' },
    ],
  });
});

it('one of each is said field by field', () => {
  const order = settlement(item([phone, email], { phone: '2', email: 'x' }), {
    ...undecided,
    fields: { [keyOf(email)]: { take: 'theirs' } },
  });
  expect(order).toMatchObject({
    choice: 'keep-mine',
    fields: [
      { field: 'phone', take: 'mine' },
      { field: 'email', take: 'theirs' },
    ],
  });
});
