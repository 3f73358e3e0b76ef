CREATE SCHEMA "app";
--> statement-breakpoint
CREATE TABLE "app"."course_enrollments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"age_group" text NOT NULL,
	"location_type" text NOT NULL,
	"session_type" text NOT NULL,
	"price_agreed" bigint,
	"currency" text,
	"status" text DEFAULT 'active' NOT NULL,
	"enrollment_date" date NOT NULL,
	"completion_date" date,
	"progress_percentage" integer DEFAULT 0 NOT NULL,
	"credits_awarded" integer,
	"assignment_type" text DEFAULT 'direct' NOT NULL,
	"assignment_notes" text,
	"assigned_by" uuid,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "course_enrollments_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "course_enrollments_age_group_check" CHECK (char_length("app"."course_enrollments"."age_group") <= 100 and "app"."course_enrollments"."age_group" <> ''),
	CONSTRAINT "course_enrollments_location_type_check" CHECK (char_length("app"."course_enrollments"."location_type") <= 100 and "app"."course_enrollments"."location_type" <> ''),
	CONSTRAINT "course_enrollments_session_type_check" CHECK (char_length("app"."course_enrollments"."session_type") <= 100 and "app"."course_enrollments"."session_type" <> ''),
	CONSTRAINT "course_enrollments_price_agreed_check" CHECK ("app"."course_enrollments"."price_agreed" >= -9007199254740991 and "app"."course_enrollments"."price_agreed" <= 9007199254740991),
	CONSTRAINT "course_enrollments_currency_check" CHECK ("app"."course_enrollments"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "course_enrollments_status_check" CHECK ("app"."course_enrollments"."status" in ('active', 'paused', 'completed', 'withdrawn')),
	CONSTRAINT "course_enrollments_enrollment_date_check" CHECK (isfinite("app"."course_enrollments"."enrollment_date")),
	CONSTRAINT "course_enrollments_completion_date_check" CHECK (isfinite("app"."course_enrollments"."completion_date")),
	CONSTRAINT "course_enrollments_progress_percentage_check" CHECK ("app"."course_enrollments"."progress_percentage" >= 0 and "app"."course_enrollments"."progress_percentage" <= 100),
	CONSTRAINT "course_enrollments_credits_awarded_check" CHECK ("app"."course_enrollments"."credits_awarded" >= 0 and "app"."course_enrollments"."credits_awarded" <= 1000),
	CONSTRAINT "course_enrollments_assignment_type_check" CHECK ("app"."course_enrollments"."assignment_type" in ('direct', 'parent_assigned', 'bulk_assigned')),
	CONSTRAINT "course_enrollments_assignment_notes_check" CHECK (char_length("app"."course_enrollments"."assignment_notes") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "app"."courses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"category" text,
	"level" integer,
	"difficulty" text,
	"instructor_id" uuid,
	"list_price" bigint,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"description" text,
	"thumbnail_url" text,
	"published" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "courses_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "courses_code_check" CHECK (char_length("app"."courses"."code") <= 50 and "app"."courses"."code" <> ''),
	CONSTRAINT "courses_name_check" CHECK (char_length("app"."courses"."name") <= 255 and "app"."courses"."name" <> ''),
	CONSTRAINT "courses_slug_check" CHECK (char_length("app"."courses"."slug") <= 255 and "app"."courses"."slug" ~ '^[a-z0-9]+([-_.][a-z0-9]+)*$' and "app"."courses"."slug" <> ''),
	CONSTRAINT "courses_category_check" CHECK (char_length("app"."courses"."category") <= 100),
	CONSTRAINT "courses_level_check" CHECK ("app"."courses"."level" >= 0 and "app"."courses"."level" <= 1000),
	CONSTRAINT "courses_difficulty_check" CHECK ("app"."courses"."difficulty" in ('beginner', 'intermediate', 'advanced')),
	CONSTRAINT "courses_list_price_check" CHECK ("app"."courses"."list_price" >= 0 and "app"."courses"."list_price" <= 9007199254740991),
	CONSTRAINT "courses_currency_check" CHECK ("app"."courses"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "courses_description_check" CHECK (char_length("app"."courses"."description") <= 2000000),
	CONSTRAINT "courses_thumbnail_url_check" CHECK (char_length("app"."courses"."thumbnail_url") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "app"."curricula" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"sequence_order" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "curricula_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "curricula_name_check" CHECK (char_length("app"."curricula"."name") <= 255 and "app"."curricula"."name" <> ''),
	CONSTRAINT "curricula_description_check" CHECK (char_length("app"."curricula"."description") <= 2000000),
	CONSTRAINT "curricula_sequence_order_check" CHECK ("app"."curricula"."sequence_order" >= 1 and "app"."curricula"."sequence_order" <= 1000000),
	CONSTRAINT "curricula_state_check" CHECK ("app"."curricula"."state" in ('draft', 'published', 'archived')),
	CONSTRAINT "curricula_version_check" CHECK ("app"."curricula"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "app"."facilities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"name" text NOT NULL,
	"facility_type" text NOT NULL,
	"capacity" integer,
	"equipment" jsonb,
	"amenities" jsonb,
	"status" text DEFAULT 'active' NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "facilities_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "facilities_name_check" CHECK (char_length("app"."facilities"."name") <= 255 and "app"."facilities"."name" <> ''),
	CONSTRAINT "facilities_facility_type_check" CHECK ("app"."facilities"."facility_type" in ('pool', 'court', 'gym', 'field', 'classroom', 'lab')),
	CONSTRAINT "facilities_capacity_check" CHECK ("app"."facilities"."capacity" >= 0 and "app"."facilities"."capacity" <= 100000),
	CONSTRAINT "facilities_equipment_check" CHECK (jsonb_typeof("app"."facilities"."equipment") = 'array'),
	CONSTRAINT "facilities_amenities_check" CHECK (jsonb_typeof("app"."facilities"."amenities") = 'array'),
	CONSTRAINT "facilities_status_check" CHECK ("app"."facilities"."status" in ('active', 'maintenance', 'inactive'))
);
--> statement-breakpoint
CREATE TABLE "app"."facility_course_pricing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"age_group" text NOT NULL,
	"location_type" text NOT NULL,
	"session_type" text NOT NULL,
	"price" bigint NOT NULL,
	"currency" text DEFAULT 'NGN' NOT NULL,
	"effective_date" date NOT NULL,
	"end_date" date,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "facility_course_pricing_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "facility_course_pricing_age_group_check" CHECK (char_length("app"."facility_course_pricing"."age_group") <= 100 and "app"."facility_course_pricing"."age_group" <> ''),
	CONSTRAINT "facility_course_pricing_location_type_check" CHECK (char_length("app"."facility_course_pricing"."location_type") <= 100 and "app"."facility_course_pricing"."location_type" <> ''),
	CONSTRAINT "facility_course_pricing_session_type_check" CHECK (char_length("app"."facility_course_pricing"."session_type") <= 100 and "app"."facility_course_pricing"."session_type" <> ''),
	CONSTRAINT "facility_course_pricing_price_check" CHECK ("app"."facility_course_pricing"."price" >= 0 and "app"."facility_course_pricing"."price" <= 9007199254740991),
	CONSTRAINT "facility_course_pricing_currency_check" CHECK ("app"."facility_course_pricing"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "facility_course_pricing_effective_date_check" CHECK (isfinite("app"."facility_course_pricing"."effective_date")),
	CONSTRAINT "facility_course_pricing_end_date_check" CHECK (isfinite("app"."facility_course_pricing"."end_date")),
	CONSTRAINT "facility_course_pricing_range_check" CHECK ("app"."facility_course_pricing"."end_date" >= "app"."facility_course_pricing"."effective_date")
);
--> statement-breakpoint
CREATE TABLE "app"."institutions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"location" text,
	"website" text,
	"size" text,
	"account_user_id" uuid,
	"details" jsonb,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "institutions_name_check" CHECK (char_length("app"."institutions"."name") <= 255 and "app"."institutions"."name" <> ''),
	CONSTRAINT "institutions_location_check" CHECK (char_length("app"."institutions"."location") <= 255),
	CONSTRAINT "institutions_website_check" CHECK (char_length("app"."institutions"."website") <= 2000),
	CONSTRAINT "institutions_size_check" CHECK ("app"."institutions"."size" in ('small', 'medium', 'large'))
);
--> statement-breakpoint
CREATE TABLE "app"."lessons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"module_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"content" text,
	"video_url" text,
	"duration_minutes" integer,
	"sequence_order" integer DEFAULT 1 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "lessons_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "lessons_name_check" CHECK (char_length("app"."lessons"."name") <= 255 and "app"."lessons"."name" <> ''),
	CONSTRAINT "lessons_description_check" CHECK (char_length("app"."lessons"."description") <= 2000),
	CONSTRAINT "lessons_content_check" CHECK (char_length("app"."lessons"."content") <= 2000000),
	CONSTRAINT "lessons_video_url_check" CHECK (char_length("app"."lessons"."video_url") <= 2000),
	CONSTRAINT "lessons_duration_minutes_check" CHECK ("app"."lessons"."duration_minutes" >= 0 and "app"."lessons"."duration_minutes" <= 100000),
	CONSTRAINT "lessons_sequence_order_check" CHECK ("app"."lessons"."sequence_order" >= 1 and "app"."lessons"."sequence_order" <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "app"."modules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"curriculum_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"sequence_order" integer DEFAULT 1 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "modules_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "modules_name_check" CHECK (char_length("app"."modules"."name") <= 255 and "app"."modules"."name" <> ''),
	CONSTRAINT "modules_description_check" CHECK (char_length("app"."modules"."description") <= 2000000),
	CONSTRAINT "modules_sequence_order_check" CHECK ("app"."modules"."sequence_order" >= 1 and "app"."modules"."sequence_order" <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "app"."notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"type" text NOT NULL,
	"title" text NOT NULL,
	"message" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "notifications_type_check" CHECK (char_length("app"."notifications"."type") <= 50 and "app"."notifications"."type" <> ''),
	CONSTRAINT "notifications_title_check" CHECK (char_length("app"."notifications"."title") <= 255 and "app"."notifications"."title" <> ''),
	CONSTRAINT "notifications_message_check" CHECK (char_length("app"."notifications"."message") <= 4000 and "app"."notifications"."message" <> ''),
	CONSTRAINT "notifications_read_at_check" CHECK (isfinite("app"."notifications"."read_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."platform_settings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "platform_settings_key_check" CHECK (char_length("app"."platform_settings"."key") <= 255 and "app"."platform_settings"."key" ~ '^[a-z0-9]+([-_.][a-z0-9]+)*$' and "app"."platform_settings"."key" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"bio" text,
	"avatar_url" text,
	"location" text,
	"date_of_birth" date,
	"linkedin_url" text,
	"facilitator_details" jsonb,
	"institution_details" jsonb,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "profiles_bio_check" CHECK (char_length("app"."profiles"."bio") <= 2000000),
	CONSTRAINT "profiles_avatar_url_check" CHECK (char_length("app"."profiles"."avatar_url") <= 2000),
	CONSTRAINT "profiles_location_check" CHECK (char_length("app"."profiles"."location") <= 255),
	CONSTRAINT "profiles_date_of_birth_check" CHECK (isfinite("app"."profiles"."date_of_birth")),
	CONSTRAINT "profiles_linkedin_url_check" CHECK (char_length("app"."profiles"."linkedin_url") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "app"."program_options" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"option_kind" text NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	"sequence" integer DEFAULT 1 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "program_options_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "program_options_option_kind_check" CHECK ("app"."program_options"."option_kind" in ('age_group', 'location_type', 'session_type', 'course_category')),
	CONSTRAINT "program_options_code_check" CHECK (char_length("app"."program_options"."code") <= 255 and "app"."program_options"."code" ~ '^[a-z0-9]+([-_.][a-z0-9]+)*$' and "app"."program_options"."code" <> ''),
	CONSTRAINT "program_options_label_check" CHECK (char_length("app"."program_options"."label") <= 100 and "app"."program_options"."label" <> ''),
	CONSTRAINT "program_options_sequence_check" CHECK ("app"."program_options"."sequence" >= 1 and "app"."program_options"."sequence" <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "app"."programs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"institution_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"program_type" text NOT NULL,
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
	CONSTRAINT "programs_code_check" CHECK (char_length("app"."programs"."code") <= 20 and char_length("app"."programs"."code") >= 2 and "app"."programs"."code" <> ''),
	CONSTRAINT "programs_name_check" CHECK (char_length("app"."programs"."name") <= 255 and "app"."programs"."name" <> ''),
	CONSTRAINT "programs_description_check" CHECK (char_length("app"."programs"."description") <= 2000000),
	CONSTRAINT "programs_program_type_check" CHECK ("app"."programs"."program_type" in ('bachelors', 'masters', 'doctorate', 'certificate', 'trade')),
	CONSTRAINT "programs_currency_check" CHECK ("app"."programs"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "programs_time_zone_check" CHECK (char_length("app"."programs"."time_zone") <= 64 and "app"."programs"."time_zone" <> '')
);
--> statement-breakpoint
CREATE TABLE "app"."student_confidential" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"emergency_contact" jsonb,
	"medical_info" jsonb,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "student_confidential_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "student_confidential_emergency_contact_check" CHECK (jsonb_typeof("app"."student_confidential"."emergency_contact") = 'object'),
	CONSTRAINT "student_confidential_medical_info_check" CHECK (jsonb_typeof("app"."student_confidential"."medical_info") = 'object')
);
--> statement-breakpoint
CREATE TABLE "app"."student_guardians" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"guardian_id" uuid NOT NULL,
	"relationship" text NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "student_guardians_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "student_guardians_relationship_check" CHECK ("app"."student_guardians"."relationship" in ('mother', 'father', 'grandparent', 'sibling', 'guardian', 'other'))
);
--> statement-breakpoint
CREATE TABLE "app"."students" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"student_number" text,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"email" text,
	"phone" text,
	"date_of_birth" date,
	"enrollment_date" date,
	"status" text DEFAULT 'active' NOT NULL,
	"address" text,
	"user_id" uuid,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "students_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "students_student_number_check" CHECK (char_length("app"."students"."student_number") <= 50),
	CONSTRAINT "students_first_name_check" CHECK (char_length("app"."students"."first_name") <= 100 and "app"."students"."first_name" <> ''),
	CONSTRAINT "students_last_name_check" CHECK (char_length("app"."students"."last_name") <= 100 and "app"."students"."last_name" <> ''),
	CONSTRAINT "students_email_check" CHECK (char_length("app"."students"."email") <= 255 and "app"."students"."email" ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
	CONSTRAINT "students_phone_check" CHECK (char_length("app"."students"."phone") <= 50),
	CONSTRAINT "students_date_of_birth_check" CHECK (isfinite("app"."students"."date_of_birth")),
	CONSTRAINT "students_enrollment_date_check" CHECK (isfinite("app"."students"."enrollment_date")),
	CONSTRAINT "students_status_check" CHECK ("app"."students"."status" in ('active', 'inactive', 'graduated', 'withdrawn')),
	CONSTRAINT "students_address_check" CHECK (char_length("app"."students"."address") <= 500)
);
--> statement-breakpoint
CREATE TABLE "app"."user_program_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"assigned_at" timestamp (3) with time zone,
	"assigned_by" uuid,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "user_program_assignments_program_id_id_key" UNIQUE("program_id","id"),
	CONSTRAINT "user_program_assignments_assigned_at_check" CHECK (isfinite("app"."user_program_assignments"."assigned_at"))
);
--> statement-breakpoint
CREATE TABLE "app"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"full_name" text NOT NULL,
	"email" text NOT NULL,
	"username" text NOT NULL,
	"role" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"last_login_at" timestamp (3) with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	CONSTRAINT "users_full_name_check" CHECK (char_length("app"."users"."full_name") <= 255 and "app"."users"."full_name" <> ''),
	CONSTRAINT "users_email_check" CHECK (char_length("app"."users"."email") <= 255 and "app"."users"."email" ~ '^[^[:space:]@]+@[^[:space:]@]+$' and "app"."users"."email" <> ''),
	CONSTRAINT "users_username_check" CHECK (char_length("app"."users"."username") <= 100 and char_length("app"."users"."username") >= 2 and "app"."users"."username" <> ''),
	CONSTRAINT "users_role_check" CHECK ("app"."users"."role" in ('super_admin', 'program_admin', 'program_coordinator', 'tutor', 'mentor', 'student', 'guardian', 'employer', 'institution')),
	CONSTRAINT "users_status_check" CHECK ("app"."users"."status" in ('pending_verification', 'active', 'suspended')),
	CONSTRAINT "users_last_login_at_check" CHECK (isfinite("app"."users"."last_login_at"))
);
--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_student_id_fk" FOREIGN KEY ("program_id","student_id") REFERENCES "app"."students"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_facility_id_fk" FOREIGN KEY ("program_id","facility_id") REFERENCES "app"."facilities"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_assigned_by_fk" FOREIGN KEY ("assigned_by") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."courses" ADD CONSTRAINT "courses_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."courses" ADD CONSTRAINT "courses_instructor_id_fk" FOREIGN KEY ("instructor_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD CONSTRAINT "curricula_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."curricula" ADD CONSTRAINT "curricula_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."facilities" ADD CONSTRAINT "facilities_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."facility_course_pricing" ADD CONSTRAINT "facility_course_pricing_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."facility_course_pricing" ADD CONSTRAINT "facility_course_pricing_facility_id_fk" FOREIGN KEY ("program_id","facility_id") REFERENCES "app"."facilities"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."facility_course_pricing" ADD CONSTRAINT "facility_course_pricing_course_id_fk" FOREIGN KEY ("program_id","course_id") REFERENCES "app"."courses"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."institutions" ADD CONSTRAINT "institutions_account_user_id_fk" FOREIGN KEY ("account_user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."lessons" ADD CONSTRAINT "lessons_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."lessons" ADD CONSTRAINT "lessons_module_id_fk" FOREIGN KEY ("program_id","module_id") REFERENCES "app"."modules"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."modules" ADD CONSTRAINT "modules_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."modules" ADD CONSTRAINT "modules_curriculum_id_fk" FOREIGN KEY ("program_id","curriculum_id") REFERENCES "app"."curricula"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."notifications" ADD CONSTRAINT "notifications_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."profiles" ADD CONSTRAINT "profiles_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."program_options" ADD CONSTRAINT "program_options_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."programs" ADD CONSTRAINT "programs_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "app"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."student_confidential" ADD CONSTRAINT "student_confidential_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."student_confidential" ADD CONSTRAINT "student_confidential_student_id_fk" FOREIGN KEY ("program_id","student_id") REFERENCES "app"."students"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."student_guardians" ADD CONSTRAINT "student_guardians_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."student_guardians" ADD CONSTRAINT "student_guardians_student_id_fk" FOREIGN KEY ("program_id","student_id") REFERENCES "app"."students"("program_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."student_guardians" ADD CONSTRAINT "student_guardians_guardian_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."students" ADD CONSTRAINT "students_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."students" ADD CONSTRAINT "students_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."user_program_assignments" ADD CONSTRAINT "user_program_assignments_program_id_fk" FOREIGN KEY ("program_id") REFERENCES "app"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."user_program_assignments" ADD CONSTRAINT "user_program_assignments_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."user_program_assignments" ADD CONSTRAINT "user_program_assignments_assigned_by_fk" FOREIGN KEY ("assigned_by") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "course_enrollments_student_id_idx" ON "app"."course_enrollments" USING btree ("student_id");--> statement-breakpoint
CREATE INDEX "course_enrollments_course_id_idx" ON "app"."course_enrollments" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "course_enrollments_facility_id_idx" ON "app"."course_enrollments" USING btree ("facility_id");--> statement-breakpoint
CREATE INDEX "course_enrollments_assigned_by_idx" ON "app"."course_enrollments" USING btree ("assigned_by");--> statement-breakpoint
CREATE UNIQUE INDEX "course_enrollments_active_uq" ON "app"."course_enrollments" USING btree ("student_id","course_id","facility_id") WHERE "app"."course_enrollments"."status" in ('active', 'paused') and "app"."course_enrollments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "courses_instructor_id_idx" ON "app"."courses" USING btree ("instructor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "courses_program_id_code_uq" ON "app"."courses" USING btree ("program_id","code") WHERE "app"."courses"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "courses_program_id_slug_uq" ON "app"."courses" USING btree ("program_id","slug") WHERE "app"."courses"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "curricula_course_id_idx" ON "app"."curricula" USING btree ("course_id");--> statement-breakpoint
CREATE UNIQUE INDEX "facilities_program_id_name_uq" ON "app"."facilities" USING btree ("program_id","name") WHERE "app"."facilities"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "facility_course_pricing_facility_id_idx" ON "app"."facility_course_pricing" USING btree ("facility_id");--> statement-breakpoint
CREATE INDEX "facility_course_pricing_course_id_idx" ON "app"."facility_course_pricing" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "institutions_account_user_id_idx" ON "app"."institutions" USING btree ("account_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "institutions_name_uq" ON "app"."institutions" USING btree ("name") WHERE "app"."institutions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lessons_module_id_idx" ON "app"."lessons" USING btree ("module_id");--> statement-breakpoint
CREATE INDEX "modules_curriculum_id_idx" ON "app"."modules" USING btree ("curriculum_id");--> statement-breakpoint
CREATE INDEX "notifications_user_id_idx" ON "app"."notifications" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "platform_settings_key_uq" ON "app"."platform_settings" USING btree ("key") WHERE "app"."platform_settings"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "profiles_user_id_idx" ON "app"."profiles" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_user_id_uq" ON "app"."profiles" USING btree ("user_id") WHERE "app"."profiles"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "program_options_program_id_option_kind_code_uq" ON "app"."program_options" USING btree ("program_id","option_kind","code") WHERE "app"."program_options"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "programs_institution_id_idx" ON "app"."programs" USING btree ("institution_id");--> statement-breakpoint
CREATE UNIQUE INDEX "programs_code_uq" ON "app"."programs" USING btree ("code") WHERE "app"."programs"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "student_confidential_student_id_idx" ON "app"."student_confidential" USING btree ("student_id");--> statement-breakpoint
CREATE UNIQUE INDEX "student_confidential_student_id_uq" ON "app"."student_confidential" USING btree ("student_id") WHERE "app"."student_confidential"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "student_guardians_student_id_idx" ON "app"."student_guardians" USING btree ("student_id");--> statement-breakpoint
CREATE INDEX "student_guardians_guardian_id_idx" ON "app"."student_guardians" USING btree ("guardian_id");--> statement-breakpoint
CREATE UNIQUE INDEX "student_guardians_student_id_guardian_id_uq" ON "app"."student_guardians" USING btree ("student_id","guardian_id") WHERE "app"."student_guardians"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "students_user_id_idx" ON "app"."students" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "students_student_number_uq" ON "app"."students" USING btree ("student_number") WHERE "app"."students"."student_number" is not null;--> statement-breakpoint
CREATE INDEX "user_program_assignments_user_id_idx" ON "app"."user_program_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_program_assignments_assigned_by_idx" ON "app"."user_program_assignments" USING btree ("assigned_by");--> statement-breakpoint
CREATE UNIQUE INDEX "user_program_assignments_user_id_program_id_uq" ON "app"."user_program_assignments" USING btree ("user_id","program_id") WHERE "app"."user_program_assignments"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_uq" ON "app"."users" USING btree (lower("email")) WHERE "app"."users"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_uq" ON "app"."users" USING btree (lower("username")) WHERE "app"."users"."deleted_at" is null;