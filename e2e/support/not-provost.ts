/** A database on the same server that knows nothing of Provost. */
import type { Central } from './central';

export async function startNotProvost({ sql, server }: Central): Promise<{ url: string; drop(): Promise<void> }> {
  await sql('create database somebody_elses template template0');
  const url = new URL(server);
  url.pathname = '/somebody_elses';
  return { url: url.href, drop: async () => void (await sql('drop database somebody_elses with (force)')) };
}
