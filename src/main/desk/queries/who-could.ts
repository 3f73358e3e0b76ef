import type { NeedsYou } from '../../../shared/contract/needs-you';
import type { SessionFacts } from '../../../shared/contract/wire';
import { consoleRoles } from '../../../shared/entities/user';
import { rankOf } from '../../../shared/rules/permit';
import type { Readable } from '../local/handles';
import { getMeta } from '../local/meta';
import { statement } from '../local/statements';

const most = 5;

/**
 * Whom to ask for what this person may not do: those above them in these programs, the nearest first. A super admin is everywhere.
 */
export function whoCould(db: Readable, programs: readonly string[]): NeedsYou['ask'] {
  const me = JSON.parse(getMeta(db, 'session') ?? 'null') as SessionFacts | null;
  if (!me) return [];
  const above = consoleRoles.filter((role) => rankOf(role) > rankOf(me.role));
  const roles = above.filter((role) => rankOf(role) >= rankOf('program_admin'));
  // Who stands highest asks others of the same standing.
  const asked = roles.length > 0 ? roles : ['super_admin'];
  const found = statement(
    db,
    `select u.full_name as name, u.email, u.role from users u
     where u.status = 'active' and u.id <> ? and u.role in (select value from json_each(?))
       and (u.role = 'super_admin' or exists (select 1 from user_program_assignments a
         where a.user_id = u.id and a.program_id in (select value from json_each(?))))
     order by lower(u.full_name)`,
  ).all(me.userId, JSON.stringify(asked), JSON.stringify(programs)) as NeedsYou['ask'];
  return found.sort((a, b) => rankOf(a.role) - rankOf(b.role)).slice(0, most);
}
