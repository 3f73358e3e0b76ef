/**
 * The demonstration: a PostgreSQL from npm packages, provisioned and seeded once, for as long as the console that started it runs.
 *
 * Run as `tsx src/central/server/demo.ts --dir=DIR [--fresh]`. It says one JSON object a line: `{progress}` in sentences, then
 * `{server, accounts}` when it is ready, or `{trouble}`. It ends, in order, when its standard input ends.
 */
import { parseArgs } from 'node:util';
import { demoAccounts } from '../seed/demo-accounts';
import { prepareDemoDatabase } from './demo-database';
import { forgetDemoServer, startDemoServer } from './demo-server';

const { values } = parseArgs({ options: { dir: { type: 'string' }, fresh: { type: 'boolean', default: false } } });

const tell = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
const progress = (sentence: string): void => tell({ progress: sentence });

async function run(dir: string): Promise<void> {
  if (values.fresh) await forgetDemoServer(dir);
  progress('Starting the demonstration server…');
  const postgres = await startDemoServer(dir);
  // The console that started us is gone or ends: whatever it is doing, the server stops in order.
  const stop = (): void => void postgres.stop().then(() => process.exit(0));
  process.stdin.once('end', stop).once('error', stop).resume();
  void postgres.exited.then(() => process.exit(1));
  try {
    const server = await prepareDemoDatabase(postgres, progress);
    tell({ server, accounts: demoAccounts });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

// Ctrl+C in a terminal reaches us as well as the console. The console writes down what is open first, and then ends our input.
process.on('SIGINT', () => undefined);

if (!values.dir) throw new Error('--dir names the folder that keeps the data.');
run(values.dir).catch((error: unknown) => {
  tell({
    trouble: `The demonstration server could not start. ${error instanceof Error ? error.message : String(error)}`,
  });
  process.exit(1);
});
