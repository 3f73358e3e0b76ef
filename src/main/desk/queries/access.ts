import type { AccessPerson } from '../../../shared/contract/requests';
import { consoleRoles } from '../../../shared/entities/user';
import { entityOf } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { rankOf, whyNot, whyNotChange } from '../../../shared/rules/permit';
import type { Query } from '../context';
import { readerOf, readRows } from '../local/rows';
import { titleOf } from './titles';

/** Who has access to what, since when, and who gave it: the staff this desk knows, the highest role first. */
export const access: Query<'access.read'> = ({ read, session }, { programs }) => {
  const row = readerOf(read);
  const users = entityOf('users');
  const assigning = entityOf('user_program_assignments');
  const known = readRows(read, 'programs', '').filter(({ id }) => programs.length === 0 || programs.includes(id));
  const byProgram = new Map(known.map((program) => [program.id, program]));
  const assignments = Map.groupBy(readRows(read, 'user_program_assignments', ''), (one) => String(one['userId']));
  const nameOf = (id: unknown): string | null =>
    typeof id === 'string' ? titleOf(read, 'users', id) || 'Somebody outside your programs' : null;

  const placesOf = (id: string): AccessPerson['programs'] =>
    (assignments.get(id) ?? []).flatMap((one) => {
      const program = byProgram.get(String(one['programId']));
      if (!program) return [];
      return [
        {
          assignmentId: one.id,
          ...named(program),
          since: one['assignedAt'] as number | null,
          by: nameOf(one['assignedBy']),
          whyNotEnd: whyNot(session, assigning, 'remove', one, row),
        },
      ];
    });
  const personOf = (user: AnyRow): AccessPerson => {
    const status = user['status'] as AccessPerson['status'];
    const turned = status === 'active' ? 'suspended' : 'active';
    return {
      id: user.id,
      fullName: String(user['fullName']),
      email: String(user['email']),
      role: String(user['role']),
      status,
      lastLoginAt: user['lastLoginAt'] as number | null,
      since: user.createdAt,
      by: nameOf(user.createdBy),
      programs: placesOf(user.id),
      whyNotTurn:
        user.id === session.userId
          ? 'This is your own account: somebody else has to do it.'
          : whyNotChange(session, users, user, { status: turned }, row),
    };
  };
  const people = readRows(
    read,
    'users',
    `where t.role in (${consoleRoles.map(() => '?').join(', ')}) order by lower(t.full_name)`,
    ...consoleRoles,
  ).map(personOf);
  return {
    people: people
      .filter(({ role, programs: places }) => programs.length === 0 || role === 'super_admin' || places.length > 0)
      .sort((a, b) => rankOf(b.role) - rankOf(a.role)),
    programs: known
      .map((program) => ({
        ...named(program),
        whyNotAssign: whyNot(session, assigning, 'create', { programId: program.id }, row),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
};

const named = (program: AnyRow): { programId: string; code: string; name: string } => ({
  programId: program.id,
  code: String(program['code']),
  name: String(program['name']),
});
