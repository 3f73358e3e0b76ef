/** `audit`: a page of acts out of millions of entries, as a program admin is told it, beside the bare keyset query the owner could make. */
import { stress, stressPlace } from '../src/central/seed/stress';
import { newId } from '../src/shared/model';
import { withCentral } from './central';
import { alternate, type Bench, type Figure } from './measure';

export const audit: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 2_000 : 2_000_000);
    const students = Math.max(100, Math.floor(n / 100));
    log(`making ${n} entries about ${students} students`);
    await stress(central.sql, { entity: 'students', rows: students });
    const admin = await central.addUser({ role: 'program_admin', programs: [stressPlace.programId] });
    const deviceId = newId();
    await central.sql.query(
      `insert into audit.entry (at, program_id, user_id, device_id, mutation_id, via, db_user, tbl, row_id, action, old_version, new_version, changes)
       select now() - interval '1 second' * (${n} - i), s.program_id, case when i % 50 = 0 then $1::uuid else $2::uuid end,
         case when i % 500 = 0 then $3::uuid end,
         md5((i / 3)::text)::uuid, 'typed', 'bench', sync.entity_number('students'), s.id, 'update', 1, 2,
         case when i % 20 = 0 then '{"phone": ["1", "2"]}'::jsonb else '{"notes": [null, "x"]}'::jsonb end
       from generate_series(1, ${n}) i join (select id, program_id, row_number() over (order by id) - 1 as place from app.students) s on s.place = i % ${students}`,
      [admin.id, newId(), deviceId],
    );
    await central.sql.query('vacuum analyze audit.entry');
    const desk = await central.desk(await central.openSession(admin.id));
    const ask = async (question: string, filter: Record<string, unknown>): Promise<void> => {
      const said = await desk.call<Record<string, unknown>>('ask', desk.token, question, JSON.stringify({ filter }));
      if (!('answer' in said)) throw new Error(JSON.stringify(said));
    };
    const act = (
      await central.sql.query<{ id: string }>('select mutation_id as id from audit.entry order by id limit 1')
    ).rows[0]!.id;
    const cases: [name: string, filter: Record<string, unknown>, where: string, values: unknown[]][] = [
      ['audit-newest', {}, 'program_id = $1', [stressPlace.programId]],
      ['audit-person', { userId: admin.id }, 'user_id = $1', [admin.id]],
      ['audit-kind', { entity: 'students' }, 'tbl = sync.entity_number($1)', ['students']],
      ['audit-field', { field: 'phone' }, `program_id = $1 and changes ? 'phone'`, [stressPlace.programId]],
      ['audit-desk', { deviceId }, 'program_id = $1 and device_id = $2', [stressPlace.programId, deviceId]],
      ['audit-batch', { mutationId: act }, 'mutation_id = $1', [act]],
    ];
    const figures: Figure[] = [];
    for (const [name, filter, where, values] of cases) {
      const ms = await alternate(quick ? 2 : 20, {
        ours: { run: () => ask('trail-search', filter) },
        bare: {
          run: () => central.sql.query(`select * from audit.entry where ${where} order by id desc limit 150`, values),
        },
      });
      figures.push(
        { name, value: ms.ours / ms.bare, unit: 'x', better: 'lower', goal: null, limit: 1, n },
        { name: `${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower', goal: null, limit: ms.bare, n },
      );
    }
    const counted = await alternate(quick ? 2 : 5, {
      ours: { run: () => ask('trail-count', {}) },
      bare: { run: () => central.sql.query('select count(*) from (select from audit.entry limit 10001) e') },
    });
    figures.push({
      name: 'audit-count-ms',
      value: counted.ours,
      unit: 'ms',
      better: 'lower',
      goal: null,
      limit: counted.bare,
      n,
    });
    return figures;
  });
