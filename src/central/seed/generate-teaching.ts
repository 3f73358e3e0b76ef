/** What a program offers: courses with their curricula down to the lessons, and the places. */
import { slugOf } from '../../shared/rules/validate';
import { addDays } from './calendar';
import { rememberCourse, rememberCurriculum, rememberFacility, rememberLesson } from './history';
import { courseDescription, lessonContent, moduleDescription, sentence } from './lesson-content';
import { courseSets, type CoursePlan } from './plan-courses';
import { coursesOf, prefixOf, priceScale, type FacilityPlan, type ProgramPlan } from './plans';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, foundingDay, momentOn, tutorIds, type Block } from './world';

export interface OfferedCourse {
  plan: CoursePlan;
  row: SeedRow<'courses'>;
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
  const courses = coursesOf(block.plan).map((plan, at) => ({ plan, row: courseRow(block, plan, at) }));
  const facilities = block.plan.facilities.map((plan) => ({ plan, row: facilityRow(block, plan) }));
  for (const { row } of courses) rememberCourse(block, row, block.random('past', row.id));
  for (const { row } of facilities) rememberFacility(block, row);
  const curricula: SeedRow<'curricula'>[] = [];
  const modules: SeedRow<'modules'>[] = [];
  const lessons: SeedRow<'lessons'>[] = [];
  for (const course of courses) {
    for (const curriculum of curriculumRows(block, course)) {
      rememberCurriculum(block, curriculum.row, block.random('past', curriculum.row.id));
      curricula.push(curriculum.row);
      for (const module of moduleRows(block, course, curriculum)) {
        modules.push(module.row);
        lessons.push(...lessonRows(block, module));
      }
    }
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
}

/** Two to four ways through a course: what is taught now, mostly an older one, and what is being prepared. */
function curriculumRows(block: Block, { plan, row: course }: OfferedCourse): Curriculum[] {
  const random = block.random('curricula', plan.name);
  const created = addDays(foundingDay(block.world), random.int(60, 120));
  const version = random.int(2, 4);
  const lines: [
    name: string,
    state: SeedRow<'curricula'>['state'],
    version: number,
    topics: number,
    depth: number,
    after: number,
  ][] = [
    [
      'Standard term',
      course.published ? 'published' : 'draft',
      course.published ? version : 1,
      plan.topics.length,
      4,
      300,
    ],
  ];
  if (course.published && random.chance(0.6))
    lines.push(['Standard term', 'archived', version - 1, Math.max(2, plan.topics.length - 1), 3, 0]);
  if (random.chance(0.5)) lines.push(['Holiday intensive', random.chance(0.6) ? 'published' : 'draft', 1, 2, 3, 420]);
  if (lines.length === 1 || random.chance(0.25)) lines.push(['Draft for next session', 'draft', 1, 2, 3, 640]);
  return lines.map(([name, state, version, topics, depth, after], at) => ({
    topics: plan.topics.slice(0, topics),
    depth,
    row: {
      id: block.id('curricula', plan.name, at),
      programId: block.programId,
      courseId: course.id,
      name,
      description: random.chance(0.6) ? `The way through *${course.name}* in ${topics} modules.` : null,
      sequenceOrder: at + 1,
      state,
      version,
      lineId: null,
      sourceId: null,
      createdAt: momentOn(addDays(created, after), random),
      createdBy: adminId(block.world, block.plan.code),
    },
  }));
}

interface Module {
  row: SeedRow<'modules'>;
  topic: string;
  depth: number;
}

function moduleRows(
  block: Block,
  { row: course }: OfferedCourse,
  { row: curriculum, topics, depth }: Curriculum,
): Module[] {
  return topics.map((topic, at) => ({
    topic,
    depth,
    row: {
      id: block.id('modules', curriculum.id, at),
      programId: block.programId,
      curriculumId: curriculum.id,
      name: sentence(topic),
      description: moduleDescription(topic, course.name),
      sequenceOrder: at + 1,
      lineageId: null,
      createdAt: curriculum.createdAt + (at + 1) * 600_000,
      createdBy: curriculum.createdBy,
    },
  }));
}

function lessonRows(block: Block, { row: module, topic, depth }: Module): SeedRow<'lessons'>[] {
  const random = block.random('lessons', module.id);
  const patterns = courseSets[block.plan.courses].lessons.slice(0, Math.max(depth - (random.chance(0.4) ? 1 : 0), 2));
  return patterns.map((pattern, at) => {
    const name = sentence(pattern.replace('*', topic));
    const minutes = random.pick([20, 30, 30, 45, 45, 60, 90]);
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
      lineageId: null,
      createdAt: module.createdAt + (at + 1) * 60_000,
      createdBy: module.createdBy,
    };
    rememberLesson(block, row, random);
    return row;
  });
}
