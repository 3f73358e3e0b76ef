/**
 * `npm run central -- <command>`: looking after the central database.
 *
 * Exit codes: 0 done, 1 failed or not in order, 2 asked wrongly.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { backup, restore, verifyBackup } from './backup';
import { createAdmin, resetPassword } from './create-admin';
import { becomeOwner, migrate } from './migrate';
import { provision } from './provision';
import { tidy } from './tidy';
import { markRestored, readStatus, verifyAudit } from './upkeep';
import { verifyArchives } from './verify-archives';

const usage = `Usage: npm run central -- <command> [--url <address>]

The address is postgres://user:password@host:port/database, also read from PROVOST_CENTRAL_URL.

Commands
  provision      Make roles, extensions and walls. Needs a superuser. May be run again.
                   --client-password <text>   The password desks connect with (also PROVOST_CLIENT_PASSWORD)
  migrate        Bring tables and functions to this release. May be run again.
  create-admin   Make a super admin with a one-time password, shown once.
                   --email <email> --name <full name> [--username <name>]
  reset-password Give somebody a new one-time password, shown once, and end their sessions.
                   --email <email>
  seed           Fill the database with the demonstration, or load a catalogue. Needs a superuser.
                   [--factor <number>] [--seed <number>] [--reset] | --catalogue <file>
  status         What is there: release, users, sessions, desks, change log, audit trail.
  verify-audit   Seal and check the audit trail; name the first entry that was tampered with.
                   [--archive <folder>]   Also the archived months, and that they lead up to what is here
  tidy           Begin the month's part of the audit trail; forget old results, ended sessions, old notifications.
                   [--archive <folder>]   Write what is taken out into files; also archives old months of the audit trail
  backup         Write the whole database into a file, and a manifest beside it. Needs a superuser.
                   --file <path>
  verify-backup  Check a backup against its manifest; needs no database.
                   --file <path>
  restore        Put a backup into an empty database. Needs a superuser. Desks then check everything they hold.
                   --file <path> [--client-password <text>]
  restored       Say that this database was restored from a backup, so that desks check everything they hold.
`;

const options = {
  url: { type: 'string' },
  'client-password': { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  username: { type: 'string' },
  factor: { type: 'string' },
  seed: { type: 'string' },
  catalogue: { type: 'string' },
  archive: { type: 'string' },
  file: { type: 'string' },
  reset: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

class AskedWrongly extends Error {}

type Flags = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

const say = (text: string): void => console.log(text);
const required = (flags: Flags, name: 'email' | 'name' | 'file'): string => {
  const value = flags[name];
  if (!value) throw new AskedWrongly(`This command needs --${name}.`);
  return value;
};
const wholeNumber = (text: string | undefined, fallback: number, name: string): number => {
  const value = text === undefined ? fallback : Number(text);
  if (!(value > 0)) throw new AskedWrongly(`--${name} must be a number greater than 0.`);
  return value;
};

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await becomeOwner(client);
    return await work(client);
  } finally {
    await client.end();
  }
}

const commands: Record<string, (url: string, flags: Flags) => Promise<number>> = {
  async provision(url, flags) {
    const wanted = flags['client-password'] ?? process.env.PROVOST_CLIENT_PASSWORD;
    const made = await provision(url, wanted === undefined ? {} : { clientPassword: wanted });
    say('The database is prepared.');
    if (made.clientPassword === null) say('Desks keep the password they have.');
    else if (wanted === undefined)
      say(`Desks connect with this address. Its password is shown once:\n\n  ${made.clientUrl}\n`);
    say('Next: npm run central -- migrate');
    return 0;
  },
  async migrate(url) {
    const { migrations, isReleased } = await migrate(url);
    say(
      migrations === 0
        ? 'The tables are up to date.'
        : `Applied ${migrations} migration${migrations === 1 ? '' : 's'}.`,
    );
    say(
      isReleased
        ? 'Functions, triggers and policies were made anew.'
        : 'Functions, triggers and policies are up to date.',
    );
    return 0;
  },
  async 'create-admin'(url, flags) {
    const admin = {
      email: required(flags, 'email'),
      fullName: required(flags, 'name'),
      ...(flags.username === undefined ? {} : { username: flags.username }),
    };
    const { email, password } = await asOwner(url, (client) => createAdmin(client, admin));
    say(`${admin.fullName} may sign in as ${email}. The one-time password is shown once:\n\n  ${password}\n`);
    return 0;
  },
  async 'reset-password'(url, flags) {
    const email = required(flags, 'email');
    const password = await asOwner(url, (client) => resetPassword(client, email));
    say(`All sessions of ${email} have ended. The new one-time password is shown once:\n\n  ${password}\n`);
    return 0;
  },
  async seed(url, flags) {
    const { seed } = await import('./seed/index');
    const wanted = {
      factor: wholeNumber(flags.factor, 1, 'factor'),
      ...(flags.seed === undefined ? {} : { seed: wholeNumber(flags.seed, 1, 'seed') }),
      ...(flags.catalogue === undefined ? {} : { catalogue: flags.catalogue }),
      ...(flags.reset === undefined ? {} : { reset: flags.reset }),
    };
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const report = await seed(client, wanted);
      for (const sentence of report.summary) say(sentence);
      for (const { line, kind, message } of report.problems)
        say(`Line ${line}${kind === 'skipped' ? ', skipped' : ''}: ${message}`);
      return 0;
    } finally {
      await client.end();
    }
  },
  async status(url) {
    const facts = await asOwner(url, readStatus);
    const width = Math.max(...facts.map(([name]) => name.length));
    for (const [name, value] of facts) say(`${name.padEnd(width)}  ${value}`);
    return 0;
  },
  async 'verify-audit'(url, flags) {
    const chains = await asOwner(url, verifyAudit);
    const broken = chains.filter((chain) => chain.problem !== null);
    for (const chain of broken) {
      const where = chain.brokenEntry === null ? '' : `: entry ${chain.brokenEntry}`;
      say(`BROKEN  ${chain.program}${where}: ${chain.problem ?? ''}`);
    }
    const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
    if (broken.length === 0) say(`The audit trail is whole: ${entries} entries in ${chains.length} chains.`);
    if (flags.archive === undefined) return broken.length === 0 ? 0 : 1;
    const dir = flags.archive;
    const { files, rows, problems } = await asOwner(url, (client) => verifyArchives(client, dir));
    for (const problem of problems) say(`BROKEN  ${problem}`);
    if (problems.length === 0)
      say(`The archive is whole: ${rows} entries in ${files} months, and the database goes on from it.`);
    return broken.length + problems.length === 0 ? 0 : 1;
  },
  async tidy(url, flags) {
    const options = flags.archive === undefined ? {} : { archive: flags.archive };
    const done = await asOwner(url, (client) => tidy(client, options));
    say(
      `Forgot ${done.mutations} results, ${done.sessions} ended sessions, ${done.signIns} sign-ins and ${done.notifications} notifications.`,
    );
    if (done.begun !== null) say(`The audit trail begins its part of ${done.begun.replace('_', '-')}.`);
    for (const { entries, file } of done.archived) say(`Archived ${entries} entries of the audit trail: ${file}`);
    return 0;
  },
  async backup(url, flags) {
    const { file, bytes, rows, epoch } = await backup(url, required(flags, 'file'));
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    say(`Backed up ${total} rows of ${Object.keys(rows).length} tables into ${file}: ${bytes} bytes, epoch ${epoch}.`);
    return 0;
  },
  async 'verify-backup'(_url, flags) {
    const wrong = await verifyBackup(required(flags, 'file'));
    say(wrong ?? 'The backup is whole.');
    return wrong === null ? 0 : 1;
  },
  async restore(url, flags) {
    const wanted = flags['client-password'] ?? process.env.PROVOST_CLIENT_PASSWORD;
    const done = await restore(url, required(flags, 'file'), wanted === undefined ? {} : { clientPassword: wanted });
    say(`Restored what was backed up on ${done.manifest.made}, and applied ${done.migrations} newer migrations.`);
    if (done.clientUrl !== null)
      say(`Desks connect with this address. Its password is shown once:\n\n  ${done.clientUrl}\n`);
    for (const difference of done.differences) say(`BROKEN  ${difference}`);
    if (done.differences.length === 0)
      say('Every table has the rows and every audit chain the end that the manifest says.');
    say('Desks will compare everything they hold with this database, and send again what it has not seen.');
    return done.differences.length === 0 ? 0 : 1;
  },
  async restored(url) {
    await asOwner(url, markRestored);
    say('Desks will compare everything they hold with this database, and send again what it has not seen.');
    return 0;
  },
};

async function main(): Promise<number> {
  let parsed: { values: Flags; positionals: string[] };
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new AskedWrongly(error instanceof Error ? error.message : String(error));
  }
  const [name, ...more] = parsed.positionals;
  if (parsed.values.help || name === undefined) {
    say(usage);
    return name === undefined && !parsed.values.help ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || more.length > 0) throw new AskedWrongly(`There is no command “${parsed.positionals.join(' ')}”.`);
  const url = parsed.values.url ?? process.env.PROVOST_CENTRAL_URL ?? '';
  if (!url && name !== 'verify-backup')
    throw new AskedWrongly('Say which database: --url postgres://…, or PROVOST_CENTRAL_URL.');
  return command(url, parsed.values);
}

/** Words for what pg and the network throw. Security: never the address, which holds a password. */
function explain(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === 'ECONNREFUSED') return 'Nothing answers at that address. Is the database server running?';
  if (code === 'ENOTFOUND') return 'There is no server of that name.';
  if (code === '28P01') return 'The server does not accept that user and password.';
  if (code === '3D000') return 'The server has no database of that name. Create it first: createdb -E UTF8 <name>';
  if (code === '42501') return 'That user may not do this. Use a superuser, or a member of provost_owner.';
  if (code === 'ERR_INVALID_URL') return 'The address is not of the form postgres://user:password@host:port/database.';
  return error instanceof Error ? error.message : String(error);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof AskedWrongly) {
      console.error(`${error.message}\n\n${usage}`);
      process.exitCode = 2;
      return;
    }
    console.error(explain(error));
    process.exitCode = 1;
  },
);
