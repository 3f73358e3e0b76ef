/**
 * The server text of the sign-in screen, understood.
 *
 * Security: without an instruction, a server on another computer is spoken to by TLS with its certificate and name verified; only this
 * computer's own address is reached in clear. `sslmode` says otherwise, with the meaning libpq gives it.
 */
import { Refusal } from '../../../shared/contract/outcome';

export type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export interface ServerAddress {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string | undefined;
  tls: TlsMode;
  /** Path of the certificate authority's file; undefined means the ones this computer trusts. */
  rootCertificate: string | undefined;
  /** False where a pooler stands between: it cannot pass notifications on. */
  allowsListen: boolean;
}

const tlsModes: Record<string, TlsMode> = {
  disable: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};
const DEFAULT_USER = 'provost_client';
const DEFAULT_DATABASE = 'provost';

const refuse = (message: string): never => {
  throw new Refusal({ kind: 'sign-in-refused', reason: 'unreachable', message });
};
const isThisComputer = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);
const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/**
 * Understands `postgres://user:password@host:port/database?sslmode=…`, `host:port/database`, `host/database` and `host`.
 * @throws Refusal in words where it is no address
 */
export function parseServer(text: string): ServerAddress {
  const trimmed = text.trim();
  if (trimmed === '') refuse('No server is given. Ask whoever set up Provost for its address.');
  const withScheme = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `postgres://${trimmed}`;
  let url: URL;
  try {
    url = new URL(withScheme.replace(/^postgresql:/i, 'postgres:'));
  } catch {
    return refuse('The server address cannot be read. It looks like db.example.org/provost.');
  }
  if (url.protocol !== 'postgres:')
    refuse('The server address has to begin with postgres:// or with the name of the server.');
  const host = decode(url.hostname).replace(/^\[|\]$/g, '');
  if (host === '') refuse('The server address names no server. It looks like db.example.org/provost.');
  const mode = url.searchParams.get('sslmode');
  const tls = mode === null ? (isThisComputer(host) ? 'disable' : 'verify-full') : tlsModes[mode];
  if (!tls) return refuse(`The server address asks for an unknown kind of encryption. Use sslmode=verify-full.`);
  const root = url.searchParams.get('sslrootcert');
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database: decode(url.pathname.replace(/^\//, '')) || DEFAULT_DATABASE,
    user: decode(url.username) || DEFAULT_USER,
    password: url.password === '' ? undefined : decode(url.password),
    tls,
    rootCertificate: root === null || root === 'system' ? undefined : root,
    allowsListen: url.searchParams.get('listen') !== 'off' && url.searchParams.get('pgbouncer') !== 'true',
  };
}

/** The server's name for people and for the store's file: never a user, a password or an option. */
export function serverName(address: ServerAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}${address.port === 5432 ? '' : `:${address.port}`}/${address.database}`;
}
