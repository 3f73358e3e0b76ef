import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities, entityOf, type EntityName } from '../shared/entities';
import { columnOf, newId, type Field, type FieldKind, type FieldOf } from '../shared/model';
import { isRefusalCode } from '../shared/rules/refusals';
import { rowRulesOf } from '../shared/rules/row-rules';
import { wrongValues } from '../shared/testing/wrong-values';
import { freshCentral, type FreshCentral } from './testing/central';
import { insert, update } from './testing/ops';
import { pushable, SampleRows } from './testing/sample-rows';

let central: FreshCentral;
let rows: SampleRows;

beforeAll(async () => {
  central = await freshCentral();
  const program = await central.addProgram('SWIM');
  const root = (await central.addUser({ role: 'super_admin', programs: [program] })).id;
  const desk = await central.desk(await central.openSession(root));
  rows = new SampleRows(central, desk, program, root);
  for (const [optionKind, code] of [
    ['age_group', 'adults'],
    ['location_type', 'our-facility'],
    ['session_type', 'group'],
  ])
    await rows.make('program_options', { optionKind, code });
});
afterAll(() => central.drop());

interface Case {
  field: string;
  value: unknown;
}
const casesOf = (name: EntityName): Case[] =>
  Object.entries(entityOf(name).fields).flatMap(([field, declared]: [string, Field]) => {
    // The server counts the versions of a curriculum itself.
    if (declared.kind === 'generated' || declared.options.readOnly || `${name}.${field}` === 'curricula.version')
      return [];
    const wrong = (wrongValues[declared.kind] as (f: FieldOf<FieldKind>) => unknown[])(declared as FieldOf<FieldKind>);
    return [...wrong, ...(declared.required && declared.options.default === undefined ? [null] : [])].map((value) => ({
      field,
      value,
    }));
  });

describe('a value that a field cannot hold, pushed past the desk', () => {
  test.each(pushable.map(({ name }) => name as EntityName))('%s: is refused by name', async (name) => {
    // A row without the mistake goes in, or the mistake proves nothing.
    await rows.make(name);
    const { values } = await rows.fresh(name);
    const wrong: string[] = [];
    for (const { field, value } of casesOf(name)) {
      const result = await rows.desk.change(insert(name, newId(), { ...values, [field]: value }));
      const { code = '', fields = [] } = result.refusal ?? {};
      // Whose a row would be decides who may add it: no further reason is given.
      const isNamed = fields.includes(field) || (code === 'forbidden' && ['programId', 'userId'].includes(field));
      if (result.status !== 'rejected' || !isRefusalCode(code) || !isNamed)
        wrong.push(
          `${field} = ${JSON.stringify(value)?.slice(0, 60)}: ${JSON.stringify(result.refusal ?? result.status)}`,
        );
    }
    expect(wrong).toEqual([]);
  });
});

describe('an order that goes in a circle', () => {
  const hangs = (name: EntityName): string =>
    Object.values(entityOf(name).fields).flatMap(({ kind, options }) =>
      kind === 'order' ? [(options as FieldOf<'order'>['options']).within] : [],
    )[0]!;

  test.each(['modules', 'lessons', 'roadmap_steps'] as const)(
    '%s: a row under itself, or under a sibling, is refused at what it hangs from, new and moved',
    async (name) => {
      const parent = hangs(name);
      const [sibling, moved] = [await rows.make(name), await rows.make(name)];
      const { id, values } = await rows.fresh(name);
      const stood = await central.sql.query<{ parent: string; version: string }>(
        `select ${columnOf(parent)} as parent, row_version as version from app.${name} where id = $1`,
        [moved],
      );
      const { parent: was, version } = stood.rows[0]!;
      for (const under of [id, sibling])
        expect(await rows.desk.change(insert(name, id, { ...values, [parent]: under }))).toMatchObject({
          status: 'rejected',
          refusal: { fields: [parent] },
        });
      for (const under of [moved, sibling])
        expect(
          await rows.desk.change(update(name, moved, Number(version), { [parent]: was }, { [parent]: under })),
        ).toMatchObject({
          status: 'rejected',
          refusal: { fields: [parent] },
        });
      await expect(
        central.sql.query(`update app.${name} set ${columnOf(parent)} = id where id = $1`, [moved]),
      ).rejects.toThrow();
    },
  );

  test('siblings pushed to the same place, in turn and at once, stand in a row without gaps', async () => {
    const { values } = await rows.fresh('modules');
    const [a, b, c] = [newId(), newId(), newId()];
    const at = (sequenceOrder: number) => ({ ...values, sequenceOrder });
    expect(await rows.desk.change(insert('modules', a, at(1)), insert('modules', b, at(1)))).toMatchObject({
      status: 'applied',
    });
    expect(await rows.desk.change(insert('modules', c, at(1_000_000)))).toMatchObject({ status: 'applied' });
    const stood = await central.sql.query<{ n: number }>(
      `select sequence_order as n from app.modules where curriculum_id = $1 and deleted_at is null order by 1`,
      [values['curriculumId']],
    );
    expect(stood.rows.map(({ n }) => n)).toEqual(stood.rows.map((_, i) => i + 1));
  });
});

describe('what does not fit together in one row', () => {
  const contradictions: [EntityName, string, Record<string, unknown>][] = [
    ['facility_course_pricing', 'endDate', { effectiveDate: '2026-03-01', endDate: '2026-02-01' }],
    ['subscriptions', 'periodEnd', { periodStart: '2026-03-01', periodEnd: '2026-02-01' }],
    ['course_enrollments', 'completionDate', { enrollmentDate: '2026-03-01', completionDate: '2026-02-01' }],
    ['mentoring_sessions', 'endedAt', { startedAt: 2000, endedAt: 1000 }],
    ['roadmap_progress', 'completedAt', { startedAt: 2000, completedAt: 1000 }],
    ['payments', 'enrollmentId', { enrollmentId: undefined }],
    ['assessment_questions', 'options', { options: ['a', 'b'] }],
    ['assessment_questions', 'options', { options: [{ value: 'a' }] }],
    ['assessment_questions', 'options', { options: { value: 'a', label: 'A' } }],
    ['assessment_questions', 'options', { questionType: 'scale', options: { min: 5, max: 1 } }],
    ['assessment_questions', 'options', { questionType: 'scale', options: { min: '1', max: '5' } }],
    ['assessment_questions', 'options', { questionType: 'text' }],
    ['assessment_questions', 'scoring', { scoring: { a: 'many' } }],
    ['assessment_questions', 'scoring', { scoring: [1, 2] }],
  ];

  test.each(contradictions)('%s.%s: %j', async (name, field, more) => {
    const { id, values } = await rows.fresh(name, more);
    const result = await rows.desk.change(insert(name, id, values));
    expect(result).toMatchObject({ status: 'rejected', refusal: { code: 'contradiction', fields: [field] } });
  });

  test('a payment for two things at once', async () => {
    const bookingId = await rows.make('bookings');
    const { id, values } = await rows.fresh('payments', { bookingId });
    expect(await rows.desk.change(insert('payments', id, values))).toMatchObject({
      refusal: { code: 'contradiction', fields: ['enrollmentId'] },
    });
  });

  test('every rule has a case here', () => {
    const tried = new Set(contradictions.map(([name, field]) => `${name} ${field}`));
    const rules = allEntities.flatMap(({ name }) => rowRulesOf(name).map(({ field }) => `${name} ${field}`));
    expect(rules.filter((rule) => !tried.has(rule))).toEqual([]);
  });

  test('and by raw SQL the constraint says no', async () => {
    await expect(
      central.sql.query(
        `insert into app.payments (id, program_id, payer_id, amount) values (gen_random_uuid(), $1, $2, 100)`,
        [rows.program, rows.userId],
      ),
    ).rejects.toThrow('payments_enrollment_id_rule');
    await expect(
      central.sql.query(`update app.programs set time_zone = 'Lagos' where id = $1`, [rows.program]),
    ).rejects.toThrow('invalid-value');
  });
});
