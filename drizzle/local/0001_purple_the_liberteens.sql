CREATE TABLE `assessment_questions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`assessment_id` text,
	`prompt` text,
	`question_type` text,
	`options` text,
	`scoring` text,
	`is_required` integer,
	`sequence_order` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_questions_id_unique` ON `assessment_questions` (`id`);--> statement-breakpoint
CREATE INDEX `assessment_questions_assessment_id_sequence_order` ON `assessment_questions` (`assessment_id`,`sequence_order`);--> statement-breakpoint
CREATE INDEX `assessment_questions_program_id` ON `assessment_questions` (`program_id`);--> statement-breakpoint
CREATE TABLE `assessment_results` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`assessment_id` text,
	`user_id` text,
	`answers` text,
	`scores` text,
	`total_score` integer,
	`completed_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_results_id_unique` ON `assessment_results` (`id`);--> statement-breakpoint
CREATE INDEX `assessment_results_program_id` ON `assessment_results` (`program_id`);--> statement-breakpoint
CREATE INDEX `assessment_results_assessment_id` ON `assessment_results` (`assessment_id`);--> statement-breakpoint
CREATE INDEX `assessment_results_user_id` ON `assessment_results` (`user_id`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`title` text,
	`description` text,
	`category` text,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessments_id_unique` ON `assessments` (`id`);--> statement-breakpoint
CREATE INDEX `assessments_program_id` ON `assessments` (`program_id`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`course_id` text,
	`title` text,
	`description` text,
	`due_at` integer,
	`max_score` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_id_unique` ON `assignments` (`id`);--> statement-breakpoint
CREATE INDEX `assignments_program_id` ON `assignments` (`program_id`);--> statement-breakpoint
CREATE INDEX `assignments_course_id` ON `assignments` (`course_id`);--> statement-breakpoint
CREATE TABLE `availability_rules` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`starts_on` text,
	`start_time` text,
	`end_time` text,
	`recurrence` text,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `availability_rules_id_unique` ON `availability_rules` (`id`);--> statement-breakpoint
CREATE INDEX `availability_rules_program_id` ON `availability_rules` (`program_id`);--> statement-breakpoint
CREATE INDEX `availability_rules_mentor_id` ON `availability_rules` (`mentor_id`);--> statement-breakpoint
CREATE TABLE `availability_slots` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`rule_id` text,
	`period` text,
	`status` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `availability_slots_id_unique` ON `availability_slots` (`id`);--> statement-breakpoint
CREATE INDEX `availability_slots_program_id` ON `availability_slots` (`program_id`);--> statement-breakpoint
CREATE INDEX `availability_slots_mentor_id` ON `availability_slots` (`mentor_id`);--> statement-breakpoint
CREATE INDEX `availability_slots_rule_id` ON `availability_slots` (`rule_id`);--> statement-breakpoint
CREATE TABLE `booking_reviews` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`booking_id` text,
	`reviewer_id` text,
	`mentor_id` text,
	`rating` integer,
	`comment` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_reviews_id_unique` ON `booking_reviews` (`id`);--> statement-breakpoint
CREATE INDEX `booking_reviews_program_id` ON `booking_reviews` (`program_id`);--> statement-breakpoint
CREATE INDEX `booking_reviews_booking_id` ON `booking_reviews` (`booking_id`);--> statement-breakpoint
CREATE INDEX `booking_reviews_reviewer_id` ON `booking_reviews` (`reviewer_id`);--> statement-breakpoint
CREATE INDEX `booking_reviews_mentor_id` ON `booking_reviews` (`mentor_id`);--> statement-breakpoint
CREATE TABLE `bookings` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`client_id` text,
	`service_id` text,
	`slot_id` text,
	`period` text,
	`status` text,
	`session_type` text,
	`meeting_id` text,
	`meeting_url` text,
	`cancelled_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bookings_id_unique` ON `bookings` (`id`);--> statement-breakpoint
CREATE INDEX `bookings_program_id` ON `bookings` (`program_id`);--> statement-breakpoint
CREATE INDEX `bookings_mentor_id` ON `bookings` (`mentor_id`);--> statement-breakpoint
CREATE INDEX `bookings_client_id` ON `bookings` (`client_id`);--> statement-breakpoint
CREATE INDEX `bookings_service_id` ON `bookings` (`service_id`);--> statement-breakpoint
CREATE INDEX `bookings_slot_id` ON `bookings` (`slot_id`);--> statement-breakpoint
CREATE TABLE `calendar_connections` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`provider` text,
	`status` text,
	`expires_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_connections_id_unique` ON `calendar_connections` (`id`);--> statement-breakpoint
CREATE INDEX `calendar_connections_program_id` ON `calendar_connections` (`program_id`);--> statement-breakpoint
CREATE INDEX `calendar_connections_mentor_id` ON `calendar_connections` (`mentor_id`);--> statement-breakpoint
CREATE TABLE `career_roadmaps` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`title` text,
	`goal` text,
	`status` text,
	`target_date` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `career_roadmaps_id_unique` ON `career_roadmaps` (`id`);--> statement-breakpoint
CREATE INDEX `career_roadmaps_program_id` ON `career_roadmaps` (`program_id`);--> statement-breakpoint
CREATE INDEX `career_roadmaps_user_id` ON `career_roadmaps` (`user_id`);--> statement-breakpoint
CREATE TABLE `certificates` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`enrollment_id` text,
	`certificate_number` text,
	`issued_at` integer,
	`certificate_url` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_id_unique` ON `certificates` (`id`);--> statement-breakpoint
CREATE INDEX `certificates_program_id` ON `certificates` (`program_id`);--> statement-breakpoint
CREATE INDEX `certificates_enrollment_id` ON `certificates` (`enrollment_id`);--> statement-breakpoint
CREATE TABLE `course_reviews` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`course_id` text,
	`user_id` text,
	`rating` integer,
	`comment` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `course_reviews_id_unique` ON `course_reviews` (`id`);--> statement-breakpoint
CREATE INDEX `course_reviews_program_id` ON `course_reviews` (`program_id`);--> statement-breakpoint
CREATE INDEX `course_reviews_course_id` ON `course_reviews` (`course_id`);--> statement-breakpoint
CREATE INDEX `course_reviews_user_id` ON `course_reviews` (`user_id`);--> statement-breakpoint
CREATE TABLE `employers` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text,
	`account_user_id` text,
	`industry` text,
	`location` text,
	`website` text,
	`description` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `employers_id_unique` ON `employers` (`id`);--> statement-breakpoint
CREATE INDEX `employers_account_user_id` ON `employers` (`account_user_id`);--> statement-breakpoint
CREATE TABLE `expertise_tags` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `expertise_tags_id_unique` ON `expertise_tags` (`id`);--> statement-breakpoint
CREATE TABLE `import_recipes` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`entity` text,
	`name` text,
	`mapping` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_recipes_id_unique` ON `import_recipes` (`id`);--> statement-breakpoint
CREATE INDEX `import_recipes_user_id` ON `import_recipes` (`user_id`);--> statement-breakpoint
CREATE TABLE `job_applications` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`job_id` text,
	`applicant_id` text,
	`status` text,
	`applied_at` integer,
	`cover_letter` text,
	`notes` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_applications_id_unique` ON `job_applications` (`id`);--> statement-breakpoint
CREATE INDEX `job_applications_program_id` ON `job_applications` (`program_id`);--> statement-breakpoint
CREATE INDEX `job_applications_job_id` ON `job_applications` (`job_id`);--> statement-breakpoint
CREATE INDEX `job_applications_applicant_id` ON `job_applications` (`applicant_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`employer_id` text,
	`title` text,
	`description` text,
	`location` text,
	`employment_type` text,
	`status` text,
	`closes_on` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_id_unique` ON `jobs` (`id`);--> statement-breakpoint
CREATE INDEX `jobs_employer_id` ON `jobs` (`employer_id`);--> statement-breakpoint
CREATE TABLE `lesson_progress` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`enrollment_id` text,
	`lesson_id` text,
	`completed` integer,
	`completed_at` integer,
	`time_spent_seconds` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lesson_progress_id_unique` ON `lesson_progress` (`id`);--> statement-breakpoint
CREATE INDEX `lesson_progress_program_id` ON `lesson_progress` (`program_id`);--> statement-breakpoint
CREATE INDEX `lesson_progress_enrollment_id` ON `lesson_progress` (`enrollment_id`);--> statement-breakpoint
CREATE INDEX `lesson_progress_lesson_id` ON `lesson_progress` (`lesson_id`);--> statement-breakpoint
CREATE TABLE `mentees` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`biography` text,
	`goals` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mentees_id_unique` ON `mentees` (`id`);--> statement-breakpoint
CREATE INDEX `mentees_program_id` ON `mentees` (`program_id`);--> statement-breakpoint
CREATE INDEX `mentees_user_id` ON `mentees` (`user_id`);--> statement-breakpoint
CREATE TABLE `mentor_expertise` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`tag_id` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mentor_expertise_id_unique` ON `mentor_expertise` (`id`);--> statement-breakpoint
CREATE INDEX `mentor_expertise_program_id` ON `mentor_expertise` (`program_id`);--> statement-breakpoint
CREATE INDEX `mentor_expertise_mentor_id` ON `mentor_expertise` (`mentor_id`);--> statement-breakpoint
CREATE INDEX `mentor_expertise_tag_id` ON `mentor_expertise` (`tag_id`);--> statement-breakpoint
CREATE TABLE `mentoring_sessions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`booking_id` text,
	`status` text,
	`started_at` integer,
	`ended_at` integer,
	`cancelled_at` integer,
	`notes` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mentoring_sessions_id_unique` ON `mentoring_sessions` (`id`);--> statement-breakpoint
CREATE INDEX `mentoring_sessions_program_id` ON `mentoring_sessions` (`program_id`);--> statement-breakpoint
CREATE INDEX `mentoring_sessions_booking_id` ON `mentoring_sessions` (`booking_id`);--> statement-breakpoint
CREATE TABLE `mentors` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`headline` text,
	`bio` text,
	`hourly_rate` integer,
	`currency` text,
	`time_zone` text,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mentors_id_unique` ON `mentors` (`id`);--> statement-breakpoint
CREATE INDEX `mentors_program_id` ON `mentors` (`program_id`);--> statement-breakpoint
CREATE INDEX `mentors_user_id` ON `mentors` (`user_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`payer_id` text,
	`enrollment_id` text,
	`booking_id` text,
	`subscription_id` text,
	`amount` integer,
	`currency` text,
	`status` text,
	`paid_at` integer,
	`provider` text,
	`provider_payment_id` text,
	`commission` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_id_unique` ON `payments` (`id`);--> statement-breakpoint
CREATE INDEX `payments_program_id` ON `payments` (`program_id`);--> statement-breakpoint
CREATE INDEX `payments_payer_id` ON `payments` (`payer_id`);--> statement-breakpoint
CREATE INDEX `payments_enrollment_id` ON `payments` (`enrollment_id`);--> statement-breakpoint
CREATE INDEX `payments_booking_id` ON `payments` (`booking_id`);--> statement-breakpoint
CREATE INDEX `payments_subscription_id` ON `payments` (`subscription_id`);--> statement-breakpoint
CREATE TABLE `program_interactions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`interaction` text,
	`happened_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `program_interactions_id_unique` ON `program_interactions` (`id`);--> statement-breakpoint
CREATE INDEX `program_interactions_program_id` ON `program_interactions` (`program_id`);--> statement-breakpoint
CREATE INDEX `program_interactions_user_id` ON `program_interactions` (`user_id`);--> statement-breakpoint
CREATE TABLE `resources` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`title` text,
	`description` text,
	`content` text,
	`kind` text,
	`url` text,
	`tags` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resources_id_unique` ON `resources` (`id`);--> statement-breakpoint
CREATE TABLE `roadmap_progress` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`step_id` text,
	`status` text,
	`started_at` integer,
	`completed_at` integer,
	`notes` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roadmap_progress_id_unique` ON `roadmap_progress` (`id`);--> statement-breakpoint
CREATE INDEX `roadmap_progress_program_id` ON `roadmap_progress` (`program_id`);--> statement-breakpoint
CREATE INDEX `roadmap_progress_step_id` ON `roadmap_progress` (`step_id`);--> statement-breakpoint
CREATE TABLE `roadmap_steps` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`roadmap_id` text,
	`title` text,
	`description` text,
	`resource_id` text,
	`course_id` text,
	`sequence_order` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roadmap_steps_id_unique` ON `roadmap_steps` (`id`);--> statement-breakpoint
CREATE INDEX `roadmap_steps_roadmap_id_sequence_order` ON `roadmap_steps` (`roadmap_id`,`sequence_order`);--> statement-breakpoint
CREATE INDEX `roadmap_steps_program_id` ON `roadmap_steps` (`program_id`);--> statement-breakpoint
CREATE INDEX `roadmap_steps_resource_id` ON `roadmap_steps` (`resource_id`);--> statement-breakpoint
CREATE INDEX `roadmap_steps_course_id` ON `roadmap_steps` (`course_id`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`entity` text,
	`name` text,
	`definition` text,
	`is_default` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_id_unique` ON `saved_views` (`id`);--> statement-breakpoint
CREATE INDEX `saved_views_user_id` ON `saved_views` (`user_id`);--> statement-breakpoint
CREATE TABLE `services` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`mentor_id` text,
	`title` text,
	`description` text,
	`price` integer,
	`currency` text,
	`duration_minutes` integer,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `services_id_unique` ON `services` (`id`);--> statement-breakpoint
CREATE INDEX `services_program_id` ON `services` (`program_id`);--> statement-breakpoint
CREATE INDEX `services_mentor_id` ON `services` (`mentor_id`);--> statement-breakpoint
CREATE TABLE `shared_views` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`entity` text,
	`name` text,
	`definition` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_views_id_unique` ON `shared_views` (`id`);--> statement-breakpoint
CREATE INDEX `shared_views_program_id` ON `shared_views` (`program_id`);--> statement-breakpoint
CREATE TABLE `social_links` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`platform` text,
	`url` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `social_links_id_unique` ON `social_links` (`id`);--> statement-breakpoint
CREATE INDEX `social_links_user_id` ON `social_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `submissions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`assignment_id` text,
	`student_id` text,
	`content` text,
	`file_url` text,
	`score` integer,
	`feedback` text,
	`submitted_at` integer,
	`graded_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_id_unique` ON `submissions` (`id`);--> statement-breakpoint
CREATE INDEX `submissions_program_id` ON `submissions` (`program_id`);--> statement-breakpoint
CREATE INDEX `submissions_assignment_id` ON `submissions` (`assignment_id`);--> statement-breakpoint
CREATE INDEX `submissions_student_id` ON `submissions` (`student_id`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`plan` text,
	`price` integer,
	`currency` text,
	`status` text,
	`period_start` text,
	`period_end` text,
	`cancelled_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_id_unique` ON `subscriptions` (`id`);--> statement-breakpoint
CREATE INDEX `subscriptions_program_id` ON `subscriptions` (`program_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_user_id` ON `subscriptions` (`user_id`);--> statement-breakpoint
ALTER TABLE `course_enrollments` ADD `override_reason` text;--> statement-breakpoint
ALTER TABLE `curricula` ADD `line_id` text;--> statement-breakpoint
ALTER TABLE `curricula` ADD `source_id` text;--> statement-breakpoint
ALTER TABLE `lessons` ADD `lineage_id` text;--> statement-breakpoint
ALTER TABLE `modules` ADD `lineage_id` text;--> statement-breakpoint
ALTER TABLE `programs` ADD `uses_waitlist` integer;