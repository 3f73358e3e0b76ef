import { boolean, choice, defineEntity, email, text, timestamp } from '../model';

export const consoleRoles = ['super_admin', 'program_admin', 'program_coordinator', 'tutor'] as const;
export const administeredRoles = ['mentor', 'student', 'guardian', 'employer', 'institution'] as const;

/** The password hash is held by the central database alone and is no field of this entity. */
export const user = defineEntity('users', {
  number: 1,
  labels: { one: 'User', many: 'Users' },
  meaning: 'Somebody with an account: the four console roles, and the people the console administers.',
  scope: 'account',
  area: 'access',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'super_admin' },
  title: ['fullName'],
  sort: ['fullName'],
  fields: {
    fullName: text({ label: 'Full name', required: true, max: 255, search: true }),
    email: email({ label: 'Email', required: true, search: true }),
    username: text({ label: 'Username', required: true, min: 2, max: 100, search: true }),
    role: choice({
      label: 'Role',
      required: true,
      values: [...consoleRoles, ...administeredRoles],
      names: { program_admin: 'Program admin', program_coordinator: 'Program coordinator', super_admin: 'Super admin' },
    }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['pending_verification', 'active', 'suspended'],
      names: { pending_verification: 'Pending verification' },
      default: 'active',
      help: 'Only active users may sign in.',
    }),
    emailVerified: boolean({ label: 'Email verified', required: true, default: false, hidden: true }),
    lastLoginAt: timestamp({ label: 'Last sign-in', readOnly: true }),
  },
  unique: [['email'], ['username']],
});
