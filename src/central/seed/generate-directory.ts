/** What all programs share: things to read, fields of knowledge, employers and their positions. */
import { addDays } from './calendar';
import { handleOf, personFrom, type Region } from './names';
import { employers, resources } from './plan-careers';
import { mentoringPlans } from './plan-mentoring';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { demoUserId, foundingDay, momentOn, type World } from './world';

export function generateDirectory(world: World): SeedChunk[] {
  const tags = [...new Set(Object.values(mentoringPlans).flatMap(({ tags }) => tags))].sort();
  const createdBy = demoUserId(world, 'superAdmin');
  const accounts = employers.map(({ name, location }) => employerAccount(world, name, regionOf(location)));
  return [
    chunk('users', accounts),
    chunk('resources', resourceRows(world, createdBy)),
    chunk(
      'expertise_tags',
      tags.map((name) => ({
        id: world.id('expertise_tags', name),
        name,
        createdAt: momentOn(addDays(foundingDay(world), 20), world.random('tags', name)),
        createdBy,
      })),
    ),
    chunk(
      'employers',
      employers.map(({ name, industry, location }, at) => ({
        id: world.id('employers', name),
        name,
        accountUserId: accounts[at]?.id ?? null,
        industry,
        location,
        website: `https://${handleOf(name)}.example`,
        description: `**${name}** in ${location} takes people from our programs: interns first, colleagues later.`,
        createdAt: accounts[at]?.createdAt ?? 0,
        createdBy,
      })),
    ),
    chunk('jobs', jobRows(world, createdBy)),
  ];
}

/** Where somebody lives and looks for work. */
export const regionOf = (location: string): Region =>
  location.includes('Lagos') ? 'nigeria' : location === 'Southampton' ? 'unitedKingdom' : 'ghana';

function employerAccount(world: World, name: string, region: Region): SeedRow<'users'> {
  const random = world.random('employers', name);
  const person = personFrom(region, random);
  const username = world.handle(handleOf(person.first, person.last));
  return {
    id: world.id('users', 'employer', name),
    fullName: `${person.first} ${person.last}`,
    email: `${username}@${handleOf(name)}.example`,
    username,
    role: 'employer',
    status: 'active',
    emailVerified: true,
    lastLoginAt: null,
    createdAt: momentOn(addDays(foundingDay(world), random.int(30, 400)), random),
    createdBy: demoUserId(world, 'superAdmin'),
  };
}

const resourceRows = (world: World, createdBy: string): SeedRow<'resources'>[] =>
  resources.map(([title, kind, tags, description], at) => {
    const random = world.random('resources', title);
    return {
      id: world.id('resources', title),
      title,
      description,
      content:
        kind === 'article'
          ? `# ${title}\n\n${description}\n\n## In short\n\n- Read it once, slowly.\n- Try one thing the same day.\n- Come back after a week and see what stayed.`
          : null,
      kind,
      url: kind === 'article' ? null : `https://library.provost.example/${kind}/${at + 1}`,
      tags: tags.split(' '),
      createdAt: momentOn(addDays(foundingDay(world), random.int(40, 600)), random),
      createdBy,
    };
  });

export const jobId = (world: World, employer: string, at: number): string => world.id('jobs', employer, at);

/** Drafts have been seen by nobody; every seventh position is taken. */
export const jobStatus = (world: World, employer: string, at: number): SeedRow<'jobs'>['status'] => {
  const draw = world.random('job-status', employer, at).next();
  return draw < 0.1 ? 'draft' : draw < 0.25 ? 'closed' : 'open';
};

function jobRows(world: World, createdBy: string): SeedRow<'jobs'>[] {
  return employers.flatMap(({ name, location, industry, jobs }) =>
    jobs.map(([title, employmentType], at) => {
      const random = world.random('jobs', name, at);
      const status = jobStatus(world, name, at);
      const createdAt = momentOn(addDays(world.today, -random.int(20, 140)), random);
      const closes = status === 'closed' ? -random.int(1, 15) : random.int(10, 80);
      return {
        id: jobId(world, name, at),
        employerId: world.id('employers', name),
        title,
        description: `${title} in ${location} (${industry.toLowerCase()}).\n\n- Work in a team of ${random.int(4, 18)}\n- Start within ${random.pick(['four', 'six', 'eight'])} weeks\n- ${random.pick(['Transport paid', 'Lunch and training', 'Pension after six months', 'Weekend shifts in turn'])}`,
        location,
        employmentType,
        status,
        closesOn: addDays(world.today, closes),
        createdAt,
        createdBy,
        ...(status === 'draft'
          ? {}
          : {
              earlier: [
                { at: createdAt + random.int(2, 60) * 3_600_000, by: createdBy, from: { status: 'draft' as const } },
              ],
            }),
      };
    }),
  );
}
