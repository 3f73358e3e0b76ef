/**
 * Rule 8: lessons done make an enrollment's progress; 100 % completes it, and only then is there a certificate.
 *
 * A lesson is the same through all versions of a curriculum (`lineage_id`). What counts are the lessons of what is published for the course;
 * where nothing is, of its first curriculum.
 */
import { fn } from '../text';

const progressOf = fn(
  'sync.progress_of(enrollment uuid, course uuid)',
  'integer',
  { as: 'owner', language: 'sql', kind: 'stable', settings: ['enable_seqscan = off'] },
  `
with live as (select c.id, c.state, c.sequence_order from app.curricula c where c.course_id = course and c.deleted_at is null),
counted as (
  select id from live where state = 'published'
  union all (select id from live where state = 'draft' and not exists (select from live where state = 'published') order by sequence_order, id limit 1)),
wanted as (
  select distinct coalesce(l.lineage_id, l.id::text) as line from counted
    join app.modules m on m.curriculum_id = counted.id and m.deleted_at is null
    join app.lessons l on l.module_id = m.id and l.deleted_at is null),
done as (
  select distinct coalesce(l.lineage_id, l.id::text) as line from app.lesson_progress p join app.lessons l on l.id = p.lesson_id
    where p.enrollment_id = enrollment and p.completed and p.deleted_at is null)
select (100 * count(done.line) / nullif(count(*), 0))::integer from wanted left join done using (line)`,
);

const refreshProgress = fn(
  'sync.refresh_progress()',
  'trigger',
  { as: 'owner' },
  `
declare
  e app.course_enrollments;
  reached integer;
begin
  if tg_op = 'UPDATE' and (old.completed, old.deleted_at is null) is not distinct from (new.completed, new.deleted_at is null) then return null; end if;
  -- Held first, so that of two who finish the last lessons at once, the second counts both.
  select * into e from app.course_enrollments x where x.id = new.enrollment_id for no key update;
  if not found or e.deleted_at is not null or e.status = 'withdrawn' then return null; end if;
  reached := sync.progress_of(e.id, e.course_id);
  if reached is null or reached = e.progress_percentage then return null; end if;
  update app.course_enrollments x set progress_percentage = reached,
      status = case when e.status = 'completed' and e.progress_percentage = 100 then 'active' else e.status end
    where x.id = e.id;
  return null;
end`,
);

/** A version that comes into force has other lessons: whoever is still on the course is counted anew. */
const publishProgress = fn(
  'sync.publish_progress()',
  'trigger',
  { as: 'owner' },
  `
declare
  e app.course_enrollments;
  reached integer;
begin
  if new.state <> 'published' or new.deleted_at is not null or (old.state = 'published' and old.deleted_at is null) then return null; end if;
  for e in select * from app.course_enrollments x where x.course_id = new.course_id and x.status in ('active', 'paused') and x.deleted_at is null
      order by x.id for no key update loop
    reached := sync.progress_of(e.id, e.course_id);
    if reached <> e.progress_percentage then
      update app.course_enrollments x set progress_percentage = reached where x.id = e.id;
    end if;
  end loop;
  return null;
end`,
);

const lessonProgress = fn(
  'sync.lesson_progress_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  course uuid;
  taught uuid;
begin
  if new.completed then new.completed_at := coalesce(new.completed_at, clock_timestamp()); else new.completed_at := null; end if;
  if tg_op = 'UPDATE' and (old.enrollment_id, old.lesson_id) = (new.enrollment_id, new.lesson_id) then return new; end if;
  select e.course_id into course from app.course_enrollments e where e.id = new.enrollment_id and e.program_id = new.program_id;
  if not found then return new; end if; -- The foreign keys refuse it.
  select c.course_id into taught from app.lessons l join app.modules m on m.id = l.module_id join app.curricula c on c.id = m.curriculum_id
    where l.id = new.lesson_id and l.program_id = new.program_id;
  if found and taught <> course then
    perform sync.refuse('other-course', 'lesson_progress', new.id, '{lessonId}',
      jsonb_build_object('lessonId', new.lesson_id, 'enrollmentId', new.enrollment_id, 'courseId', course));
  end if;
  return new;
end`,
);

const certificate = fn(
  'sync.certificate_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  e app.course_enrollments;
begin
  if new.deleted_at is not null then return new; end if;
  select * into e from app.course_enrollments x where x.id = new.enrollment_id and x.program_id = new.program_id for share;
  if found and e.status <> 'completed' then
    perform sync.refuse('not-completed', 'certificates', new.id, '{enrollmentId}',
      jsonb_build_object('enrollmentId', e.id, 'status', e.status, 'progress', e.progress_percentage));
  end if;
  if tg_op = 'UPDATE' and old.certificate_number is distinct from new.certificate_number then
    perform sync.refuse('read-only-field', 'certificates', new.id, '{certificateNumber}');
  end if;
  return new;
end`,
);

/** What a number proves; nothing more than the paper says itself. */
const verify = fn(
  'sync.verify_certificate(number text)',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select coalesce((select jsonb_build_object('valid', c.deleted_at is null, 'number', c.certificate_number, 'issuedAt', (extract(epoch from c.issued_at) * 1000)::bigint,
    'student', s.first_name || ' ' || s.last_name, 'course', k.name, 'program', p.name, 'completedOn', e.completion_date)
  from app.certificates c join app.course_enrollments e on e.id = c.enrollment_id join app.students s on s.id = e.student_id
    join app.courses k on k.id = e.course_id join app.programs p on p.id = c.program_id
  where c.certificate_number = upper(btrim(number))), jsonb_build_object('valid', false, 'number', number))`,
);

const submission = fn(
  'sync.submission_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  most integer;
begin
  if new.score is null or new.deleted_at is not null then return new; end if;
  select a.max_score into most from app.assignments a where a.id = new.assignment_id and a.program_id = new.program_id for share;
  if new.score > most then
    perform sync.refuse('score-too-high', 'submissions', new.id, '{score}', jsonb_build_object('maxScore', most, 'assignmentId', new.assignment_id));
  end if;
  return new;
end`,
);

const assignmentScore = fn(
  'sync.assignment_score_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  best record;
begin
  if new.max_score >= old.max_score then return new; end if;
  select s.id, s.score into best from app.submissions s where s.assignment_id = new.id and s.deleted_at is null and s.score > new.max_score
    order by s.score desc limit 1;
  if found then
    perform sync.refuse('score-too-high', 'assignments', new.id, '{maxScore}', jsonb_build_object('score', best.score, 'submissionId', best.id));
  end if;
  return new;
end`,
);

export const learningSql = (): string =>
  [
    progressOf,
    refreshProgress,
    publishProgress,
    lessonProgress,
    certificate,
    verify,
    submission,
    assignmentScore,
    'create trigger t2_rules before insert or update on app.lesson_progress for each row execute function sync.lesson_progress_rules();',
    'create trigger t3_progress after insert or update on app.lesson_progress for each row execute function sync.refresh_progress();',
    'create trigger t3_progress after update of state, deleted_at on app.curricula for each row execute function sync.publish_progress();',
    'create trigger t2_rules before insert or update on app.certificates for each row execute function sync.certificate_rules();',
    'create trigger t2_rules before insert or update on app.submissions for each row execute function sync.submission_rules();',
    'create trigger t2_rules before update on app.assignments for each row execute function sync.assignment_score_rules();',
  ].join('\n');
