/** Students, who answers for them, and what must be known in an emergency. */
import { addDays, yearOf } from './calendar';
import { rememberStudent } from './history';
import { addressFrom, handleOf, mailDomainFrom, personFrom, phoneFrom, placeFrom } from './names';
import { ageGroups, coursesOf, type AgeGroup } from './plans';
import type { Random } from './random';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { coordinatorId, demoUserId, momentOn, type Block } from './world';

export const studentsPerPart = 50;

export interface Learner {
  row: SeedRow<'students'>;
  ageGroup: AgeGroup;
  /** The guardians' user ids. */
  guardians: string[];
}
export interface People {
  learners: Learner[];
  /** Guardians and students who have an account. */
  accounts: SeedRow<'users'>[];
  chunks: SeedChunk[];
}

/** Rows grow here while the students are drawn one by one. */
interface Register {
  users: SeedRow<'users'>[];
  profiles: SeedRow<'profiles'>[];
  assignments: SeedRow<'user_program_assignments'>[];
  students: SeedRow<'students'>[];
  confidential: SeedRow<'student_confidential'>[];
  guardians: SeedRow<'student_guardians'>[];
}

export function generatePeople(block: Block, numberFor: (year: number) => string): People {
  const register: Register = {
    users: [],
    profiles: [],
    assignments: [],
    students: [],
    confidential: [],
    guardians: [],
  };
  const groups = (Object.keys(ageGroups) as AgeGroup[]).filter((group) =>
    coursesOf(block.plan).some((course) => course.ages.includes(group)),
  );
  const family = familiesOf(block, register);
  const learners = Array.from({ length: studentsPerPart }, (_, at) => {
    const random = block.random('student', at);
    const ageGroup = random.pick(groups);
    return enrol(block, at, ageGroup, random, register, family, numberFor);
  });
  return {
    learners,
    accounts: register.users,
    chunks: [
      chunk('users', register.users),
      chunk('profiles', register.profiles),
      chunk('user_program_assignments', register.assignments),
      chunk('students', register.students),
      chunk('student_confidential', register.confidential),
      chunk('student_guardians', register.guardians),
    ],
  };
}

interface Guardian {
  id: string;
  last: string;
  isFemale: boolean;
  phone: string;
  name: string;
}

/** A new guardian, or now and then the one of the child before: brothers and sisters learn together. */
function familiesOf(block: Block, register: Register): (at: number, random: Random) => Guardian {
  const { world, plan, part } = block;
  let previous: Guardian | null =
    plan.code === 'LAG-SWIM' && part === 0
      ? {
          id: demoUserId(world, 'guardian'),
          last: 'Balogun',
          isFemale: true,
          phone: '+234 803 555 0199',
          name: 'Ronke Balogun',
        }
      : null;
  let isFirst = previous !== null;
  return (at, random) => {
    if (previous && (isFirst || random.chance(0.25))) {
      isFirst = false;
      return previous;
    }
    const person = personFrom(plan.region, random);
    const id = block.id('users', 'guardian', at);
    const name = `${person.first} ${person.last}`;
    const joined = momentOn(addDays(world.today, -random.int(60, 700)), random);
    addAccount(block, register, {
      id,
      name,
      handle: handleOf(person.first, person.last),
      role: 'guardian',
      joined,
      random,
    });
    previous = { id, last: person.last, isFemale: person.isFemale, phone: phoneFrom(plan.region, random), name };
    return previous;
  };
}

interface Account {
  id: string;
  name: string;
  handle: string;
  role: 'guardian' | 'student';
  joined: number;
  random: Random;
}

function addAccount(
  block: Block,
  register: Register,
  { id, name, handle, role, joined, random }: Account,
): SeedRow<'users'> {
  const createdBy = coordinatorId(block.world, block.plan.code);
  const username = block.world.handle(handle);
  const isNew = random.chance(0.06);
  const user: SeedRow<'users'> = {
    id,
    fullName: name,
    email: `${username}@${mailDomainFrom(block.plan.region, random)}`,
    username,
    role,
    status: isNew ? 'pending_verification' : random.chance(0.02) ? 'suspended' : 'active',
    emailVerified: !isNew,
    lastLoginAt: null,
    createdAt: joined,
    createdBy,
  };
  register.users.push(user);
  register.assignments.push({
    id: block.id('assignment', id),
    programId: block.programId,
    userId: id,
    assignedAt: Math.min(joined, block.world.now),
    assignedBy: createdBy,
    createdAt: joined,
    createdBy,
  });
  if (random.chance(0.3)) {
    register.profiles.push({
      id: block.id('profiles', id),
      userId: id,
      bio: null,
      avatarUrl: null,
      location: placeFrom(block.plan.region, random),
      dateOfBirth: role === 'guardian' ? addDays(block.world.today, -random.int(28 * 365, 55 * 365)) : null,
      linkedinUrl: null,
      facilitatorDetails: null,
      institutionDetails: null,
      createdAt: joined,
      createdBy: id,
    });
  }
  return user;
}

function enrol(
  block: Block,
  at: number,
  ageGroup: AgeGroup,
  random: Random,
  register: Register,
  guardianFor: (at: number, random: Random) => Guardian,
  numberFor: (year: number) => string,
): Learner {
  const { world, plan } = block;
  const isMinor = ageGroup !== 'adults';
  // Some have nobody on record: the console lists them.
  const guardian = isMinor && random.chance(0.92) ? guardianFor(at, random) : null;
  const person = personFrom(plan.region, random, guardian?.last);
  const enrollmentDate = addDays(world.today, -random.int(12, 700));
  const joined = momentOn(enrollmentDate, random);
  const createdBy = coordinatorId(world, plan.code);
  const id = block.id('students', at);
  const handle = handleOf(person.first, person.last);
  const account =
    !isMinor && random.chance(0.4)
      ? addAccount(block, register, {
          id: block.id('users', 'student', at),
          name: `${person.first} ${person.last}`,
          handle,
          role: 'student',
          joined,
          random,
        })
      : null;
  const mail = `${handle}@${mailDomainFrom(plan.region, random)}`;
  const row: SeedRow<'students'> = {
    id,
    programId: block.programId,
    studentNumber: numberFor(yearOf(enrollmentDate)),
    firstName: person.first,
    lastName: person.last,
    email: account?.email ?? (ageGroup === 'adults' || (ageGroup === '13-17' && random.chance(0.5)) ? mail : null),
    phone: isMinor ? (guardian?.phone ?? null) : phoneFrom(plan.region, random),
    dateOfBirth: random.chance(0.98) || isMinor ? birthDate(world.today, ageGroup, random) : null,
    enrollmentDate,
    status: statusOf(random),
    address: random.chance(0.9) ? addressFrom(plan.region, random) : null,
    userId: account?.id ?? null,
    createdAt: joined,
    createdBy,
  };
  rememberStudent(block, row, random);
  register.students.push(row);
  if (guardian) {
    const parent = guardian.isFemale ? 'mother' : 'father';
    register.guardians.push({
      id: block.id('student_guardians', at),
      programId: block.programId,
      studentId: id,
      guardianId: guardian.id,
      relationship: random.chance(0.88) ? parent : random.pick(['grandparent', 'guardian', 'other'] as const),
      createdAt: joined + 120_000,
      createdBy,
    });
  }
  if (random.chance(0.94)) register.confidential.push(confidentialRow(block, row, guardian, random));
  return { row, ageGroup, guardians: guardian ? [guardian.id] : [] };
}

function statusOf(random: Random): SeedRow<'students'>['status'] {
  const draw = random.next();
  return draw < 0.86 ? 'active' : draw < 0.92 ? 'inactive' : draw < 0.97 ? 'graduated' : 'withdrawn';
}

function birthDate(today: string, ageGroup: AgeGroup, random: Random): string {
  const { from, to } = ageGroups[ageGroup];
  // Two months away from either birthday at the edges of the group.
  const days = random.int(Math.round(from * 365.25) + 60, Math.round((Math.min(to, 46) + 1) * 365.25) - 60);
  return addDays(today, -days);
}

const conditions = [
  'Asthma',
  'Sickle cell trait',
  'Epilepsy, controlled',
  'Type 1 diabetes',
  'Short-sighted',
  'Grommets: keep ears dry',
];
const allergies = ['Peanuts', 'Penicillin', 'Chlorine: rinse at once', 'Bee stings', 'Shellfish'];
const medication = [
  'Salbutamol inhaler in the bag',
  'Insulin, with the guardian',
  'Adrenaline pen in the first-aid box',
];

function confidentialRow(
  block: Block,
  student: SeedRow<'students'>,
  guardian: Guardian | null,
  random: Random,
): SeedRow<'student_confidential'> {
  const other = personFrom(block.plan.region, random, student.lastName);
  const contact = guardian ?? { name: `${other.first} ${other.last}`, phone: phoneFrom(block.plan.region, random) };
  const medical = {
    ...(random.chance(0.55) ? { conditions: random.pick(conditions) } : {}),
    ...(random.chance(0.4) ? { allergies: random.pick(allergies) } : {}),
    ...(random.chance(0.3) ? { medication: random.pick(medication) } : {}),
    ...(random.chance(0.2) ? { notes: 'Call before giving anything.' } : {}),
  };
  return {
    id: block.id('student_confidential', student.id),
    programId: block.programId,
    studentId: student.id,
    emergencyContact: random.chance(0.95)
      ? { name: contact.name, relationship: guardian ? 'Guardian' : 'Relative', phone: contact.phone }
      : null,
    medicalInfo: random.chance(0.4) && Object.keys(medical).length > 0 ? medical : null,
    createdAt: student.createdAt + 300_000,
    createdBy: student.createdBy,
  };
}
