import { minServerProtocol, protocol, type Hello } from '../../../shared/contract/wire';
import { Refusal } from '../../../shared/contract/outcome';
import { hello, understand } from './answers';
import type { Remote } from './connect';
import { RemoteError } from './remote-error';

const refuse = (reason: 'not-provost' | 'server-too-old' | 'server-too-new', message: string): Refusal =>
  new Refusal({ kind: 'sign-in-refused', reason, message });

/** The function does not exist, or may not be called: some other PostgreSQL. */
const NOT_PROVOST = /^(42883|3F000|42501|42P01)$/;

/**
 * Greets the server. Throws a Refusal in words where it is no Provost server, too old or too new to work with, and RemoteError where it
 * cannot be reached.
 */
export async function greet(remote: Remote): Promise<Hello> {
  const answer = await remote.call('hello', []).catch((error: unknown) => {
    if (error instanceof RemoteError && (NOT_PROVOST.test(error.code ?? '') || error.class_ === 'nonsense'))
      throw notProvost();
    throw error;
  });
  let said: Hello;
  try {
    said = understand(hello, answer);
  } catch {
    throw notProvost();
  }
  if (said.protocol < minServerProtocol) {
    throw refuse('server-too-old', 'This server is older than this console. Ask whoever runs the server to update it.');
  }
  if (said.minProtocol > protocol) {
    throw refuse(
      'server-too-new',
      'This server needs a newer console. Install the latest Provost and come back; everything entered here is kept.',
    );
  }
  return said;
}

const notProvost = (): Refusal =>
  refuse('not-provost', 'There is a database at this address, but it is not a Provost server. Check the address.');
