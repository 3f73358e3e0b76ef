/** How long the database keeps what is not data: the platform setting `retention`, or what the learning platform asked for. */
import type pg from 'pg';

const defaults = { notificationDays: 90, sessionDays: 90, resultDays: 90, auditMonths: 24 };

export type Retention = typeof defaults;

/** @throws Error in words for people where the setting asks for something else than whole numbers */
export async function retentionOf(client: pg.ClientBase): Promise<Retention> {
  const { rows } = await client.query<{ value: unknown }>(
    `select value from app.platform_settings where key = 'retention' and deleted_at is null`,
  );
  const wanted = rows[0]?.value ?? {};
  const wrong = Object.entries(wanted).filter(
    ([name, value]) => !Object.hasOwn(defaults, name) || !Number.isInteger(value) || Number(value) < 1,
  );
  if (wrong.length > 0 || typeof wanted !== 'object') {
    throw new Error(
      `The platform setting “retention” says something that is not understood: ${JSON.stringify(wanted)}. ` +
        `It is an object of ${Object.keys(defaults).join(', ')}, each a whole number of at least 1.`,
    );
  }
  return { ...defaults, ...wanted };
}
