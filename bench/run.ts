/**
 * `npm run bench -- NAME… [--json] [--quick] [--rows N]`: measures side by side, and prints the goals beside.
 *
 * Exit codes: 0 measured (whatever the figures), 1 something broke, 2 asked wrongly.
 */
import { parseArgs } from 'node:util';
import { benches, runBenches } from './benches';
import { asLine, asTable } from './print';

const usage = `Usage: npm run bench -- [NAME…] [--json] [--quick] [--rows N]

Names: ${Object.keys(benches).join(', ')} (all of them where none is given)

  --json      One line of JSON for each figure
  --quick     Small sizes: shows that everything runs; the figures say nothing
  --rows N    Another number of rows
  --seconds N How long "load" lasts
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      rows: { type: 'string' },
      seconds: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const rows = values.rows === undefined ? null : Number(values.rows);
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (values.help || unknown.length > 0 || (rows !== null && !(Number.isInteger(rows) && rows > 0))) {
    process.stderr.write(unknown.length > 0 ? `There is no ${unknown.join(', ')}.\n\n${usage}` : usage);
    return values.help ? 0 : 2;
  }
  const options = {
    quick: values.quick ?? false,
    rows,
    seconds: values.seconds === undefined ? null : Number(values.seconds),
    log: (text: string) => void process.stderr.write(`  ${text}\n`),
  };
  const figures = await runBenches(positionals, options, (figure) => {
    if (values.json) process.stdout.write(`${asLine(figure)}\n`);
  });
  if (!values.json) process.stdout.write(asTable(figures));
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
