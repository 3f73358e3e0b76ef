/** What a program offers: courses with their curricula down to the lessons, and the places. */
import { lineageOf } from '../../shared/rules/curriculum';
import { slugOf } from '../../shared/rules/validate';
import { addDays } from './calendar';
import { rememberCourse, rememberCurricula, rememberFacility, rememberLesson } from './history';
import { courseDescription, lessonContent, moduleDescription, sentence } from './lesson-content';
import { courseSets, type CoursePlan } from './plan-courses';
import { coursesOf, prefixOf, priceScale, type FacilityPlan, type ProgramPlan } from './plans';
import type { Random } from './random';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, foundingDay, momentOn, tutorIds, type Block } from './world';

export interface OfferedCourse {
  plan: CoursePlan;
  row: SeedRow<'courses'>;
  /** The lessons of its published curricula, copies of one lesson once: what progress is counted in. */
  lessons: string[];
}
export interface OfferedFacility {
  plan: FacilityPlan;
  row: SeedRow<'facilities'>;
}
export interface Teaching {
  courses: OfferedCourse[];
  facilities: OfferedFacility[];
  chunks: SeedChunk[];
}

export function generateTeaching(block: Block): Teaching {
  const courses = coursesOf(block.plan).map((plan, at) => ({
    plan,
    row: courseRow(block, plan, at),
    lessons: [] as string[],
  }));
  const facilities = block.plan.facilities.map((plan) => ({ plan, row: facilityRow(block, plan) }));
  for (const { row } of courses) rememberCourse(block, row, block.random('past', row.id));
  for (const { row } of facilities) rememberFacility(block, row);
  const curricula: SeedRow<'curricula'>[] = [];
  const modules: SeedRow<'modules'>[] = [];
  const lessons: SeedRow<'lessons'>[] = [];
  for (const course of courses) {
    const versions = curriculumRows(block, course);
    rememberCurricula(
      block,
      versions.map(({ row }) => row),
    );
    const taught: SeedRow<'lessons'>[] = [];
    for (const curriculum of versions) {
      curricula.push(curriculum.row);
      for (const module of moduleRows(block, course, curriculum)) {
        const its = lessonRows(block, module);
        modules.push(module.row);
        lessons.push(...its);
        if (curriculum.row.state === 'published') taught.push(...its);
      }
    }
    course.lessons = [...Map.groupBy(taught, lineageOf).values()].flatMap(([first]) => (first ? [first.id] : []));
  }
  return {
    courses,
    facilities,
    chunks: [
      chunk(
        'courses',
        courses.map(({ row }) => row),
      ),
      chunk('curricula', curricula),
      chunk('modules', modules),
      chunk('lessons', lessons),
      chunk(
        'facilities',
        facilities.map(({ row }) => row),
      ),
    ],
  };
}

/** What the factor repeats gets a stream of its own: `Butterfly, stream 2`. */
const named = (name: string, { part }: Block, word: string) => (part === 0 ? name : `${name}, ${word} ${part + 1}`);

function courseRow(block: Block, plan: CoursePlan, at: number): SeedRow<'courses'> {
  const { world, plan: program } = block;
  const name = named(plan.name, block, 'stream');
  const random = block.random('course', plan.name);
  const tutors = tutorIds(world, program.code);
  const isNew = at === coursesOf(program).length - 1 && random.chance(0.3);
  return {
    id: block.id('courses', plan.name),
    programId: block.programId,
    code: `${prefixOf(program)}-${plan.level}${block.part === 0 ? '' : `-${block.part + 1}`}`,
    name,
    slug: slugOf(name),
    category: slugOf(plan.category),
    level: plan.level,
    difficulty: plan.difficulty,
    // Every tutor has courses; a few courses wait for one.
    instructorId: random.chance(0.93) ? (tutors[at % tutors.length] ?? null) : null,
    listPrice: groupPrice(program, plan),
    currency: program.currency,
    description: courseDescription(plan.name, plan.topics, program.name),
    thumbnailUrl: null,
    published: !isNew,
    isActive: true,
    createdAt: momentOn(addDays(foundingDay(world), random.int(5, 60)), random),
    createdBy: adminId(world, program.code),
  };
}

export const groupPrice = (program: ProgramPlan, course: CoursePlan): number => {
  const { unit, step } = priceScale[program.currency];
  return Math.round((course.price * unit) / step) * step;
};

const equipmentOf: Record<FacilityPlan['type'], readonly string[]> = {
  pool: ['Kickboards', 'Pull buoys', 'Lane ropes', 'Rescue tubes', 'Pace clock', 'Pool hoist'],
  court: ['Nets', 'Ball machine', 'Scoreboard', 'Training cones'],
  gym: ['Free weights', 'Rowing machines', 'Mats', 'Kettlebells', 'Treadmills'],
  field: ['Goals', 'Training cones', 'First aid point', 'Flags'],
  classroom: ['Projector', 'Whiteboard', 'Document camera', 'Loudspeakers'],
  lab: ['Workbenches', 'Test instruments', 'Extractor', 'Workstations', 'Fire blankets'],
};
const amenities = [
  'Parking',
  'Changing rooms',
  'Showers',
  'Café',
  'Step-free access',
  'Wi-Fi',
  'Waiting area',
  'Generator',
];

function facilityRow(block: Block, plan: FacilityPlan): SeedRow<'facilities'> {
  const random = block.random('facility', plan.name);
  const some = (list: readonly string[], least: number) =>
    random.shuffle(list).slice(0, random.int(least, list.length));
  return {
    id: block.id('facilities', plan.name),
    programId: block.programId,
    name: named(plan.name, block, 'site'),
    facilityType: plan.type,
    capacity: plan.capacity,
    equipment: some(equipmentOf[plan.type], 2),
    amenities: some(amenities, 3),
    status: plan.status ?? 'active',
    createdAt: momentOn(addDays(foundingDay(block.world), random.int(3, 30)), random),
    createdBy: adminId(block.world, block.plan.code),
  };
}

interface Curriculum {
  row: SeedRow<'curricula'>;
  topics: readonly string[];
  /** How many lessons of the set's list each module takes. */
  depth: number;
  /** What its modules and lessons are copies of. */
  copiedFrom: Curriculum | null;
}

type Line = Pick<SeedRow<'curricula'>, 'name' | 'state' | 'version'> & {
  topics: number;
  depth: number;
  /** Days after the first. */
  after: number;
  /** Where in the list the version before it stands, or the template it was copied from. */
  before?: number;
  template?: number;
};

/** Two to four ways through a course: what is taught now, mostly the version before it, and what is being prepared. */
function linesOf({ plan, row: course }: OfferedCourse, random: Random): Line[] {
  const standard = { name: 'Standard term', topics: plan.topics.length, depth: 4, after: 300 } as const;
  if (!course.published)
    return [
      { ...standard, state: 'draft', version: 1 },
      { name: 'Draft for next session', state: 'draft', version: 1, topics: 2, depth: 3, after: 640 },
    ];
  const older = { ...standard, state: 'archived', depth: 3 } as const;
  const lines: Line[] = random.chance(0.6)
    ? [
        { ...standard, state: 'published', version: 2, before: 1 },
        { ...older, version: 1, topics: Math.max(2, plan.topics.length - 1), after: 0 },
      ]
    : [{ ...standard, state: 'published', version: 1 }];
  if (random.chance(0.5)) {
    const state = random.chance(0.6) ? 'published' : 'draft';
    lines.push({ name: 'Holiday intensive', state, version: 1, topics: 2, depth: 3, after: 420, template: 0 });
  }
  if (random.chance(0.25)) {
    const version = (lines[0]?.version ?? 0) + 1;
    lines.push({ ...standard, state: 'draft', version, after: 640, before: 0 });
  } else if (lines.length === 1) {
    lines.push({ name: 'Draft for next session', state: 'draft', version: 1, topics: 2, depth: 3, after: 640 });
  }
  return lines;
}

function curriculumRows(block: Block, offered: OfferedCourse): Curriculum[] {
  const { plan, row: course } = offered;
  const random = block.random('curricula', plan.name);
  const created = addDays(foundingDay(block.world), random.int(60, 120));
  const lines = linesOf(offered, random);
  const idOf = (at: number) => block.id('curricula', plan.name, at);
  const first = (at: number): number => {
    const before = lines[at]?.before;
    return before === undefined ? at : first(before);
  };
  const made = lines.map(({ name, state, version, topics, depth, after, before, template }, at): Curriculum => ({
    topics: plan.topics.slice(0, topics),
    depth,
    copiedFrom: null,
    row: {
      id: idOf(at),
      programId: block.programId,
      courseId: course.id,
      name,
      description: random.chance(0.6) ? `The way through *${course.name}* in ${topics} modules.` : null,
      sequenceOrder: at + 1,
      state,
      version,
      lineId: before === undefined ? null : idOf(first(at)),
      sourceId: template === undefined ? null : idOf(template),
      createdAt: momentOn(addDays(created, after), random),
      createdBy: adminId(block.world, block.plan.code),
    },
  }));
  lines.forEach(({ before, template }, at) => {
    const source = before ?? template;
    if (source !== undefined) made[at]!.copiedFrom = made[source] ?? null;
  });
  return made;
}

interface Module {
  row: SeedRow<'modules'>;
  topic: string;
  depth: number;
  state: SeedRow<'curricula'>['state'];
  /** The modules it was copied from, the oldest first. */
  ancestors: { id: string; depth: number }[];
}

/** The same module in the curricula that this one was copied from, through all copies. */
function ancestorsOf(block: Block, { copiedFrom }: Curriculum, at: number): Module['ancestors'] {
  if (!copiedFrom || at >= copiedFrom.topics.length) return [];
  const { row, depth } = copiedFrom;
  return [...ancestorsOf(block, copiedFrom, at), { id: block.id('modules', row.id, at), depth }];
}

function moduleRows(block: Block, { row: course }: OfferedCourse, curriculum: Curriculum): Module[] {
  const { row, topics, depth } = curriculum;
  return topics.map((topic, at) => {
    const ancestors = ancestorsOf(block, curriculum, at);
    return {
      topic,
      depth,
      state: row.state,
      ancestors,
      row: {
        id: block.id('modules', row.id, at),
        programId: block.programId,
        curriculumId: row.id,
        name: sentence(topic),
        description: moduleDescription(topic, course.name),
        sequenceOrder: at + 1,
        lineageId: ancestors[0]?.id ?? null,
        createdAt: row.createdAt + (at + 1) * 600_000,
        createdBy: row.createdBy,
      },
    };
  });
}

/** Copies read as what they were copied from; a version may go further than the one before it. */
function lessonRows(block: Block, { row: module, topic, depth, state, ancestors }: Module): SeedRow<'lessons'>[] {
  const random = block.random('lessons', ancestors[0]?.id ?? module.id);
  const shorter = random.chance(0.4) ? 1 : 0;
  const countFor = (deep: number) => Math.max(deep - shorter, 2);
  const patterns = courseSets[block.plan.courses].lessons.slice(0, countFor(depth));
  return patterns.map((pattern, at) => {
    const name = sentence(pattern.replace('*', topic));
    const minutes = random.pick([20, 30, 30, 45, 45, 60, 90]);
    const origin = ancestors.find((ancestor) => at < countFor(ancestor.depth));
    const row: SeedRow<'lessons'> = {
      id: block.id('lessons', module.id, at),
      programId: block.programId,
      moduleId: module.id,
      name,
      description: random.chance(0.4) ? `${minutes} minutes on ${topic}.` : null,
      content: lessonContent(name, topic, minutes, random),
      videoUrl: random.chance(0.35) ? `https://video.provost.example/${slugOf(name)}` : null,
      durationMinutes: minutes,
      sequenceOrder: at + 1,
      lineageId: origin ? block.id('lessons', origin.id, at) : null,
      createdAt: module.createdAt + (at + 1) * 60_000,
      createdBy: module.createdBy,
    };
    rememberLesson(block, row, state, block.random('past', row.id));
    return row;
  });
}
