/**
 * What became of enrollments: lessons done, work handed in, certificates, opinions.
 *
 * Invariant: the share of a course's published lessons that is completed is the enrollment's progress; a certificate stands only on a
 * completed enrollment.
 */
import { addDays, later, millisOf, yearOf, dateOf } from './calendar';
import { lessonsDone } from './generate-enrollments';
import type { Learner } from './generate-people';
import type { OfferedCourse, Teaching } from './generate-teaching';
import { assignmentsFor, courseOpinions, feedbackFor, submissionText } from './learning-texts';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, coordinatorId, momentOn, type Block } from './world';

type Enrollment = SeedRow<'course_enrollments'>;
type Assignment = SeedRow<'assignments'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Study {
  enrollment: Enrollment;
  learner: Learner;
  course: OfferedCourse;
  /** Who teaches it, or answers for it. */
  tutor: string;
}

export function studiesOf(block: Block, teaching: Teaching, learners: Learner[], enrollments: Enrollment[]): Study[] {
  const courses = new Map(teaching.courses.map((course) => [course.row.id, course]));
  const students = new Map(learners.map((learner) => [learner.row.id, learner]));
  return enrollments.flatMap((enrollment) => {
    const course = courses.get(enrollment.courseId);
    const learner = students.get(enrollment.studentId);
    if (!course || !learner) return [];
    const tutor = course.row.instructorId ?? coordinatorId(block.world, block.plan.code);
    return [{ enrollment, learner, course, tutor }];
  });
}

export function generateLearning(
  block: Block,
  teaching: Teaching,
  studies: Study[],
  certificateNumber: (year: number) => string,
): SeedChunk[] {
  const assignments = teaching.courses.flatMap((course) => assignmentRows(block, course));
  const byCourse = Map.groupBy(assignments, (row) => row.courseId);
  const submitted = new Set<string>();
  const submissions = studies.flatMap((study) =>
    (byCourse.get(study.course.row.id) ?? []).flatMap((assignment) => {
      // A student may take a course at two places; the work is handed in once.
      const key = `${assignment.id} ${study.learner.row.id}`;
      const row = submitted.has(key) ? null : submissionRow(block, study, assignment);
      if (row) submitted.add(key);
      return row ? [row] : [];
    }),
  );
  return [
    chunk('assignments', assignments),
    chunk(
      'lesson_progress',
      studies.flatMap((study) => progressRows(block, study)),
    ),
    chunk('submissions', submissions),
    chunk(
      'certificates',
      studies.flatMap((study) => certificateRows(block, study, certificateNumber)),
    ),
    chunk('course_reviews', reviewRows(block, studies)),
  ];
}

/** Due weeks ago, just now and in some weeks: something is always waiting for a mark. */
const dueInDays = [
  [-95, -35],
  [-14, -2],
  [4, 28],
] as const;

function assignmentRows(block: Block, { plan, row: course }: OfferedCourse): Assignment[] {
  if (!course.published) return [];
  return dueInDays.map(([from, to], at) => {
    const random = block.random('assignment', course.id, at);
    const due = addDays(block.world.today, random.int(from, to));
    const topic = plan.topics[at % plan.topics.length] ?? plan.name;
    const { title, description, maxScore } = assignmentsFor(block.plan.courses, topic, random);
    return {
      id: block.id('assignments', plan.name, at),
      programId: block.programId,
      courseId: course.id,
      title,
      description,
      dueAt: millisOf(due) + 22 * HOUR,
      maxScore,
      createdAt: momentOn(addDays(due, -random.int(45, 60)), random),
      createdBy: course.instructorId ?? adminId(block.world, block.plan.code),
    };
  });
}

/** The last moment in which somebody was still at it. */
const endOf = (block: Block, { completionDate }: Enrollment): number =>
  Math.min(completionDate ? millisOf(completionDate) + 18 * HOUR : block.world.now, block.world.now);

function progressRows(block: Block, { enrollment, course, tutor }: Study): SeedRow<'lesson_progress'>[] {
  const random = block.random('progress', enrollment.id);
  const { lessons } = course;
  const done = lessonsDone(enrollment.progressPercentage, lessons.length);
  const begun = enrollment.status !== 'completed' && done > 0 && done < lessons.length && random.chance(0.5) ? 1 : 0;
  const from = Math.min(enrollment.createdAt, block.world.now - 2 * HOUR);
  const step = Math.max(0, endOf(block, enrollment) - from) / (done + 1);
  return lessons.slice(0, done + begun).map((lessonId, at) => {
    const completed = at < done;
    const moment = Math.floor(from + step * (at + 0.5 + random.next() * 0.5));
    const id = block.id('lesson_progress', enrollment.id, at);
    const row: SeedRow<'lesson_progress'> = {
      id,
      programId: block.programId,
      enrollmentId: enrollment.id,
      lessonId,
      completed,
      completedAt: completed ? moment : null,
      timeSpentSeconds: random.int(completed ? 900 : 120, completed ? 5400 : 1200),
      createdAt: moment,
      createdBy: tutor,
    };
    // Begun on one day and finished on another.
    if (completed && random.chance(0.06)) {
      row.createdAt = Math.floor(moment - step / 3) - 60_000;
      row.earlier = [{ at: moment, by: tutor, from: { completed: false, completedAt: null, timeSpentSeconds: 60 } }];
    }
    return row;
  });
}

function submissionRow(block: Block, study: Study, assignment: Assignment): SeedRow<'submissions'> | null {
  const { enrollment, learner, tutor } = study;
  const { now, today } = block.world;
  const random = block.random('submission', assignment.id, enrollment.id);
  const due = dateOf(assignment.dueAt ?? now);
  const from = later(enrollment.enrollmentDate, addDays(due, -10));
  const last = [addDays(due, 2), addDays(today, -1), dateOf(endOf(block, enrollment))].sort()[0]!;
  if (from > last || !random.chance(0.72)) return null;
  const span = Math.round((millisOf(last) - millisOf(from)) / DAY);
  const submittedAt = Math.min(
    Math.max(momentOn(addDays(from, random.int(0, span)), random), assignment.createdAt + HOUR),
    now - HOUR,
  );
  const gradedAt = submittedAt + random.int(20, 150) * HOUR;
  const isGraded = gradedAt < now && random.chance(0.85);
  const share = 0.45 + random.next() * 0.55;
  const author = learner.row.userId ?? learner.guardians[0] ?? tutor;
  return {
    id: block.id('submissions', assignment.id, learner.row.id),
    programId: block.programId,
    assignmentId: assignment.id,
    studentId: learner.row.id,
    content: submissionText(assignment.title, random),
    fileUrl: random.chance(0.4)
      ? `https://files.provost.example/submissions/${assignment.id.slice(-8)}-${learner.row.id.slice(-6)}.pdf`
      : null,
    score: isGraded ? Math.round(share * assignment.maxScore) : null,
    feedback: isGraded && random.chance(0.8) ? feedbackFor(share, random) : null,
    submittedAt,
    gradedAt: isGraded ? gradedAt : null,
    createdAt: submittedAt,
    createdBy: author,
    ...(isGraded ? { earlier: [{ at: gradedAt, by: tutor, from: { score: null, gradedAt: null } }] } : {}),
  };
}

function certificateRows(
  block: Block,
  { enrollment }: Study,
  numberFor: (year: number) => string,
): SeedRow<'certificates'>[] {
  const random = block.random('certificate', enrollment.id);
  const completed = enrollment.earlier?.at(-1)?.at;
  if (enrollment.status !== 'completed' || completed === undefined || !random.chance(0.88)) return [];
  const issuedAt = completed + random.int(4, 120) * HOUR;
  if (issuedAt > block.world.now) return [];
  const certificateNumber = numberFor(yearOf(dateOf(issuedAt)));
  return [
    {
      id: block.id('certificates', enrollment.id),
      programId: block.programId,
      enrollmentId: enrollment.id,
      certificateNumber,
      issuedAt,
      certificateUrl: `https://certificates.provost.example/${certificateNumber}`,
      createdAt: issuedAt,
      createdBy: coordinatorId(block.world, block.plan.code),
    },
  ];
}

function reviewRows(block: Block, studies: Study[]): SeedRow<'course_reviews'>[] {
  const reviewed = new Set<string>();
  return studies.flatMap(({ enrollment, learner, course }) => {
    const userId = learner.row.userId ?? learner.guardians[0];
    const random = block.random('course-review', enrollment.id);
    const key = `${userId ?? ''} ${course.row.id}`;
    const isEnded = enrollment.status === 'completed' || enrollment.status === 'withdrawn';
    if (!userId || !isEnded || reviewed.has(key) || !random.chance(0.5)) return [];
    reviewed.add(key);
    const rating = enrollment.status === 'completed' ? random.pick([5, 5, 5, 4, 4, 3]) : random.pick([4, 3, 2, 2, 1]);
    return [
      {
        id: block.id('course_reviews', userId, course.row.id),
        programId: block.programId,
        courseId: course.row.id,
        userId,
        rating,
        comment: random.chance(0.7) ? random.pick(courseOpinions[rating] ?? []) : null,
        createdAt: Math.min(endOf(block, enrollment) + random.int(5, 200) * HOUR, block.world.now - HOUR),
        createdBy: userId,
      },
    ];
  });
}
