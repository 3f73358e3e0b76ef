import type { DemoAccount } from '../../shared/contract/requests';

/** Security: for the demonstration only; `seed` refuses a database that holds anything else. */
export const demoPassword = 'Swim-2026!';

/** Who can be tried in the demonstration, and in which programs (by code) they work. The rest of the seed refers to them by key. */
export const demoPeople = {
  superAdmin: {
    name: 'Folake Adeyinka',
    role: 'super_admin',
    status: 'active',
    programs: [],
    note: 'Sees every program and the whole platform.',
  },
  swimAdmin: {
    name: 'Amaka Obi',
    role: 'program_admin',
    status: 'active',
    programs: ['LAG-SWIM'],
    note: 'Runs Lagos Swim School: curricula, prices, people.',
  },
  swimCoordinator: {
    name: 'Tunde Bakare',
    role: 'program_coordinator',
    status: 'active',
    programs: ['LAG-SWIM'],
    note: 'Assigns students to facilities at Lagos Swim School, and looks after bookings.',
  },
  swimTutor: {
    name: 'Chika Eze',
    role: 'tutor',
    status: 'active',
    programs: ['LAG-SWIM'],
    note: 'Teaches at Lagos Swim School; records progress and grades what is handed in.',
  },
  collegeAdmin: {
    name: 'Ngozi Okafor',
    role: 'program_admin',
    status: 'active',
    programs: ['YTC-ELEC', 'YTC-COMP'],
    note: 'Runs both programs of Yaba Technical College, and sees no other.',
  },
  accraAdmin: {
    name: 'Kwame Mensah',
    role: 'program_admin',
    status: 'active',
    programs: ['ACC-SWIM'],
    note: 'Runs Accra Coast Swim Club, priced in Ghanaian cedi.',
  },
  suspended: {
    name: 'Sola Adeyemi',
    role: 'program_coordinator',
    status: 'suspended',
    programs: ['LAG-SWIM'],
    note: 'Suspended: sign-in is refused.',
  },
  pending: {
    name: 'Bisi Alade',
    role: 'tutor',
    status: 'pending_verification',
    programs: ['LAG-SWIM'],
    note: 'Has not confirmed the email address yet: sign-in is refused.',
  },
  guardian: {
    name: 'Ronke Balogun',
    role: 'guardian',
    status: 'active',
    programs: ['LAG-SWIM'],
    note: 'A parent: has an account, but no access to the console.',
  },
} as const;

export type DemoKey = keyof typeof demoPeople;
export const demoKeys = Object.keys(demoPeople) as DemoKey[];

export const demoUsername = (key: DemoKey): string => demoPeople[key].name.toLowerCase().replace(' ', '.');
export const demoEmail = (key: DemoKey): string => `${demoUsername(key)}@provost.example`;

const roleNames: Record<(typeof demoPeople)[DemoKey]['role'], string> = {
  super_admin: 'Super admin',
  program_admin: 'Program admin',
  program_coordinator: 'Program coordinator',
  tutor: 'Tutor',
  guardian: 'Guardian',
};

export const demoAccounts: DemoAccount[] = demoKeys.map((key) => ({
  email: demoEmail(key),
  password: demoPassword,
  name: demoPeople[key].name,
  role: roleNames[demoPeople[key].role],
  note: demoPeople[key].note,
}));
