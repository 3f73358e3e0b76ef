import { describe, expect, it } from 'vitest';
import type { NeedsYou, RowClash } from '../../../shared/contract/needs-you';
import { actionText, consequenceOf } from './consequence';
import { grouped } from './grouped';
import { allOf, keyOf, recommended, settlement, undecided, verdict } from './settlement';

const theirs = { theirsBy: 'b', theirsAt: 1, theirsName: 'Ben Eze' };
const phone = {
  entity: 'students',
  id: 's1',
  field: 'phone',
  base: '1',
  mine: '2',
  theirs: '3',
  title: 'Ada',
  ...theirs,
};
const gone = (needs: string | null): RowClash => ({
  ...{ kind: 'gone', entity: 'lessons', id: 'l1', title: 'Breathing', ...theirs },
  restore: [{ entity: 'modules', id: 'm1', title: 'Deep water', needs, holds: { lessons: 4 } }],
});
const changed: RowClash = {
  ...{ kind: 'changed', entity: 'modules', id: 'm1', title: 'Deep water', ...theirs, total: 1 },
  news: [
    {
      entity: 'lessons',
      id: 'l9',
      title: 'Deep end entry',
      isNew: true,
      fields: [],
      by: 'b',
      byName: 'Ben Eze',
      at: 1,
    },
  ],
};
const item = (more: Partial<NeedsYou>): NeedsYou => ({
  ...{ mutationId: 'm', at: 0, label: 'A change', kind: 'conflict', conflicts: [], clashes: [], refusal: null },
  ...{ rows: [], dependsOn: null, ask: [] },
  ...more,
});

describe('a card', () => {
  it('says what each choice does, and recommends what loses nobody’s work', () => {
    const deletion = item({ clashes: [changed] });
    expect(recommended(changed)).toBe('theirs');
    expect(consequenceOf(deletion, undecided)).toBe(
      'Keeping “Deep water” drops your deletion, and Ben Eze’s work stays.',
    );
    expect(consequenceOf(deletion, allOf(deletion, 'mine'))).toContain('takes Ben Eze’s work with it (1 added)');
    expect(actionText(deletion, 'mine')).toBe('Delete the module anyway');
    const edit = item({ clashes: [gone(null)] });
    expect(recommended(gone(null))).toBe('mine');
    expect(consequenceOf(edit, undecided)).toBe(
      'Brings back the module “Deep water” with its 4 lessons, then makes your change.',
    );
    expect(consequenceOf(edit, allOf(edit, 'theirs'))).toContain('stays deleted');
  });

  it('does not offer to restore what the person may not restore', () => {
    const edit = item({ clashes: [gone('program admins')], conflicts: [phone] });
    expect(settlement(edit, allOf(edit, 'mine'))).toMatchObject({
      ...{ choice: 'keep-mine', rows: [{ id: 'l1', take: 'theirs' }] },
      fields: [{ field: 'phone', take: 'mine' }],
    });
  });

  it('with a third value sends that value', () => {
    const both = item({
      conflicts: [phone],
      rows: [{ entity: 'students', id: 's1', title: 'Ada', op: 'update', values: { phone: '2' } }],
    });
    const decisions = {
      ...undecided,
      fields: { [keyOf(phone)]: { take: 'other' as const, value: '9', problem: null } },
    };
    expect(verdict(both, decisions)).toBe('mixed');
    expect(settlement(both, decisions)).toMatchObject({ choice: 'keep-mine', fields: [{ take: 'other', value: '9' }] });
    expect(consequenceOf(both, decisions)).toBe('The value you typed replaces both.');
  });
});

it('alike conflicts stand together, and what depends on a refused change stands beneath it however far', () => {
  const refused = { kind: 'refused' as const };
  const items = [
    item({ mutationId: 'c', ...refused, dependsOn: 'b' }),
    item({ mutationId: '1', conflicts: [phone] }),
    item({ mutationId: 'b', ...refused, dependsOn: 'a' }),
    item({ mutationId: '2', conflicts: [{ ...phone, id: 's2' }] }),
    item({ mutationId: '3', conflicts: [{ ...phone, field: 'email' }] }),
    item({ mutationId: 'a', ...refused }),
  ];
  const { conflicts, refused: cards } = grouped(items);
  expect(conflicts.map((alike) => alike.map(({ mutationId }) => mutationId))).toEqual([['1', '2'], ['3']]);
  expect(cards.map((card) => [card.item.mutationId, card.dependents.map(({ mutationId }) => mutationId)])).toEqual([
    ['a', ['b', 'c']],
  ]);
});
