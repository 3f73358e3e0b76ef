import { describe, expect, it } from 'vitest';
import { parseServer, serverName } from './server-address';

describe('the server text of the sign-in screen', () => {
  it('understands a whole address', () => {
    expect(parseServer('postgres://ana:p%40ss@db.example.org:6432/school?sslmode=require')).toMatchObject({
      host: 'db.example.org',
      port: 6432,
      database: 'school',
      user: 'ana',
      password: 'p@ss',
      tls: 'require',
    });
  });

  it('understands a host with a database, and a host alone', () => {
    expect(parseServer(' db.example.org/school ')).toMatchObject({
      host: 'db.example.org',
      port: 5432,
      database: 'school',
      user: 'provost_client',
    });
    expect(parseServer('db.example.org:5433')).toMatchObject({
      host: 'db.example.org',
      port: 5433,
      database: 'provost',
    });
  });

  it('verifies the certificate of every server that is not this computer', () => {
    expect(parseServer('db.example.org').tls).toBe('verify-full');
    expect(parseServer('postgres://a@10.0.0.1/x').tls).toBe('verify-full');
    expect(parseServer('postgres://a@127.0.0.1/x').tls).toBe('disable');
    expect(parseServer('postgres://a@127.0.0.1/x?sslmode=verify-full&sslrootcert=/ca.pem')).toMatchObject({
      tls: 'verify-full',
      rootCertificate: '/ca.pem',
    });
  });

  it('names a server without its credentials', () => {
    expect(serverName(parseServer('postgres://ana:secret@db.example.org:6432/school?sslmode=require'))).toBe(
      'db.example.org:6432/school',
    );
    expect(serverName(parseServer('postgres://ana:secret@[::1]/school'))).toBe('[::1]/school');
  });

  it('refuses what is no address, without repeating it', () => {
    for (const text of [
      '',
      'http://example.org',
      'postgres://a:secret@host:port/db',
      'postgres://a:secret@h/d?sslmode=maybe',
    ]) {
      expect(() => parseServer(text)).toThrow();
      try {
        parseServer(text);
      } catch (error) {
        expect(String(error)).not.toContain('secret');
      }
    }
  });
});
