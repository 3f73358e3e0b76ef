import type { Entity } from '../model';
import { courseEnrollment } from './course-enrollment';
import { course } from './course';
import { curriculum } from './curriculum';
import { facilityCoursePricing } from './facility-course-pricing';
import { facility } from './facility';
import { institution } from './institution';
import { lesson } from './lesson';
import { module } from './module';
import { notification } from './notification';
import { platformSetting } from './platform-setting';
import { profile } from './profile';
import { programOption } from './program-option';
import { program } from './program';
import { studentConfidential } from './student-confidential';
import { studentGuardian } from './student-guardian';
import { student } from './student';
import { userProgramAssignment } from './user-program-assignment';
import { user } from './user';
import { socialLink } from './social-link';
import { assignment } from './assignment';
import { resource } from './resource';
import { lessonProgress } from './lesson-progress';
import { submission } from './submission';
import { certificate } from './certificate';
import { courseReview } from './course-review';
import { mentor } from './mentor';
import { mentee } from './mentee';
import { expertiseTag } from './expertise-tag';
import { mentorExpertise } from './mentor-expertise';
import { availabilityRule } from './availability-rule';
import { availabilitySlot } from './availability-slot';
import { service } from './service';
import { booking } from './booking';
import { mentoringSession } from './mentoring-session';
import { bookingReview } from './booking-review';
import { calendarConnection } from './calendar-connection';
import { assessment } from './assessment';
import { assessmentQuestion } from './assessment-question';
import { assessmentResult } from './assessment-result';
import { careerRoadmap } from './career-roadmap';
import { roadmapStep } from './roadmap-step';
import { roadmapProgress } from './roadmap-progress';
import { employer } from './employer';
import { job } from './job';
import { jobApplication } from './job-application';
import { programInteraction } from './program-interaction';
import { subscription } from './subscription';
import { payment } from './payment';
import { savedView } from './saved-view';
import { sharedView } from './shared-view';
import { importRecipe } from './import-recipe';

/** Every entity, parents before children. A new entity is one file and one line here. */
export const entities = {
  users: user,
  profiles: profile,
  institutions: institution,
  programs: program,
  user_program_assignments: userProgramAssignment,
  program_options: programOption,
  platform_settings: platformSetting,
  courses: course,
  curricula: curriculum,
  modules: module,
  lessons: lesson,
  facilities: facility,
  facility_course_pricing: facilityCoursePricing,
  students: student,
  student_confidential: studentConfidential,
  student_guardians: studentGuardian,
  course_enrollments: courseEnrollment,
  notifications: notification,
  social_links: socialLink,
  assignments: assignment,
  resources: resource,
  lesson_progress: lessonProgress,
  submissions: submission,
  certificates: certificate,
  course_reviews: courseReview,
  mentors: mentor,
  mentees: mentee,
  expertise_tags: expertiseTag,
  mentor_expertise: mentorExpertise,
  availability_rules: availabilityRule,
  availability_slots: availabilitySlot,
  services: service,
  bookings: booking,
  mentoring_sessions: mentoringSession,
  booking_reviews: bookingReview,
  calendar_connections: calendarConnection,
  assessments: assessment,
  assessment_questions: assessmentQuestion,
  assessment_results: assessmentResult,
  career_roadmaps: careerRoadmap,
  roadmap_steps: roadmapStep,
  roadmap_progress: roadmapProgress,
  employers: employer,
  jobs: job,
  job_applications: jobApplication,
  program_interactions: programInteraction,
  subscriptions: subscription,
  payments: payment,
  saved_views: savedView,
  shared_views: sharedView,
  import_recipes: importRecipe,
} as const;

export type EntityName = keyof typeof entities;
export const entityNames = Object.keys(entities) as EntityName[];

export const isEntityName = (name: string): name is EntityName => Object.hasOwn(entities, name);

/** The declaration, seen without its row type. */
export const entityOf = (name: EntityName): Entity => entities[name] as unknown as Entity;

export const allEntities: readonly Entity[] = entityNames.map(entityOf);
