/** A central database for a measurement: thrown away afterwards. */
import { startPostgres } from '../src/central/server/embedded-postgres';
import { freshCentral, type FreshCentral } from '../src/central/testing/central';
import { stressPlace } from '../src/central/seed/stress';
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../src/main/desk/testing/test-desk';

/** Starts a server where the surroundings name none. Both sides of every comparison use the same one, so its durability is the same. */
export async function withCentral<T>(work: (central: FreshCentral) => Promise<T>): Promise<T> {
  const own = process.env.PROVOST_TEST_PG_URL === undefined ? await startPostgres() : null;
  if (own) process.env.PROVOST_TEST_PG_URL = own.url;
  try {
    const central = await freshCentral();
    try {
      return await work(central);
    } finally {
      await central.drop();
    }
  } finally {
    if (own) {
      delete process.env.PROVOST_TEST_PG_URL;
      await own.stop();
    }
  }
}

/** A program admin of the program that `stress` fills: the largest desk somebody with one program can have. */
export async function stressDesks(central: FreshCentral): Promise<() => Promise<TestDesk>> {
  const { email, password } = await central.addUser({ role: 'program_admin', programs: [stressPlace.programId] });
  const options: TestDeskOptions = { url: central.clientUrl, email, password, answerWithin: 60_000 };
  return () => openTestDesk(options);
}
