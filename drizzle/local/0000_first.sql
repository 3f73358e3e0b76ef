CREATE TABLE `course_enrollments` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`student_id` text,
	`course_id` text,
	`facility_id` text,
	`age_group` text,
	`location_type` text,
	`session_type` text,
	`price_agreed` integer,
	`currency` text,
	`status` text,
	`enrollment_date` text,
	`completion_date` text,
	`progress_percentage` integer,
	`credits_awarded` integer,
	`assignment_type` text,
	`assignment_notes` text,
	`assigned_by` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `course_enrollments_id_unique` ON `course_enrollments` (`id`);--> statement-breakpoint
CREATE INDEX `course_enrollments_program_id` ON `course_enrollments` (`program_id`);--> statement-breakpoint
CREATE INDEX `course_enrollments_student_id` ON `course_enrollments` (`student_id`);--> statement-breakpoint
CREATE INDEX `course_enrollments_course_id` ON `course_enrollments` (`course_id`);--> statement-breakpoint
CREATE INDEX `course_enrollments_facility_id` ON `course_enrollments` (`facility_id`);--> statement-breakpoint
CREATE INDEX `course_enrollments_assigned_by` ON `course_enrollments` (`assigned_by`);--> statement-breakpoint
CREATE TABLE `courses` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`code` text,
	`name` text,
	`slug` text,
	`category` text,
	`level` integer,
	`difficulty` text,
	`instructor_id` text,
	`list_price` integer,
	`currency` text,
	`description` text,
	`thumbnail_url` text,
	`published` integer,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `courses_id_unique` ON `courses` (`id`);--> statement-breakpoint
CREATE INDEX `courses_program_id` ON `courses` (`program_id`);--> statement-breakpoint
CREATE INDEX `courses_instructor_id` ON `courses` (`instructor_id`);--> statement-breakpoint
CREATE TABLE `curricula` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`course_id` text,
	`name` text,
	`description` text,
	`sequence_order` integer,
	`state` text,
	`version` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `curricula_id_unique` ON `curricula` (`id`);--> statement-breakpoint
CREATE INDEX `curricula_course_id_sequence_order` ON `curricula` (`course_id`,`sequence_order`);--> statement-breakpoint
CREATE INDEX `curricula_program_id` ON `curricula` (`program_id`);--> statement-breakpoint
CREATE TABLE `facilities` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`name` text,
	`facility_type` text,
	`capacity` integer,
	`equipment` text,
	`amenities` text,
	`status` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `facilities_id_unique` ON `facilities` (`id`);--> statement-breakpoint
CREATE INDEX `facilities_program_id` ON `facilities` (`program_id`);--> statement-breakpoint
CREATE TABLE `facility_course_pricing` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`facility_id` text,
	`course_id` text,
	`age_group` text,
	`location_type` text,
	`session_type` text,
	`price` integer,
	`currency` text,
	`effective_date` text,
	`end_date` text,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `facility_course_pricing_id_unique` ON `facility_course_pricing` (`id`);--> statement-breakpoint
CREATE INDEX `facility_course_pricing_program_id` ON `facility_course_pricing` (`program_id`);--> statement-breakpoint
CREATE INDEX `facility_course_pricing_facility_id` ON `facility_course_pricing` (`facility_id`);--> statement-breakpoint
CREATE INDEX `facility_course_pricing_course_id` ON `facility_course_pricing` (`course_id`);--> statement-breakpoint
CREATE TABLE `institutions` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text,
	`location` text,
	`website` text,
	`size` text,
	`account_user_id` text,
	`details` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `institutions_id_unique` ON `institutions` (`id`);--> statement-breakpoint
CREATE INDEX `institutions_account_user_id` ON `institutions` (`account_user_id`);--> statement-breakpoint
CREATE TABLE `lessons` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`module_id` text,
	`name` text,
	`description` text,
	`content` text,
	`video_url` text,
	`duration_minutes` integer,
	`sequence_order` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lessons_id_unique` ON `lessons` (`id`);--> statement-breakpoint
CREATE INDEX `lessons_module_id_sequence_order` ON `lessons` (`module_id`,`sequence_order`);--> statement-breakpoint
CREATE INDEX `lessons_program_id` ON `lessons` (`program_id`);--> statement-breakpoint
CREATE TABLE `modules` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`curriculum_id` text,
	`name` text,
	`description` text,
	`sequence_order` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `modules_id_unique` ON `modules` (`id`);--> statement-breakpoint
CREATE INDEX `modules_curriculum_id_sequence_order` ON `modules` (`curriculum_id`,`sequence_order`);--> statement-breakpoint
CREATE INDEX `modules_program_id` ON `modules` (`program_id`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`type` text,
	`title` text,
	`message` text,
	`read_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_id_unique` ON `notifications` (`id`);--> statement-breakpoint
CREATE INDEX `notifications_user_id` ON `notifications` (`user_id`);--> statement-breakpoint
CREATE TABLE `platform_settings` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`key` text,
	`value` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `platform_settings_id_unique` ON `platform_settings` (`id`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`bio` text,
	`avatar_url` text,
	`location` text,
	`date_of_birth` text,
	`linkedin_url` text,
	`facilitator_details` text,
	`institution_details` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_id_unique` ON `profiles` (`id`);--> statement-breakpoint
CREATE INDEX `profiles_user_id` ON `profiles` (`user_id`);--> statement-breakpoint
CREATE TABLE `program_options` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`option_kind` text,
	`code` text,
	`label` text,
	`sequence` integer,
	`is_active` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `program_options_id_unique` ON `program_options` (`id`);--> statement-breakpoint
CREATE INDEX `program_options_option_kind_sequence` ON `program_options` (`option_kind`,`sequence`);--> statement-breakpoint
CREATE INDEX `program_options_program_id` ON `program_options` (`program_id`);--> statement-breakpoint
CREATE TABLE `programs` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`institution_id` text,
	`code` text,
	`name` text,
	`description` text,
	`program_type` text,
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
CREATE UNIQUE INDEX `programs_id_unique` ON `programs` (`id`);--> statement-breakpoint
CREATE INDEX `programs_institution_id` ON `programs` (`institution_id`);--> statement-breakpoint
CREATE TABLE `student_confidential` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`student_id` text,
	`emergency_contact` text,
	`medical_info` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `student_confidential_id_unique` ON `student_confidential` (`id`);--> statement-breakpoint
CREATE INDEX `student_confidential_program_id` ON `student_confidential` (`program_id`);--> statement-breakpoint
CREATE INDEX `student_confidential_student_id` ON `student_confidential` (`student_id`);--> statement-breakpoint
CREATE TABLE `student_guardians` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`student_id` text,
	`guardian_id` text,
	`relationship` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `student_guardians_id_unique` ON `student_guardians` (`id`);--> statement-breakpoint
CREATE INDEX `student_guardians_program_id` ON `student_guardians` (`program_id`);--> statement-breakpoint
CREATE INDEX `student_guardians_student_id` ON `student_guardians` (`student_id`);--> statement-breakpoint
CREATE INDEX `student_guardians_guardian_id` ON `student_guardians` (`guardian_id`);--> statement-breakpoint
CREATE TABLE `students` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`student_number` text,
	`first_name` text,
	`last_name` text,
	`email` text,
	`phone` text,
	`date_of_birth` text,
	`enrollment_date` text,
	`status` text,
	`address` text,
	`user_id` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `students_id_unique` ON `students` (`id`);--> statement-breakpoint
CREATE INDEX `students_program_id` ON `students` (`program_id`);--> statement-breakpoint
CREATE INDEX `students_user_id` ON `students` (`user_id`);--> statement-breakpoint
CREATE TABLE `user_program_assignments` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`program_id` text,
	`user_id` text,
	`assigned_at` integer,
	`assigned_by` text,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_program_assignments_id_unique` ON `user_program_assignments` (`id`);--> statement-breakpoint
CREATE INDEX `user_program_assignments_program_id` ON `user_program_assignments` (`program_id`);--> statement-breakpoint
CREATE INDEX `user_program_assignments_user_id` ON `user_program_assignments` (`user_id`);--> statement-breakpoint
CREATE INDEX `user_program_assignments_assigned_by` ON `user_program_assignments` (`assigned_by`);--> statement-breakpoint
CREATE TABLE `users` (
	`rid` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`full_name` text,
	`email` text,
	`username` text,
	`role` text,
	`status` text,
	`email_verified` integer,
	`last_login_at` integer,
	`row_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer,
	`updated_at` integer,
	`created_by` text,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_id_unique` ON `users` (`id`);--> statement-breakpoint
CREATE TABLE `base_rows` (
	`entity` text NOT NULL,
	`row_id` text NOT NULL,
	`row` text,
	PRIMARY KEY(`entity`, `row_id`)
);
--> statement-breakpoint
CREATE TABLE `cursors` (
	`scope` text PRIMARY KEY NOT NULL,
	`snapshot` text NOT NULL,
	`state` text NOT NULL,
	`progress` text
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`mutation_id` text NOT NULL,
	`seq` integer,
	`at` integer NOT NULL,
	`label` text NOT NULL,
	`via` text NOT NULL,
	`ops` text NOT NULL,
	`state` text NOT NULL,
	`result` text,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_mutation_id_unique` ON `outbox` (`mutation_id`);--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`position`);--> statement-breakpoint
CREATE TABLE `outbox_rows` (
	`position` integer NOT NULL,
	`entity` text NOT NULL,
	`row_id` text NOT NULL,
	PRIMARY KEY(`entity`, `row_id`, `position`)
);
--> statement-breakpoint
CREATE INDEX `outbox_rows_position` ON `outbox_rows` (`position`);--> statement-breakpoint
CREATE TABLE `scope_rows` (
	`entity` text NOT NULL,
	`row_id` text NOT NULL,
	`scope` text NOT NULL,
	PRIMARY KEY(`entity`, `row_id`, `scope`)
);
--> statement-breakpoint
CREATE INDEX `scope_rows_scope` ON `scope_rows` (`scope`);--> statement-breakpoint
CREATE TABLE `undo_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`mutation_id` text NOT NULL,
	`at` integer NOT NULL,
	`label` text NOT NULL,
	`forward` text NOT NULL,
	`inverse` text NOT NULL,
	`rows` integer NOT NULL,
	`state` text NOT NULL
);
