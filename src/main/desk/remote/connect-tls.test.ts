import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFakeServer, type FakeTls } from '../testing/fake-server';
import { createRemote } from './connect';
import { greet } from './hello';
import { RemoteError } from './remote-error';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const hello = { product: 'provost', protocol: 1, minProtocol: 1, epoch: 'e', now: 1, isPrimary: true };

let folder: string;
/** A certificate that names this computer, signed by itself, so that it is its own authority. */
function certify(name: string, names: string): FakeTls {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const made = spawnSync('openssl', [
    ...args,
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=${names}`,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe.skipIf(!hasOpenssl)('an encrypted connection', () => {
  let right: FakeTls;
  let elsewhere: FakeTls;
  let said = '';
  const closers: (() => Promise<void>)[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'provost-tls-'));
    right = certify('right', 'DNS:localhost,IP:127.0.0.1');
    elsewhere = certify('elsewhere', 'DNS:db.example.org');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function greeting(tls: FakeTls | null, query: string): Promise<string> {
    const server = await startFakeServer(() => hello, tls);
    const remote = createRemote(`${server.url}?${query}`, { connectWithin: 2_000 });
    closers.push(
      () => server.close(),
      () => remote.close(),
    );
    return greet(remote).then(
      () => 'greeted',
      (error: unknown) => {
        if (!(error instanceof RemoteError)) return String(error);
        said = error.message;
        return String(error.code);
      },
    );
  }
  const root = (name: string): string => `sslrootcert=${encodeURIComponent(join(folder, `${name}.pem`))}`;

  it('is made where the certificate is trusted and names the server', async () => {
    expect(await greeting(right, `sslmode=verify-full&${root('right')}`)).toBe('greeted');
  });

  it('is refused where nobody vouches for the certificate, or another authority does', async () => {
    expect(await greeting(right, 'sslmode=verify-full')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(said).toContain('not from an authority that this computer trusts');
    expect(await greeting(right, `sslmode=verify-ca&${root('elsewhere')}`)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('is refused where the certificate has expired, and the clock of this computer is named too', async () => {
    const [key, request, cert] = ['old.key', 'old.csr', 'old.pem'].map((file) => join(folder, file)) as [
      string,
      string,
      string,
    ];
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost'];
    spawnSync('openssl', ['req', '-new', ...ec, '-keyout', key, '-out', request]);
    const signed = spawnSync('openssl', ['x509', '-req', '-in', request, '-signkey', key, '-days', '-1', '-out', cert]);
    expect(signed.status, String(signed.stderr)).toBe(0);
    const old = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    expect(await greeting(old, `sslmode=verify-full&${root('old')}`)).toBe('CERT_HAS_EXPIRED');
    expect(said).toContain('has expired, or the clock of this computer is wrong');
  });

  it('is refused where the certificate names another server, unless only the authority is asked about', async () => {
    expect(await greeting(elsewhere, `sslmode=verify-full&${root('elsewhere')}`)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(said).toContain('is for another name');
    expect(await greeting(elsewhere, `sslmode=verify-ca&${root('elsewhere')}`)).toBe('greeted');
  });

  it('is not given up for a server that does not encrypt, unless the address says so', async () => {
    expect(await greeting(null, 'sslmode=require')).toBe('no-tls');
    expect(await greeting(null, 'sslmode=prefer')).toBe('greeted');
    expect(await greeting(right, 'sslmode=require')).toBe('greeted');
  });

  it('says when the file of the authority cannot be read', async () => {
    expect(await greeting(right, `sslmode=verify-full&${root('missing')}`)).toBe('no-ca');
  });
});
