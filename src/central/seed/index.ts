/**
 * Fills the central database: with the demonstration, or with a university's catalogue.
 *
 * Seeding the demonstration again resets it. It refuses a database that holds anything else, unless told to reset it.
 */
import type pg from 'pg';
import { allEntities, type EntityName } from '../../shared/entities';
import { columnOf } from '../../shared/model';
import { importCatalogueFile } from './catalogue/import-catalogue';
import type { CatalogueProblem } from './catalogue/read-catalogue';
import { dateOf, millisOf } from './calendar';
import { demoAccounts, demoPassword } from './demo-accounts';
import { defaultSeed, generate } from './generate';
import { markerKey, settingKeys } from './generate-platform';
import { sealAudit } from './seal-audit';
import { rowWriter } from './write-rows';

export { demoAccounts };

export interface SeedOptions {
  /** A whole number: how often each program is filled. 1 gives 600 students. */
  factor: number;
  seed?: number;
  /** A catalogue file to load instead of the demonstration; what is there already stays. */
  catalogue?: string;
  /** `YYYY-MM-DD`. By default the present day. */
  today?: string;
  /** Empty a database that holds other data than the demonstration. */
  reset?: boolean;
  onProgress?: (progress: { entity: EntityName; rows: number }) => void;
}

export interface SeedReport {
  /** Rows made, by entity. */
  rows: Partial<Record<EntityName, number>>;
  /** Lines of a catalogue file that were left out, or loaded with a remark. */
  problems: CatalogueProblem[];
  /** What happened, in sentences. */
  summary: string[];
}

/** `client` must be a superuser's: it writes past the triggers and the row-level security. */
export async function seed(client: pg.Client, options: SeedOptions): Promise<SeedReport> {
  if (options.catalogue !== undefined) return importCatalogueFile(client, options.catalogue);
  const { factor, seed: number = defaultSeed, today = dateOf(Date.now()), onProgress } = options;
  const rows: Partial<Record<EntityName, number>> = {};
  const begun = performance.now();
  await client.query('begin');
  try {
    if (!options.reset) await refuseOtherData(client);
    await client.query(`set local session_replication_role = replica`);
    await wipe(client);
    // The same day gives the same rows, whatever the clock.
    const writer = await rowWriter(client, Math.min(millisOf(today), Date.now()));
    for (const chunk of generate(factor, number, today)) {
      await writer.write(chunk);
      const written = (rows[chunk.entity] = (rows[chunk.entity] ?? 0) + chunk.rows.length);
      onProgress?.({ entity: chunk.entity, rows: written });
    }
    await writer.finish();
    await giveDemoPasswords(client);
    await continueNumbers(client);
    await sealAudit(client);
    // The change log begins anew: desks must compare everything, as after a restored backup.
    await client.query('update sync.release set restored = restored + 1');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  await client.query('analyze sync.head, audit.entry, audit.seal');
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return {
    rows,
    problems: [],
    summary: [
      `The demonstration is in place: ${total.toLocaleString('en')} rows, factor ${factor}, seed ${number}.`,
      paceOf(rows.course_enrollments ?? 0, performance.now() - begun),
    ],
  };
}

/** Enrollments a second, with everything that belongs to them: prices, progress, payments, the change log and the audit trail. */
function paceOf(enrollments: number, ms: number): string {
  const pace = Math.round((enrollments * 1000) / ms);
  return `${enrollments.toLocaleString('en')} enrollments and all beside them in ${(ms / 1000).toFixed(1)} s: ${pace.toLocaleString('en')} a second.`;
}

async function refuseOtherData(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ mine: boolean; others: boolean }>(
    `select exists (select from app.platform_settings where key = $1) as mine,
       exists (select from app.programs) or exists (select from app.institutions) or exists (select from app.students) as others`,
    [markerKey],
  );
  if (rows[0]?.others && !rows[0].mine) {
    throw new Error(
      'This database holds data that is not the demonstration’s. Seeding would erase it, so nothing was done. ' +
        'Choose another database, or add --reset if all of it may go.',
    );
  }
}

/** Kept: the platform's own settings, and super admins that are not the demonstration's. */
async function wipe(client: pg.Client): Promise<void> {
  const kept: EntityName[] = ['users', 'profiles', 'platform_settings'];
  const emptied = allEntities.filter(({ name }) => !kept.includes(name as EntityName)).map(({ name }) => `app.${name}`);
  const beside = [
    'audit.entry',
    'audit.seal',
    'audit.chain',
    'audit.base',
    'sync.head',
    'sync.mutation',
    'sync.device',
    'auth.session',
    'auth.sign_in',
    'auth.attempt',
    'auth.calendar_token',
  ];
  await client.query(`truncate ${[...emptied, ...beside].join(', ')} restart identity`);
  await client.query('update audit.progress set low = 0, next_low = 0, next_after = null');
  const mails = demoAccounts.map((account) => account.email);
  await client.query(`delete from app.users where role <> 'super_admin' or email = any ($1)`, [mails]);
  await client.query('delete from app.profiles p where not exists (select from app.users u where u.id = p.user_id)');
  await client.query('delete from auth.credential c where not exists (select from app.users u where u.id = c.user_id)');
  await client.query(`delete from app.platform_settings where key = any ($1)`, [settingKeys]);
}

/** One hash for all: it costs a third of a second, and the password is public anyway. */
async function giveDemoPasswords(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrypto'`,
  );
  const schema = rows[0]?.schema;
  if (!schema)
    throw new Error('The database is not provisioned: pgcrypto is missing. Run `npm run central -- provision` first.');
  const crypto = client.escapeIdentifier(schema);
  await client.query(
    `with hash as materialized (select ${crypto}.crypt($1, ${crypto}.gen_salt('bf', 12)) as it)
     insert into auth.credential (user_id, password_hash) select u.id, hash.it from app.users u, hash where u.email = any ($2)`,
    [demoPassword, demoAccounts.map((account) => account.email)],
  );
}

/** The next student gets the next number of the year, and so does the next certificate. */
async function continueNumbers(client: pg.Client): Promise<void> {
  for (const { name, fields } of allEntities) {
    for (const [field] of Object.entries(fields).filter(([, { kind }]) => kind === 'generated')) {
      const column = columnOf(field);
      await client.query(
        `select setval(sync.number_series($1, year), last) from (
           select split_part(${column}, '-', 2)::int as year, max(split_part(${column}, '-', 3)::int) as last from app.${name}
           where ${column} is not null group by 1) n`,
        [column],
      );
    }
  }
}
