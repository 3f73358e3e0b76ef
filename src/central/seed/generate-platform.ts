/** What exists once, whatever the factor: staff, institutions, programs and their option lists, platform settings. */
import type { Json } from '../../shared/model';
import { commissionSetting } from '../../shared/rules/commission';
import { plainView, type ViewDefinition } from '../../shared/rules/view-definition';
import { slugOf } from '../../shared/rules/validate';
import { addDays } from './calendar';
import { commissionPercent } from './generate-commerce';
import { demoKeys, demoPeople, demoUsername } from './demo-accounts';
import { regionOf } from './generate-directory';
import { handleOf, personFrom, placeFrom, type Region } from './names';
import { courseSets } from './plan-courses';
import { ageGroups, institutions, locationTypes, programs, sessionTypes, type ProgramPlan } from './plans';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { socialLinks } from './social-links';
import {
  adminId,
  coordinatorId,
  demoUserId,
  foundingDay,
  hasDemoAdmin,
  momentOn,
  planOf,
  programId,
  tutorId,
  tutorsPerProgram,
  type World,
} from './world';

interface Staff {
  user: SeedRow<'users'>;
  region: Region;
  /** Codes of their programs. */
  programs: readonly string[];
}

export function generatePlatform(world: World): SeedChunk[] {
  const staff = [...demoStaff(world), ...programs.flatMap((plan) => programStaff(world, plan))];
  const root = demoUserId(world, 'superAdmin');
  const founded = foundingDay(world);
  const offices = institutions.map(({ name, location }) => officeAccount(world, name, location, root));
  return [
    chunk(
      'users',
      staff.map(({ user }) => user),
    ),
    chunk(
      'profiles',
      staff.map((member) => profileOf(world, member)),
    ),
    chunk(
      'social_links',
      staff.flatMap(({ user }) => socialLinks(world, user)),
    ),
    chunk('users', offices),
    chunk('institutions', institutionRows(world, offices, root)),
    chunk('programs', programRows(world, root)),
    chunk(
      'user_program_assignments',
      staff.flatMap(({ user, programs }) =>
        programs.map((code) => ({
          id: world.id('assignment', user.id, code),
          programId: programId(world, code),
          userId: user.id,
          assignedAt: user.createdAt,
          assignedBy: root,
          createdAt: user.createdAt,
          createdBy: root,
        })),
      ),
    ),
    chunk(
      'program_options',
      programs.flatMap((plan) => optionRows(world, plan)),
    ),
    chunk(
      'shared_views',
      programs.map((plan) => sharedView(world, plan)),
    ),
    chunk('platform_settings', settingRows(world, momentOn(founded, world.random('settings')), root)),
  ];
}

function demoStaff(world: World): Staff[] {
  return demoKeys.map((key) => {
    const person = demoPeople[key];
    const random = world.random('demo', key);
    const user = userRow(
      world,
      demoUserId(world, key),
      person.name,
      demoUsername(key),
      person.role,
      random.int(0, 200),
    );
    const isActive = person.status === 'active';
    const region = person.programs[0] ? planOf(person.programs[0]).region : 'nigeria';
    user.email = `${user.username}@provost.example`;
    user.status = person.status;
    user.emailVerified = person.status !== 'pending_verification';
    user.lastLoginAt =
      isActive && person.role !== 'guardian' ? momentOn(addDays(world.today, -random.int(1, 6)), random) : null;
    return { user, region, programs: person.programs };
  });
}

function programStaff(world: World, plan: ProgramPlan): Staff[] {
  const { code, region } = plan;
  const random = world.random('staff', code);
  const member = (id: string, role: SeedRow<'users'>['role']): Staff => {
    const person = personFrom(region, random);
    const user = userRow(
      world,
      id,
      `${person.first} ${person.last}`,
      handleOf(person.first, person.last),
      role,
      random.int(30, 500),
    );
    user.lastLoginAt = random.chance(0.8) ? momentOn(addDays(world.today, -random.int(1, 40)), random) : null;
    return { user, region, programs: [code] };
  };
  return [
    ...(hasDemoAdmin(code) ? [] : [member(adminId(world, code), 'program_admin')]),
    ...(code === 'LAG-SWIM' ? [] : [member(coordinatorId(world, code), 'program_coordinator')]),
    ...Array.from({ length: tutorsPerProgram }, (_, at) => at)
      .filter((at) => code !== 'LAG-SWIM' || at > 0)
      .map((at) => member(tutorId(world, code, at), 'tutor')),
  ];
}

function userRow(
  world: World,
  id: string,
  fullName: string,
  wantedHandle: string,
  role: SeedRow<'users'>['role'],
  daysAfterFounding: number,
): SeedRow<'users'> {
  const username = world.handle(wantedHandle);
  const joined = addDays(foundingDay(world), daysAfterFounding);
  return {
    id,
    fullName,
    email: `${username}@staff.provost.example`,
    username,
    role,
    status: 'active',
    emailVerified: true,
    lastLoginAt: null,
    createdAt: momentOn(joined, world.random('joined', id)),
    createdBy: null,
  };
}

const staffBios = [
  'Joined after ten years of teaching, and still prefers the mornings.',
  'Believes in short lessons, clear targets and written feedback.',
  'Trained in Ibadan and Cardiff; keeps the equipment in order.',
  'Looks after new learners and the people who bring them.',
  'Runs the Saturday sessions and the holiday camps.',
];

function profileOf(world: World, { user, region }: Staff): SeedRow<'profiles'> {
  const random = world.random('profile', user.id);
  const isTeaching = user.role === 'tutor';
  return {
    id: world.id('profiles', user.id),
    userId: user.id,
    bio: random.chance(0.8) ? random.pick(staffBios) : null,
    avatarUrl: null,
    location: placeFrom(region, random),
    dateOfBirth: addDays(world.today, -random.int(26 * 365, 58 * 365)),
    linkedinUrl: random.chance(0.4) ? `https://www.linkedin.com/in/${user.username.replaceAll('.', '-')}-demo` : null,
    facilitatorDetails: isTeaching ? { yearsOfExperience: random.int(2, 22), languages: ['English'] } : null,
    institutionDetails: null,
    createdAt: user.createdAt,
    createdBy: user.id,
  };
}

/** The account an institution has on the platform; it belongs to no program. */
function officeAccount(world: World, name: string, location: string, createdBy: string): SeedRow<'users'> {
  const random = world.random('office', name);
  const person = personFrom(regionOf(location), random);
  const user = userRow(
    world,
    world.id('users', 'office', name),
    `${person.first} ${person.last}`,
    handleOf(person.first, person.last),
    'institution',
    random.int(1, 20),
  );
  return { ...user, email: `office@${handleOf(name)}.example`, createdBy };
}

const institutionRows = (world: World, offices: SeedRow<'users'>[], createdBy: string): SeedRow<'institutions'>[] =>
  institutions.map(({ name, location, website, size, founded }, at) => ({
    id: world.id('institutions', name),
    name,
    location,
    website,
    size,
    accountUserId: offices[at]?.id ?? null,
    details: { founded },
    createdAt: momentOn(foundingDay(world), world.random('institutions', name)),
    createdBy,
  }));

const programRows = (world: World, createdBy: string): SeedRow<'programs'>[] =>
  programs.map((plan) => ({
    id: programId(world, plan.code),
    institutionId: world.id('institutions', plan.institution),
    code: plan.code,
    name: plan.name,
    description: plan.description,
    programType: plan.type,
    currency: plan.currency,
    timeZone: plan.timeZone,
    isActive: true,
    usesWaitlist: false,
    createdAt: momentOn(addDays(foundingDay(world), 1), world.random('programs', plan.code)),
    createdBy,
  }));

/** Every value that the courses of a program use, and one that none uses any more. */
function optionRows(world: World, plan: ProgramPlan): SeedRow<'program_options'>[] {
  const { courses, categories } = courseSets[plan.courses];
  const used = <K extends string>(all: readonly K[], codes: (course: (typeof courses)[number]) => readonly K[]) =>
    all.filter((code) => courses.some((course) => codes(course).includes(code)));
  const createdAt = momentOn(addDays(foundingDay(world), 2), world.random('options', plan.code));
  const list = (
    optionKind: SeedRow<'program_options'>['optionKind'],
    values: [code: string, label: string, isActive?: boolean][],
  ) =>
    values.map(([code, label, isActive = true], at) => ({
      id: world.id('options', plan.code, optionKind, code),
      programId: programId(world, plan.code),
      optionKind,
      code,
      label,
      sequence: at + 1,
      isActive,
      createdAt,
      createdBy: adminId(world, plan.code),
    }));
  const codesOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as K[];
  return [
    ...list(
      'age_group',
      used(codesOf(ageGroups), (course) => course.ages).map((code) => [code, ageGroups[code].label]),
    ),
    ...list(
      'location_type',
      used(codesOf(locationTypes), (course) => course.locations).map((code) => [code, locationTypes[code]]),
    ),
    ...list('session_type', [
      ...used(codesOf(sessionTypes), (course) => course.sessions).map((code): [string, string] => [
        code,
        sessionTypes[code],
      ]),
      ['trial', 'Trial lesson', false],
    ]),
    ...list(
      'course_category',
      categories.map((label) => [slugOf(label), label]),
    ),
  ];
}

/** Ready for everybody in the program: who learns what just now. */
function sharedView(world: World, { code }: ProgramPlan): SeedRow<'shared_views'> {
  const definition: Json & ViewDefinition = {
    ...plainView,
    filters: [{ filter: { field: 'status', test: 'is', value: 'active' }, isOff: false }],
    sort: [{ field: 'progressPercentage', descending: false }],
    group: 'courseId',
    figures: [
      { field: 'progressPercentage', of: 'average' },
      { field: 'priceAgreed', of: 'sum' },
    ],
  };
  return {
    id: world.id('shared_views', code, 'active'),
    programId: programId(world, code),
    entity: 'course_enrollments',
    name: 'Active, by course',
    definition,
    createdAt: momentOn(addDays(foundingDay(world), 30), world.random('shared_views', code)),
    createdBy: coordinatorId(world, code),
  };
}

const settings: Record<string, Json> = {
  'default-currency': 'NGN',
  'default-time-zone': 'Africa/Lagos',
  [commissionSetting]: { percent: commissionPercent },
  'support-email': 'support@provost.example',
};
/** The setting that marks a database as the demonstration's own. */
export const markerKey = 'demonstration';
export const settingKeys: readonly string[] = [...Object.keys(settings), markerKey];

const settingRows = (world: World, createdAt: number, createdBy: string): SeedRow<'platform_settings'>[] =>
  Object.entries({ ...settings, [markerKey]: { seed: world.seed, factor: world.factor } }).map(([key, value]) => ({
    id: world.id('settings', key),
    key,
    value,
    createdAt,
    createdBy,
  }));
