CREATE TABLE "app"."assessment_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"prompt" text NOT NULL,
	"question_type" text DEFAULT 'single' NOT NULL,
	"options" jsonb,
	"scoring" jsonb,
	"is_required" boolean DEFAULT true NOT NULL,
	"sequence_order" integer DEFAULT 1 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "assessment_questions_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "assessment_questions_prompt_check" CHECK (char_length("app"."assessment_questions"."prompt") <= 2000 and "app"."assessment_questions"."prompt" <> ''),
	CONSTRAINT "assessment_questions_question_type_check" CHECK ("app"."assessment_questions"."question_type" in ('single', 'multiple', 'scale', 'text')),
	CONSTRAINT "assessment_questions_sequence_order_check" CHECK ("app"."assessment_questions"."sequence_order" >= 1 and "app"."assessment_questions"."sequence_order" <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "app"."assessment_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"answers" jsonb NOT NULL,
	"scores" jsonb,
	"total_score" integer,
	"completed_at" timestamp (3) with time zone NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "assessment_results_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "assessment_results_total_score_check" CHECK ("app"."assessment_results"."total_score" >= 0 and "app"."assessment_results"."total_score" <= 1000000),
	CONSTRAINT "assessment_results_completed_at_check" CHECK (isfinite("app"."assessment_results"."completed_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"category" text DEFAULT 'interests' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "assessments_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "assessments_title_check" CHECK (char_length("app"."assessments"."title") <= 255 and "app"."assessments"."title" <> ''),
	CONSTRAINT "assessments_description_check" CHECK (char_length("app"."assessments"."description") <= 2000000),
	CONSTRAINT "assessments_category_check" CHECK ("app"."assessments"."category" in ('interests', 'skills', 'personality', 'aptitude', 'values', 'other'))
);
--> statement-breakpoint
CREATE TABLE "app"."assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"max_score" integer DEFAULT 100 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "assignments_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "assignments_title_check" CHECK (char_length("app"."assignments"."title") <= 255 and "app"."assignments"."title" <> ''),
	CONSTRAINT "assignments_description_check" CHECK (char_length("app"."assignments"."description") <= 2000000 and "app"."assignments"."description" <> ''),
	CONSTRAINT "assignments_due_at_check" CHECK (isfinite("app"."assignments"."due_at")),
	CONSTRAINT "assignments_max_score_check" CHECK ("app"."assignments"."max_score" >= 1 and "app"."assignments"."max_score" <= 10000)
);
--> statement-breakpoint
CREATE TABLE "app"."availability_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"start_time" text NOT NULL,
	"end_time" text NOT NULL,
	"recurrence" text DEFAULT 'FREQ=WEEKLY;COUNT=52' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "availability_rules_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "availability_rules_starts_on_check" CHECK (isfinite("app"."availability_rules"."starts_on")),
	CONSTRAINT "availability_rules_start_time_check" CHECK ("app"."availability_rules"."start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "availability_rules_end_time_check" CHECK ("app"."availability_rules"."end_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "availability_rules_recurrence_check" CHECK (char_length("app"."availability_rules"."recurrence") <= 2000 and "app"."availability_rules"."recurrence" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."availability_slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"rule_id" uuid,
	"period" "tstzrange" NOT NULL,
	"status" text DEFAULT 'available' NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "availability_slots_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "availability_slots_period_check" CHECK (not isempty("app"."availability_slots"."period") and not lower_inf("app"."availability_slots"."period") and not upper_inf("app"."availability_slots"."period")),
	CONSTRAINT "availability_slots_status_check" CHECK ("app"."availability_slots"."status" in ('available', 'held', 'booked', 'blocked'))
);
--> statement-breakpoint
CREATE TABLE "app"."booking_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"rating" integer NOT NULL,
	"comment" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "booking_reviews_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "booking_reviews_rating_check" CHECK ("app"."booking_reviews"."rating" >= 1 and "app"."booking_reviews"."rating" <= 5),
	CONSTRAINT "booking_reviews_comment_check" CHECK (char_length("app"."booking_reviews"."comment") <= 4000)
);
--> statement-breakpoint
CREATE TABLE "app"."bookings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"service_id" uuid,
	"slot_id" uuid,
	"period" "tstzrange" NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"session_type" text DEFAULT 'video' NOT NULL,
	"meeting_id" text,
	"meeting_url" text,
	"cancelled_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "bookings_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "bookings_period_check" CHECK (not isempty("app"."bookings"."period") and not lower_inf("app"."bookings"."period") and not upper_inf("app"."bookings"."period")),
	CONSTRAINT "bookings_status_check" CHECK ("app"."bookings"."status" in ('pending', 'confirmed', 'completed', 'cancelled_client', 'cancelled_mentor')),
	CONSTRAINT "bookings_session_type_check" CHECK ("app"."bookings"."session_type" in ('video', 'phone', 'in_person')),
	CONSTRAINT "bookings_meeting_id_check" CHECK (char_length("app"."bookings"."meeting_id") <= 255),
	CONSTRAINT "bookings_meeting_url_check" CHECK (char_length("app"."bookings"."meeting_url") <= 2000),
	CONSTRAINT "bookings_cancelled_at_check" CHECK (isfinite("app"."bookings"."cancelled_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."calendar_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"status" text DEFAULT 'connected' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "calendar_connections_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "calendar_connections_provider_check" CHECK ("app"."calendar_connections"."provider" in ('google', 'microsoft', 'apple', 'other')),
	CONSTRAINT "calendar_connections_status_check" CHECK ("app"."calendar_connections"."status" in ('connected', 'expired', 'revoked', 'failed')),
	CONSTRAINT "calendar_connections_expires_at_check" CHECK (isfinite("app"."calendar_connections"."expires_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."career_roadmaps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"title" text NOT NULL,
	"goal" text,
	"status" text DEFAULT 'active' NOT NULL,
	"target_date" date,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "career_roadmaps_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "career_roadmaps_title_check" CHECK (char_length("app"."career_roadmaps"."title") <= 255 and "app"."career_roadmaps"."title" <> ''),
	CONSTRAINT "career_roadmaps_goal_check" CHECK (char_length("app"."career_roadmaps"."goal") <= 2000000),
	CONSTRAINT "career_roadmaps_status_check" CHECK ("app"."career_roadmaps"."status" in ('active', 'completed', 'abandoned')),
	CONSTRAINT "career_roadmaps_target_date_check" CHECK (isfinite("app"."career_roadmaps"."target_date"))
);
--> statement-breakpoint
CREATE TABLE "app"."certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"certificate_number" text,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"certificate_url" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "certificates_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "certificates_certificate_number_check" CHECK (char_length("app"."certificates"."certificate_number") <= 50),
	CONSTRAINT "certificates_issued_at_check" CHECK (isfinite("app"."certificates"."issued_at")),
	CONSTRAINT "certificates_certificate_url_check" CHECK (char_length("app"."certificates"."certificate_url") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "app"."course_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"rating" integer NOT NULL,
	"comment" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "course_reviews_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "course_reviews_rating_check" CHECK ("app"."course_reviews"."rating" >= 1 and "app"."course_reviews"."rating" <= 5),
	CONSTRAINT "course_reviews_comment_check" CHECK (char_length("app"."course_reviews"."comment") <= 4000)
);
--> statement-breakpoint
CREATE TABLE "app"."employers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"account_user_id" uuid,
	"industry" text,
	"location" text,
	"website" text,
	"description" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "employers_name_check" CHECK (char_length("app"."employers"."name") <= 255 and "app"."employers"."name" <> ''),
	CONSTRAINT "employers_industry_check" CHECK (char_length("app"."employers"."industry") <= 100),
	CONSTRAINT "employers_location_check" CHECK (char_length("app"."employers"."location") <= 255),
	CONSTRAINT "employers_website_check" CHECK (char_length("app"."employers"."website") <= 2000),
	CONSTRAINT "employers_description_check" CHECK (char_length("app"."employers"."description") <= 2000000)
);
--> statement-breakpoint
CREATE TABLE "app"."expertise_tags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "expertise_tags_name_check" CHECK (char_length("app"."expertise_tags"."name") <= 100 and "app"."expertise_tags"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."import_recipes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"name" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "import_recipes_entity_check" CHECK (char_length("app"."import_recipes"."entity") <= 100 and "app"."import_recipes"."entity" <> ''),
	CONSTRAINT "import_recipes_name_check" CHECK (char_length("app"."import_recipes"."name") <= 100 and "app"."import_recipes"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."job_applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"status" text DEFAULT 'submitted' NOT NULL,
	"applied_at" timestamp (3) with time zone NOT NULL,
	"cover_letter" text,
	"notes" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "job_applications_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "job_applications_status_check" CHECK ("app"."job_applications"."status" in ('submitted', 'in_review', 'interview', 'offered', 'hired', 'rejected', 'withdrawn')),
	CONSTRAINT "job_applications_applied_at_check" CHECK (isfinite("app"."job_applications"."applied_at")),
	CONSTRAINT "job_applications_cover_letter_check" CHECK (char_length("app"."job_applications"."cover_letter") <= 2000000),
	CONSTRAINT "job_applications_notes_check" CHECK (char_length("app"."job_applications"."notes") <= 4000)
);
--> statement-breakpoint
CREATE TABLE "app"."jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"employer_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"location" text,
	"employment_type" text DEFAULT 'full_time' NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"closes_on" date,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "jobs_title_check" CHECK (char_length("app"."jobs"."title") <= 255 and "app"."jobs"."title" <> ''),
	CONSTRAINT "jobs_description_check" CHECK (char_length("app"."jobs"."description") <= 2000000 and "app"."jobs"."description" <> ''),
	CONSTRAINT "jobs_location_check" CHECK (char_length("app"."jobs"."location") <= 255),
	CONSTRAINT "jobs_employment_type_check" CHECK ("app"."jobs"."employment_type" in ('full_time', 'part_time', 'contract', 'internship')),
	CONSTRAINT "jobs_status_check" CHECK ("app"."jobs"."status" in ('draft', 'open', 'closed')),
	CONSTRAINT "jobs_closes_on_check" CHECK (isfinite("app"."jobs"."closes_on"))
);
--> statement-breakpoint
CREATE TABLE "app"."lesson_progress" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"completed" boolean DEFAULT false NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"time_spent_seconds" integer DEFAULT 0 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "lesson_progress_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "lesson_progress_completed_at_check" CHECK (isfinite("app"."lesson_progress"."completed_at")),
	CONSTRAINT "lesson_progress_time_spent_seconds_check" CHECK ("app"."lesson_progress"."time_spent_seconds" >= 0 and "app"."lesson_progress"."time_spent_seconds" <= 100000000)
);
--> statement-breakpoint
CREATE TABLE "app"."mentees" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"biography" text,
	"goals" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "mentees_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "mentees_biography_check" CHECK (char_length("app"."mentees"."biography") <= 2000000),
	CONSTRAINT "mentees_goals_check" CHECK (char_length("app"."mentees"."goals") <= 2000000)
);
--> statement-breakpoint
CREATE TABLE "app"."mentor_expertise" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "mentor_expertise_program_id_id_key" UNIQUE("program_id","id")
);
--> statement-breakpoint
CREATE TABLE "app"."mentoring_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"status" text DEFAULT 'upcoming' NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"notes" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "mentoring_sessions_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "mentoring_sessions_status_check" CHECK ("app"."mentoring_sessions"."status" in ('upcoming', 'active', 'completed', 'cancelled')),
	CONSTRAINT "mentoring_sessions_started_at_check" CHECK (isfinite("app"."mentoring_sessions"."started_at")),
	CONSTRAINT "mentoring_sessions_ended_at_check" CHECK (isfinite("app"."mentoring_sessions"."ended_at")),
	CONSTRAINT "mentoring_sessions_cancelled_at_check" CHECK (isfinite("app"."mentoring_sessions"."cancelled_at")),
	CONSTRAINT "mentoring_sessions_notes_check" CHECK (char_length("app"."mentoring_sessions"."notes") <= 2000000)
);
--> statement-breakpoint
CREATE TABLE "app"."mentors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"headline" text,
	"bio" text,
	"hourly_rate" bigint,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"time_zone" text DEFAULT 'Africa/Lagos' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "mentors_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "mentors_headline_check" CHECK (char_length("app"."mentors"."headline") <= 255),
	CONSTRAINT "mentors_bio_check" CHECK (char_length("app"."mentors"."bio") <= 2000000),
	CONSTRAINT "mentors_hourly_rate_check" CHECK ("app"."mentors"."hourly_rate" >= 0 and "app"."mentors"."hourly_rate" <= 9007199254740991),
	CONSTRAINT "mentors_currency_check" CHECK ("app"."mentors"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "mentors_time_zone_check" CHECK (char_length("app"."mentors"."time_zone") <= 64 and "app"."mentors"."time_zone" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"payer_id" uuid NOT NULL,
	"enrollment_id" uuid,
	"booking_id" uuid,
	"subscription_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"provider" text,
	"provider_payment_id" text,
	"commission" bigint,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "payments_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "payments_amount_check" CHECK ("app"."payments"."amount" >= 1 and "app"."payments"."amount" <= 9007199254740991),
	CONSTRAINT "payments_currency_check" CHECK ("app"."payments"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "payments_status_check" CHECK ("app"."payments"."status" in ('pending', 'succeeded', 'failed', 'refunded')),
	CONSTRAINT "payments_paid_at_check" CHECK (isfinite("app"."payments"."paid_at")),
	CONSTRAINT "payments_provider_check" CHECK (char_length("app"."payments"."provider") <= 50),
	CONSTRAINT "payments_provider_payment_id_check" CHECK (char_length("app"."payments"."provider_payment_id") <= 255),
	CONSTRAINT "payments_commission_check" CHECK ("app"."payments"."commission" >= -9007199254740991 and "app"."payments"."commission" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "app"."program_interactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"interaction" text NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "program_interactions_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "program_interactions_interaction_check" CHECK ("app"."program_interactions"."interaction" in ('saved', 'applied')),
	CONSTRAINT "program_interactions_happened_at_check" CHECK (isfinite("app"."program_interactions"."happened_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"content" text,
	"kind" text DEFAULT 'article' NOT NULL,
	"url" text,
	"tags" jsonb,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "resources_title_check" CHECK (char_length("app"."resources"."title") <= 255 and "app"."resources"."title" <> ''),
	CONSTRAINT "resources_description_check" CHECK (char_length("app"."resources"."description") <= 2000),
	CONSTRAINT "resources_content_check" CHECK (char_length("app"."resources"."content") <= 2000000),
	CONSTRAINT "resources_kind_check" CHECK ("app"."resources"."kind" in ('article', 'video', 'course', 'book', 'tool', 'other')),
	CONSTRAINT "resources_url_check" CHECK (char_length("app"."resources"."url") <= 2000),
	CONSTRAINT "resources_tags_check" CHECK (jsonb_typeof("app"."resources"."tags") = 'array')
);
--> statement-breakpoint
CREATE TABLE "app"."roadmap_progress" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"status" text DEFAULT 'not_started' NOT NULL,
	"started_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"notes" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "roadmap_progress_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "roadmap_progress_status_check" CHECK ("app"."roadmap_progress"."status" in ('not_started', 'in_progress', 'completed', 'skipped')),
	CONSTRAINT "roadmap_progress_started_at_check" CHECK (isfinite("app"."roadmap_progress"."started_at")),
	CONSTRAINT "roadmap_progress_completed_at_check" CHECK (isfinite("app"."roadmap_progress"."completed_at")),
	CONSTRAINT "roadmap_progress_notes_check" CHECK (char_length("app"."roadmap_progress"."notes") <= 4000)
);
--> statement-breakpoint
CREATE TABLE "app"."roadmap_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"roadmap_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"resource_id" uuid,
	"course_id" uuid,
	"sequence_order" integer DEFAULT 1 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "roadmap_steps_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "roadmap_steps_title_check" CHECK (char_length("app"."roadmap_steps"."title") <= 255 and "app"."roadmap_steps"."title" <> ''),
	CONSTRAINT "roadmap_steps_description_check" CHECK (char_length("app"."roadmap_steps"."description") <= 2000000),
	CONSTRAINT "roadmap_steps_sequence_order_check" CHECK ("app"."roadmap_steps"."sequence_order" >= 1 and "app"."roadmap_steps"."sequence_order" <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "app"."saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "saved_views_entity_check" CHECK (char_length("app"."saved_views"."entity") <= 100 and "app"."saved_views"."entity" <> ''),
	CONSTRAINT "saved_views_name_check" CHECK (char_length("app"."saved_views"."name") <= 100 and "app"."saved_views"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"price" bigint NOT NULL,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"duration_minutes" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "services_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "services_title_check" CHECK (char_length("app"."services"."title") <= 255 and "app"."services"."title" <> ''),
	CONSTRAINT "services_description_check" CHECK (char_length("app"."services"."description") <= 2000000),
	CONSTRAINT "services_price_check" CHECK ("app"."services"."price" >= 0 and "app"."services"."price" <= 9007199254740991),
	CONSTRAINT "services_currency_check" CHECK ("app"."services"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "services_duration_minutes_check" CHECK ("app"."services"."duration_minutes" >= 5 and "app"."services"."duration_minutes" <= 1440)
);
--> statement-breakpoint
CREATE TABLE "app"."shared_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "shared_views_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "shared_views_entity_check" CHECK (char_length("app"."shared_views"."entity") <= 100 and "app"."shared_views"."entity" <> ''),
	CONSTRAINT "shared_views_name_check" CHECK (char_length("app"."shared_views"."name") <= 100 and "app"."shared_views"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."social_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"url" text NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "social_links_platform_check" CHECK ("app"."social_links"."platform" in ('linkedin', 'x', 'facebook', 'instagram', 'youtube', 'github', 'website', 'other')),
	CONSTRAINT "social_links_url_check" CHECK (char_length("app"."social_links"."url") <= 2000 and "app"."social_links"."url" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"assignment_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"content" text NOT NULL,
	"file_url" text,
	"score" integer,
	"feedback" text,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"graded_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "submissions_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "submissions_content_check" CHECK (char_length("app"."submissions"."content") <= 2000000 and "app"."submissions"."content" <> ''),
	CONSTRAINT "submissions_file_url_check" CHECK (char_length("app"."submissions"."file_url") <= 2000),
	CONSTRAINT "submissions_score_check" CHECK ("app"."submissions"."score" >= 0 and "app"."submissions"."score" <= 10000),
	CONSTRAINT "submissions_feedback_check" CHECK (char_length("app"."submissions"."feedback") <= 2000000),
	CONSTRAINT "submissions_submitted_at_check" CHECK (isfinite("app"."submissions"."submitted_at")),
	CONSTRAINT "submissions_graded_at_check" CHECK (isfinite("app"."submissions"."graded_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"plan" text NOT NULL,
	"price" bigint NOT NULL,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"period_start" date NOT NULL,
	"period_end" date NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "subscriptions_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "subscriptions_plan_check" CHECK (char_length("app"."subscriptions"."plan") <= 100 and "app"."subscriptions"."plan" <> ''),
	CONSTRAINT "subscriptions_price_check" CHECK ("app"."subscriptions"."price" >= 0 and "app"."subscriptions"."price" <= 9007199254740991),
	CONSTRAINT "subscriptions_currency_check" CHECK ("app"."subscriptions"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "subscriptions_status_check" CHECK ("app"."subscriptions"."status" in ('trialing', 'active', 'past_due', 'cancelled', 'expired')),
	CONSTRAINT "subscriptions_period_start_check" CHECK (isfinite("app"."subscriptions"."period_start")),
	CONSTRAINT "subscriptions_period_end_check" CHECK (isfinite("app"."subscriptions"."period_end")),
	CONSTRAINT "subscriptions_cancelled_at_check" CHECK (isfinite("app"."subscriptions"."cancelled_at"))
);
--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD COLUMN "override_reason" text;--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD COLUMN "line_id" text;--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD COLUMN "source_id" text;--> statement-breakpoint
ALTER TABLE "app"."lessons" ADD COLUMN "lineage_id" text;--> statement-breakpoint
ALTER TABLE "app"."modules" ADD COLUMN "lineage_id" text;--> statement-breakpoint
ALTER TABLE "app"."programs" ADD COLUMN "uses_waitlist" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "app"."assessment_questions" ADD CONSTRAINT "assessment_questions_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assessment_questions" ADD CONSTRAINT "assessment_questions_assessment_id_fk" FOREIGN KEY ("program_id","assessment_id") REFERENCES "app"."assessments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assessment_results" ADD CONSTRAINT "assessment_results_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assessment_results" ADD CONSTRAINT "assessment_results_assessment_id_fk" FOREIGN KEY ("program_id","assessment_id") REFERENCES "app"."assessments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assessment_results" ADD CONSTRAINT "assessment_results_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assessments" ADD CONSTRAINT "assessments_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assignments" ADD CONSTRAINT "assignments_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."assignments" ADD CONSTRAINT "assignments_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."availability_rules" ADD CONSTRAINT "availability_rules_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."availability_rules" ADD CONSTRAINT "availability_rules_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."availability_slots" ADD CONSTRAINT "availability_slots_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."availability_slots" ADD CONSTRAINT "availability_slots_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."availability_slots" ADD CONSTRAINT "availability_slots_rule_id_fk" FOREIGN KEY ("program_id","rule_id") REFERENCES "app"."availability_rules"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."booking_reviews" ADD CONSTRAINT "booking_reviews_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."booking_reviews" ADD CONSTRAINT "booking_reviews_booking_id_fk" FOREIGN KEY ("program_id","booking_id") REFERENCES "app"."bookings"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."booking_reviews" ADD CONSTRAINT "booking_reviews_reviewer_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."booking_reviews" ADD CONSTRAINT "booking_reviews_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_service_id_fk" FOREIGN KEY ("program_id","service_id") REFERENCES "app"."services"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_slot_id_fk" FOREIGN KEY ("program_id","slot_id") REFERENCES "app"."availability_slots"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."calendar_connections" ADD CONSTRAINT "calendar_connections_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."calendar_connections" ADD CONSTRAINT "calendar_connections_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."career_roadmaps" ADD CONSTRAINT "career_roadmaps_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."career_roadmaps" ADD CONSTRAINT "career_roadmaps_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."certificates" ADD CONSTRAINT "certificates_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."certificates" ADD CONSTRAINT "certificates_enrollment_id_fk" FOREIGN KEY ("program_id","enrollment_id") REFERENCES "app"."course_enrollments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_reviews" ADD CONSTRAINT "course_reviews_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_reviews" ADD CONSTRAINT "course_reviews_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_reviews" ADD CONSTRAINT "course_reviews_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."employers" ADD CONSTRAINT "employers_account_user_id_fk" FOREIGN KEY ("account_user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."import_recipes" ADD CONSTRAINT "import_recipes_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."job_applications" ADD CONSTRAINT "job_applications_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."job_applications" ADD CONSTRAINT "job_applications_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "app"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."job_applications" ADD CONSTRAINT "job_applications_applicant_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."jobs" ADD CONSTRAINT "jobs_employer_id_fk" FOREIGN KEY ("employer_id") REFERENCES "app"."employers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."lesson_progress" ADD CONSTRAINT "lesson_progress_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."lesson_progress" ADD CONSTRAINT "lesson_progress_enrollment_id_fk" FOREIGN KEY ("program_id","enrollment_id") REFERENCES "app"."course_enrollments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."lesson_progress" ADD CONSTRAINT "lesson_progress_lesson_id_fk" FOREIGN KEY ("program_id","lesson_id") REFERENCES "app"."lessons"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentees" ADD CONSTRAINT "mentees_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentees" ADD CONSTRAINT "mentees_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentor_expertise" ADD CONSTRAINT "mentor_expertise_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentor_expertise" ADD CONSTRAINT "mentor_expertise_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentor_expertise" ADD CONSTRAINT "mentor_expertise_tag_id_fk" FOREIGN KEY ("tag_id") REFERENCES "app"."expertise_tags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentoring_sessions" ADD CONSTRAINT "mentoring_sessions_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentoring_sessions" ADD CONSTRAINT "mentoring_sessions_booking_id_fk" FOREIGN KEY ("program_id","booking_id") REFERENCES "app"."bookings"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentors" ADD CONSTRAINT "mentors_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."mentors" ADD CONSTRAINT "mentors_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_payer_id_fk" FOREIGN KEY ("payer_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_enrollment_id_fk" FOREIGN KEY ("program_id","enrollment_id") REFERENCES "app"."course_enrollments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_booking_id_fk" FOREIGN KEY ("program_id","booking_id") REFERENCES "app"."bookings"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_subscription_id_fk" FOREIGN KEY ("program_id","subscription_id") REFERENCES "app"."subscriptions"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."program_interactions" ADD CONSTRAINT "program_interactions_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."program_interactions" ADD CONSTRAINT "program_interactions_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_progress" ADD CONSTRAINT "roadmap_progress_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_progress" ADD CONSTRAINT "roadmap_progress_step_id_fk" FOREIGN KEY ("program_id","step_id") REFERENCES "app"."roadmap_steps"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_steps" ADD CONSTRAINT "roadmap_steps_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_steps" ADD CONSTRAINT "roadmap_steps_roadmap_id_fk" FOREIGN KEY ("program_id","roadmap_id") REFERENCES "app"."career_roadmaps"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_steps" ADD CONSTRAINT "roadmap_steps_resource_id_fk" FOREIGN KEY ("resource_id") REFERENCES "app"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."roadmap_steps" ADD CONSTRAINT "roadmap_steps_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."saved_views" ADD CONSTRAINT "saved_views_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."services" ADD CONSTRAINT "services_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."services" ADD CONSTRAINT "services_mentor_id_fk" FOREIGN KEY ("program_id","mentor_id") REFERENCES "app"."mentors"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."shared_views" ADD CONSTRAINT "shared_views_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."social_links" ADD CONSTRAINT "social_links_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."submissions" ADD CONSTRAINT "submissions_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."submissions" ADD CONSTRAINT "submissions_assignment_id_fk" FOREIGN KEY ("program_id","assignment_id") REFERENCES "app"."assignments"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."submissions" ADD CONSTRAINT "submissions_student_id_fk" FOREIGN KEY ("program_id","student_id") REFERENCES "app"."students"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."subscriptions" ADD CONSTRAINT "subscriptions_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."subscriptions" ADD CONSTRAINT "subscriptions_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_questions_assessment_id_idx" ON "app"."assessment_questions" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "assessment_results_assessment_id_idx" ON "app"."assessment_results" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "assessment_results_user_id_idx" ON "app"."assessment_results" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assessments_program_id_title_uq" ON "app"."assessments" USING btree ("program_id","title") WHERE "app"."assessments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "assignments_course_id_idx" ON "app"."assignments" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "availability_rules_mentor_id_idx" ON "app"."availability_rules" USING btree ("mentor_id");--> statement-breakpoint
CREATE INDEX "availability_slots_mentor_id_idx" ON "app"."availability_slots" USING btree ("mentor_id");--> statement-breakpoint
CREATE INDEX "availability_slots_rule_id_idx" ON "app"."availability_slots" USING btree ("rule_id");--> statement-breakpoint
CREATE INDEX "booking_reviews_booking_id_idx" ON "app"."booking_reviews" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "booking_reviews_reviewer_id_idx" ON "app"."booking_reviews" USING btree ("reviewer_id");--> statement-breakpoint
CREATE INDEX "booking_reviews_mentor_id_idx" ON "app"."booking_reviews" USING btree ("mentor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "booking_reviews_booking_id_uq" ON "app"."booking_reviews" USING btree ("booking_id") WHERE "app"."booking_reviews"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "bookings_mentor_id_idx" ON "app"."bookings" USING btree ("mentor_id");--> statement-breakpoint
CREATE INDEX "bookings_client_id_idx" ON "app"."bookings" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "bookings_service_id_idx" ON "app"."bookings" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "bookings_slot_id_idx" ON "app"."bookings" USING btree ("slot_id");--> statement-breakpoint
CREATE INDEX "calendar_connections_mentor_id_idx" ON "app"."calendar_connections" USING btree ("mentor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_connections_mentor_id_provider_uq" ON "app"."calendar_connections" USING btree ("mentor_id","provider") WHERE "app"."calendar_connections"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "career_roadmaps_user_id_idx" ON "app"."career_roadmaps" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "certificates_enrollment_id_idx" ON "app"."certificates" USING btree ("enrollment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_enrollment_id_uq" ON "app"."certificates" USING btree ("enrollment_id") WHERE "app"."certificates"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_certificate_number_uq" ON "app"."certificates" USING btree ("certificate_number") WHERE "app"."certificates"."certificate_number" is not null;--> statement-breakpoint
CREATE INDEX "course_reviews_course_id_idx" ON "app"."course_reviews" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "course_reviews_user_id_idx" ON "app"."course_reviews" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "course_reviews_user_id_course_id_uq" ON "app"."course_reviews" USING btree ("user_id","course_id") WHERE "app"."course_reviews"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "employers_account_user_id_idx" ON "app"."employers" USING btree ("account_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "employers_name_uq" ON "app"."employers" USING btree ("name") WHERE "app"."employers"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "expertise_tags_name_uq" ON "app"."expertise_tags" USING btree ("name") WHERE "app"."expertise_tags"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "import_recipes_user_id_idx" ON "app"."import_recipes" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_recipes_user_id_entity_name_uq" ON "app"."import_recipes" USING btree ("user_id","entity","name") WHERE "app"."import_recipes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "job_applications_job_id_idx" ON "app"."job_applications" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "job_applications_applicant_id_idx" ON "app"."job_applications" USING btree ("applicant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "job_applications_job_id_applicant_id_uq" ON "app"."job_applications" USING btree ("job_id","applicant_id") WHERE "app"."job_applications"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "jobs_employer_id_idx" ON "app"."jobs" USING btree ("employer_id");--> statement-breakpoint
CREATE INDEX "lesson_progress_enrollment_id_idx" ON "app"."lesson_progress" USING btree ("enrollment_id");--> statement-breakpoint
CREATE INDEX "lesson_progress_lesson_id_idx" ON "app"."lesson_progress" USING btree ("lesson_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_progress_enrollment_id_lesson_id_uq" ON "app"."lesson_progress" USING btree ("enrollment_id","lesson_id") WHERE "app"."lesson_progress"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "mentees_user_id_idx" ON "app"."mentees" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mentees_user_id_uq" ON "app"."mentees" USING btree ("user_id") WHERE "app"."mentees"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "mentor_expertise_mentor_id_idx" ON "app"."mentor_expertise" USING btree ("mentor_id");--> statement-breakpoint
CREATE INDEX "mentor_expertise_tag_id_idx" ON "app"."mentor_expertise" USING btree ("tag_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mentor_expertise_mentor_id_tag_id_uq" ON "app"."mentor_expertise" USING btree ("mentor_id","tag_id") WHERE "app"."mentor_expertise"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "mentoring_sessions_booking_id_idx" ON "app"."mentoring_sessions" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mentoring_sessions_booking_id_uq" ON "app"."mentoring_sessions" USING btree ("booking_id") WHERE "app"."mentoring_sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "mentors_user_id_idx" ON "app"."mentors" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mentors_user_id_uq" ON "app"."mentors" USING btree ("user_id") WHERE "app"."mentors"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "payments_payer_id_idx" ON "app"."payments" USING btree ("payer_id");--> statement-breakpoint
CREATE INDEX "payments_enrollment_id_idx" ON "app"."payments" USING btree ("enrollment_id");--> statement-breakpoint
CREATE INDEX "payments_booking_id_idx" ON "app"."payments" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "payments_subscription_id_idx" ON "app"."payments" USING btree ("subscription_id");--> statement-breakpoint
CREATE INDEX "program_interactions_user_id_idx" ON "app"."program_interactions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "program_interactions_user_id_program_id_interaction_uq" ON "app"."program_interactions" USING btree ("user_id","program_id","interaction") WHERE "app"."program_interactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "roadmap_progress_step_id_idx" ON "app"."roadmap_progress" USING btree ("step_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roadmap_progress_step_id_uq" ON "app"."roadmap_progress" USING btree ("step_id") WHERE "app"."roadmap_progress"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "roadmap_steps_roadmap_id_idx" ON "app"."roadmap_steps" USING btree ("roadmap_id");--> statement-breakpoint
CREATE INDEX "roadmap_steps_resource_id_idx" ON "app"."roadmap_steps" USING btree ("resource_id");--> statement-breakpoint
CREATE INDEX "roadmap_steps_course_id_idx" ON "app"."roadmap_steps" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "saved_views_user_id_idx" ON "app"."saved_views" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_user_id_entity_name_uq" ON "app"."saved_views" USING btree ("user_id","entity","name") WHERE "app"."saved_views"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "services_mentor_id_idx" ON "app"."services" USING btree ("mentor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shared_views_program_id_entity_name_uq" ON "app"."shared_views" USING btree ("program_id","entity","name") WHERE "app"."shared_views"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "social_links_user_id_idx" ON "app"."social_links" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "social_links_user_id_platform_url_uq" ON "app"."social_links" USING btree ("user_id","platform","url") WHERE "app"."social_links"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "submissions_assignment_id_idx" ON "app"."submissions" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "submissions_student_id_idx" ON "app"."submissions" USING btree ("student_id");--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_assignment_id_student_id_uq" ON "app"."submissions" USING btree ("assignment_id","student_id") WHERE "app"."submissions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "subscriptions_user_id_idx" ON "app"."subscriptions" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_override_reason_check" CHECK (char_length("app"."course_enrollments"."override_reason") <= 500);--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD CONSTRAINT "curricula_line_id_check" CHECK (char_length("app"."curricula"."line_id") <= 36);--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD CONSTRAINT "curricula_source_id_check" CHECK (char_length("app"."curricula"."source_id") <= 36);--> statement-breakpoint
ALTER TABLE "app"."lessons" ADD CONSTRAINT "lessons_lineage_id_check" CHECK (char_length("app"."lessons"."lineage_id") <= 36);--> statement-breakpoint
ALTER TABLE "app"."modules" ADD CONSTRAINT "modules_lineage_id_check" CHECK (char_length("app"."modules"."lineage_id") <= 36);