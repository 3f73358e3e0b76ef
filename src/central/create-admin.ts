/** The first super admin, and new passwords: one-time passwords are shown once and kept nowhere. */
import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { newId } from '../shared/model';

// Without letters and digits that are easily taken for one another.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 20 characters in groups of five: 98 bits. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return (letters.match(/.{5}/g) ?? []).join('-');
}

export interface CreatedAdmin {
  userId: string;
  email: string;
  password: string;
}

/**
 * Makes a super admin who may sign in at once.
 * @param client connected as a superuser or as `provost_owner`
 * @throws Error in words for people where the email or username is taken
 */
export async function createAdmin(
  client: pg.ClientBase,
  admin: { email: string; fullName: string; username?: string; password?: string },
): Promise<CreatedAdmin> {
  const email = admin.email.trim();
  const local = email.split('@')[0] ?? '';
  const username = admin.username ?? (local.length >= 2 ? local : email);
  const taken = await client.query(
    'select from app.users where (lower(email) = lower($1) or lower(username) = lower($2)) and deleted_at is null',
    [email, username],
  );
  if (taken.rowCount !== 0) throw new Error(`Somebody has the email ${email} or the username ${username} already.`);
  const userId = newId();
  const password = admin.password ?? oneTimePassword();
  await client.query('begin');
  try {
    await client.query(
      `insert into app.users (id, full_name, email, username, role, status, email_verified) values ($1, $2, $3, $4, 'super_admin', 'active', true)`,
      [userId, admin.fullName, email, username],
    );
    await client.query('select auth.set_password($1, $2, true)', [userId, password]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return { userId, email, password };
}

/** A new one-time password for somebody; ends all their sessions and lifts a lock-out. */
export async function resetPassword(client: pg.ClientBase, email: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select id from app.users where lower(email) = lower($1) and deleted_at is null',
    [email.trim()],
  );
  const id = rows[0]?.id;
  if (!id) throw new Error(`Nobody has the email ${email}.`);
  const password = oneTimePassword();
  await client.query('select auth.set_password($1, $2, true)', [id, password]);
  await client.query('update auth.session set revoked_at = now() where user_id = $1 and revoked_at is null', [id]);
  await client.query(
    `delete from auth.attempt where key = 'a:' || encode(sha256(convert_to(lower($1), 'UTF8')), 'hex')`,
    [email.trim()],
  );
  return password;
}
