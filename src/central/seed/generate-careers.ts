/** Questionnaires and their results, ways to a goal, applications, and interest in programs. */
import type { Json } from '../../shared/model';
import { addDays } from './calendar';
import { jobId, jobStatus, regionOf } from './generate-directory';
import type { People } from './generate-people';
import type { Teaching } from './generate-teaching';
import { assessmentPlans, type AssessmentPlan, type Points, type QuestionPlan } from './plan-assessments';
import { employers, letters, roadmaps, type RoadmapPlan } from './plan-careers';
import type { Random } from './random';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, coordinatorId, foundingDay, momentOn, type Block } from './world';

type Account = SeedRow<'users'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function generateCareers(block: Block, teaching: Teaching, { accounts }: People): SeedChunk[] {
  const students = accounts.filter(
    ({ role, createdAt }) => role === 'student' && createdAt < block.world.now - 3 * DAY,
  );
  const plans = assessmentPlans[block.plan.courses] ?? [];
  const ways = students.flatMap((account) => roadmapOf(block, teaching, account));
  return [
    // What is asked exists once, whatever the factor.
    ...(block.part === 0 ? definitions(block, plans) : []),
    chunk(
      'assessment_results',
      students.flatMap((account) => resultRows(block, plans, account)),
    ),
    chunk(
      'career_roadmaps',
      ways.map(({ roadmap }) => roadmap),
    ),
    chunk(
      'roadmap_steps',
      ways.flatMap(({ steps }) => steps),
    ),
    chunk(
      'roadmap_progress',
      ways.flatMap(({ progress }) => progress),
    ),
    chunk(
      'job_applications',
      students.flatMap((account) => applicationRows(block, account)),
    ),
    chunk(
      'program_interactions',
      accounts.flatMap((account) => interactionRows(block, account)),
    ),
  ];
}

const assessmentId = (block: Block, { title }: AssessmentPlan) => block.world.id(block.plan.code, 'assessments', title);
const questionId = (block: Block, plan: AssessmentPlan, at: number) =>
  block.world.id(block.plan.code, 'assessment_questions', plan.title, at);

/** Answers are known by letters: `a`, `b`, … */
const letterOf = (at: number): string => String.fromCharCode(97 + at);
const scaleTo = 5;

function definitions(block: Block, plans: readonly AssessmentPlan[]): SeedChunk[] {
  const createdBy = adminId(block.world, block.plan.code);
  const createdAt = momentOn(addDays(foundingDay(block.world), 90), block.random('assessments'));
  return [
    chunk(
      'assessments',
      plans.map((plan) => ({
        id: assessmentId(block, plan),
        programId: block.programId,
        title: plan.title,
        description: plan.description,
        category: plan.category,
        isActive: plan.isActive ?? true,
        createdAt,
        createdBy,
      })),
    ),
    chunk(
      'assessment_questions',
      plans.flatMap((plan) =>
        plan.questions.map((question, at) => ({
          id: questionId(block, plan, at),
          programId: block.programId,
          assessmentId: assessmentId(block, plan),
          prompt: question.prompt,
          questionType: question.type,
          options: optionsOf(question),
          scoring: scoringOf(question),
          isRequired: question.isRequired ?? true,
          sequenceOrder: at + 1,
          createdAt: createdAt + (at + 1) * 60_000,
          createdBy,
        })),
      ),
    ),
  ];
}

const optionsOf = ({ type, answers }: QuestionPlan): Json =>
  type === 'text'
    ? null
    : type === 'scale'
      ? { min: 1, max: scaleTo, step: 1 }
      : answers.map(([label], at) => ({ value: letterOf(at), label }));

/** Points by answer value; of a scale, each step counts once for its dimension. */
const scoringOf = ({ type, answers, dimension }: QuestionPlan): Json =>
  type === 'text'
    ? null
    : type === 'scale'
      ? { [dimension ?? 'points']: 1 }
      : Object.fromEntries(answers.map(([, points], at) => [letterOf(at), points]));

/** What an answer is worth, by dimension; `points` where none is named. */
function pointsFor({ type, answers, dimension }: QuestionPlan, answer: Json): Record<string, number> {
  if (type === 'scale') return { [dimension ?? 'points']: Number(answer) };
  const chosen = Array.isArray(answer) ? answer : [answer];
  const worth = answers.flatMap(([, points], at): Points[] => (chosen.includes(letterOf(at)) ? [points] : []));
  return sum(worth.map((points) => (typeof points === 'number' ? { points } : points)));
}

function sum(list: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const points of list)
    for (const [name, value] of Object.entries(points)) total[name] = (total[name] ?? 0) + value;
  return total;
}

const thoughts = [
  'When I repaired the generator with my uncle.',
  'The day we moved the whole class online.',
  'Teaching my cousins before their examination.',
  'Reliable, a little quiet, never late.',
];

function answerTo(question: QuestionPlan, random: Random): Json {
  const letters = question.answers.map((_, at) => letterOf(at));
  switch (question.type) {
    case 'single':
      return random.pick(letters);
    case 'multiple':
      return random.shuffle(letters).slice(0, random.int(1, 3)).sort();
    case 'scale':
      return random.int(1, scaleTo);
    case 'text':
      return random.chance(0.6) ? random.pick(thoughts) : null;
  }
}

function resultRows(block: Block, plans: readonly AssessmentPlan[], account: Account): SeedRow<'assessment_results'>[] {
  return plans.flatMap((plan) => {
    const random = block.random('result', plan.title, account.id);
    if (!random.chance(0.6)) return [];
    const answered = plan.questions.map((question) => ({ question, answer: answerTo(question, random) }));
    const scores = sum(
      answered
        .filter(({ question }) => question.type !== 'text')
        .map(({ question, answer }) => pointsFor(question, answer)),
    );
    const completedAt =
      account.createdAt + Math.floor((block.world.now - account.createdAt) * (0.05 + random.next() * 0.9));
    return [
      {
        id: block.id('assessment_results', plan.title, account.id),
        programId: block.programId,
        assessmentId: assessmentId(block, plan),
        userId: account.id,
        answers: Object.fromEntries(
          answered.flatMap(({ answer }, at) => (answer === null ? [] : [[questionId(block, plan, at), answer]])),
        ),
        scores,
        totalScore: Object.values(scores).reduce((total, value) => total + value, 0),
        completedAt,
        createdAt: completedAt,
        createdBy: account.id,
      },
    ];
  });
}

interface Way {
  roadmap: SeedRow<'career_roadmaps'>;
  steps: SeedRow<'roadmap_steps'>[];
  progress: SeedRow<'roadmap_progress'>[];
}

function roadmapOf(block: Block, teaching: Teaching, account: Account): Way[] {
  const plans = roadmaps[block.plan.courses] ?? [];
  const random = block.random('roadmap', account.id);
  if (plans.length === 0 || !random.chance(0.55)) return [];
  const plan = random.pick(plans);
  const createdBy = coordinatorId(block.world, block.plan.code);
  const begin = account.createdAt + Math.floor((block.world.now - account.createdAt) * random.next() * 0.7);
  const id = block.id('career_roadmaps', account.id);
  const steps = plan.steps.map((text, at) => stepRow(block, teaching, id, text, at, begin, createdBy));
  const reached = random.chance(0.15) ? steps.length : random.int(0, steps.length - 1);
  const isAbandoned = reached < steps.length && random.chance(0.12);
  return [
    {
      roadmap: {
        id,
        programId: block.programId,
        userId: account.id,
        title: plan.title,
        goal: plan.goal,
        status: reached === steps.length ? 'completed' : isAbandoned ? 'abandoned' : 'active',
        targetDate: addDays(block.world.today, random.int(20, 260)),
        createdAt: begin,
        createdBy,
      },
      steps,
      progress: stepProgress(block, steps, reached, begin, createdBy, random),
    },
  ];
}

function stepRow(
  block: Block,
  teaching: Teaching,
  roadmapId: string,
  text: RoadmapPlan['steps'][number],
  at: number,
  begin: number,
  createdBy: string,
): SeedRow<'roadmap_steps'> {
  const [rest = '', resource] = text.split('@');
  const [title = '', course] = rest.split('#');
  const taught = course === undefined ? undefined : teaching.courses.find(({ plan }) => plan.name === course)?.row;
  return {
    id: block.id('roadmap_steps', roadmapId, at),
    programId: block.programId,
    roadmapId,
    title: course === undefined ? title : `${title}: ${course}`,
    description: resource === undefined ? null : `Read or watch *${resource}* first.`,
    resourceId: resource === undefined ? null : block.world.id('resources', resource),
    courseId: taught?.id ?? null,
    sequenceOrder: at + 1,
    createdAt: begin + (at + 1) * 60_000,
    createdBy,
  };
}

function stepProgress(
  block: Block,
  steps: SeedRow<'roadmap_steps'>[],
  reached: number,
  begin: number,
  createdBy: string,
  random: Random,
): SeedRow<'roadmap_progress'>[] {
  const stride = Math.max(0, block.world.now - begin - HOUR) / (reached + 1);
  return steps.slice(0, reached + 1).map((step, at) => {
    const isDone = at < reached;
    const status = isDone
      ? random.chance(0.1)
        ? 'skipped'
        : 'completed'
      : random.chance(0.6)
        ? 'in_progress'
        : 'not_started';
    const startedAt = Math.floor(begin + HOUR + stride * at);
    const end = Math.floor(startedAt + stride * 0.8);
    return {
      id: block.id('roadmap_progress', step.id),
      programId: block.programId,
      stepId: step.id,
      status,
      startedAt: status === 'not_started' || status === 'skipped' ? null : startedAt,
      completedAt: status === 'completed' ? end : null,
      notes: status === 'skipped' ? 'Not needed any more.' : null,
      createdAt: startedAt,
      createdBy,
    };
  });
}

const stages = [
  'submitted',
  'submitted',
  'in_review',
  'interview',
  'offered',
  'hired',
  'rejected',
  'rejected',
  'withdrawn',
] as const;

function applicationRows(block: Block, account: Account): SeedRow<'job_applications'>[] {
  const random = block.random('applications', account.id);
  if (!random.chance(0.5)) return [];
  const createdBy = coordinatorId(block.world, block.plan.code);
  const offers = employers
    .filter(({ location }) => regionOf(location) === block.plan.region)
    .flatMap(({ name, jobs }) => jobs.map((_, at) => ({ name, at })))
    .filter(({ name, at }) => jobStatus(block.world, name, at) !== 'draft');
  return random
    .shuffle(offers)
    .slice(0, random.int(1, 3))
    .map(({ name, at }) => {
      const job = jobId(block.world, name, at);
      const status = random.pick(stages);
      const appliedAt =
        Math.max(account.createdAt, block.world.now - random.int(6, 90) * DAY) + random.int(1, 9) * HOUR;
      const moved = appliedAt + Math.floor((block.world.now - appliedAt) * (0.2 + random.next() * 0.6));
      return {
        id: block.id('job_applications', job, account.id),
        programId: block.programId,
        jobId: job,
        applicantId: account.id,
        status,
        appliedAt,
        coverLetter: random.chance(0.7) ? random.pick(letters) : null,
        notes: status === 'rejected' ? 'Asked for feedback; try again next term.' : null,
        createdAt: appliedAt,
        createdBy,
        ...(status === 'submitted'
          ? {}
          : { earlier: [{ at: moved, by: createdBy, from: { status: 'submitted' as const } }] }),
      };
    });
}

function interactionRows(block: Block, account: Account): SeedRow<'program_interactions'>[] {
  const random = block.random('interest', account.id);
  const row = (interaction: 'saved' | 'applied', happenedAt: number): SeedRow<'program_interactions'> => ({
    id: block.id('program_interactions', account.id, interaction),
    programId: block.programId,
    userId: account.id,
    interaction,
    happenedAt,
    createdAt: happenedAt,
    createdBy: account.id,
  });
  const at = Math.min(account.createdAt, block.world.now - 2 * HOUR);
  return [
    ...(random.chance(0.35) ? [row('saved', at)] : []),
    ...(account.role === 'student' || random.chance(0.2) ? [row('applied', at + HOUR)] : []),
  ];
}
