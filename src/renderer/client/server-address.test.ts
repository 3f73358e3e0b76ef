import { expect, it } from 'vitest';
import { shownAddress } from './server-address';

it('an address is shown without the name and password it may carry', () => {
  expect(shownAddress('postgres://admin:secret@db.school.org/provost?x=1')).toBe('db.school.org/provost');
  expect(shownAddress('provost.school.org')).toBe('provost.school.org');
});
