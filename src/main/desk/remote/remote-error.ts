/**
 * What can go wrong on the way to the central database, in three classes that decide what the sync does next.
 *
 * Security: an error carries words of ours and the server's code, never the address with its password, never a statement or a parameter.
 */

/**
 * - `connection`: the server was not reached, or the connection broke: try again later, offline meanwhile.
 * - `retry`: the server was reached and asks to try again (deadlock, serialisation, lock, cancelled, resources, shutting down).
 * - `alarm`: a fault of ours or of the server's: keep everything, tell the person, try again rarely.
 * - `nonsense`: the answer is not what a Provost server says: apply nothing.
 */
export type RemoteErrorClass = 'connection' | 'retry' | 'alarm' | 'nonsense';

export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  constructor(
    readonly class_: RemoteErrorClass,
    message: string,
    /** SQLSTATE or the system's own code, for the log. */
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

const RETRY = /^(40001|40P01|55P03|57014|53|57P)/;
const systemWords: Record<string, string> = {
  ENOTFOUND: 'There is no server of that name, or this computer is not connected to a network.',
  EAI_AGAIN: 'The name of the server cannot be looked up. This computer may not be connected to a network.',
  ECONNREFUSED: 'Nothing answers at the address of the server. It may be stopped.',
  ECONNRESET: 'The connection to the server broke.',
  EPIPE: 'The connection to the server broke.',
  ETIMEDOUT: 'The server does not answer.',
  EHOSTUNREACH: 'The server cannot be reached from this network.',
  ENETUNREACH: 'This computer is not connected to a network that reaches the server.',
  ENETDOWN: 'This computer is not connected to a network.',
};
const certificateCodes =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_|EPROTO)/;
const certificateWords: Record<string, string> = {
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate of the server is for another name. Check the server’s address; if it is right, somebody may be answering in its place: ask whoever runs the server.',
  CERT_HAS_EXPIRED:
    'The certificate of the server has expired, or the clock of this computer is wrong. Check the clock, then ask whoever runs the server.',
  CERT_NOT_YET_VALID:
    'The certificate of the server is not valid yet, or the clock of this computer is wrong. Check the clock, then ask whoever runs the server.',
};
const unknownAuthority =
  'The certificate of the server is not from an authority that this computer trusts. Nothing was sent. Ask whoever runs the server for the file of its authority.';

const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
};

/** True for an error the server itself raised: five characters of SQLSTATE and a severity. */
const isFromServer = (error: unknown): boolean =>
  /^[0-9A-Z]{5}$/.test(codeOf(error) ?? '') && typeof (error as { severity?: unknown }).severity === 'string';

const databaseCodes: Record<string, string> = {
  '28P01': 'The server does not accept the password in the server address.',
  '28000': 'The server does not accept connections from this console.',
  '3D000': 'The server has no database of that name.',
  '53300': 'The server has too many connections just now.',
  '57P03': 'The server is starting. It answers in a moment.',
  '57P01': 'The server is shutting down.',
};

/** Classes whatever `pg`, the socket or TLS threw. Errors already classed pass through. */
export function classify(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : '';
  if (code && isFromServer(error)) {
    const words = databaseCodes[code];
    if (/^(08|28|3D)/.test(code))
      return new RemoteError('connection', words ?? 'The server refused the connection.', code);
    if (RETRY.test(code)) return new RemoteError('retry', words ?? 'The server is busy. Trying again shortly.', code);
    return new RemoteError(
      'alarm',
      'The server could not carry out what it was asked. Nothing is lost; it is tried again.',
      code,
    );
  }
  if (code && certificateCodes.test(code)) {
    return new RemoteError('connection', certificateWords[code] ?? unknownAuthority, code);
  }
  if (code && systemWords[code]) return new RemoteError('connection', systemWords[code], code);
  if (/does not support SSL/i.test(text)) {
    return new RemoteError(
      'connection',
      'The server does not encrypt connections, and this console asks for it.',
      'no-tls',
    );
  }
  if (/client password must be/i.test(text)) {
    return new RemoteError(
      'connection',
      'The server asks for a password that the server address does not hold.',
      'no-password',
    );
  }
  if (/timeout/i.test(text)) return new RemoteError('connection', 'The server does not answer.', 'timeout');
  return new RemoteError('connection', 'The connection to the server broke.', code);
}

/** A web page where the database should be: the sign-in page of a hotel's network, or a proxy. */
export const webPage = (): RemoteError =>
  new RemoteError(
    'connection',
    'A web page answers in place of the server. This network may ask you to sign in first: open any web page, then try again.',
    'web-page',
  );

/** An answer that no Provost server gives. */
export const nonsense = (): RemoteError =>
  new RemoteError(
    'nonsense',
    'The server answered something that a Provost server does not say. Nothing was changed here.',
    'nonsense',
  );
