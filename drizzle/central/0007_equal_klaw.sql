ALTER TABLE "app"."bookings" DROP CONSTRAINT "bookings_meeting_url_check";--> statement-breakpoint
ALTER TABLE "app"."certificates" DROP CONSTRAINT "certificates_certificate_url_check";--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" DROP CONSTRAINT "course_enrollments_price_agreed_check";--> statement-breakpoint
ALTER TABLE "app"."courses" DROP CONSTRAINT "courses_thumbnail_url_check";--> statement-breakpoint
ALTER TABLE "app"."employers" DROP CONSTRAINT "employers_website_check";--> statement-breakpoint
ALTER TABLE "app"."facilities" DROP CONSTRAINT "facilities_equipment_check";--> statement-breakpoint
ALTER TABLE "app"."facilities" DROP CONSTRAINT "facilities_amenities_check";--> statement-breakpoint
ALTER TABLE "app"."facility_course_pricing" DROP CONSTRAINT "facility_course_pricing_range_check";--> statement-breakpoint
ALTER TABLE "app"."institutions" DROP CONSTRAINT "institutions_website_check";--> statement-breakpoint
ALTER TABLE "app"."lessons" DROP CONSTRAINT "lessons_video_url_check";--> statement-breakpoint
ALTER TABLE "app"."profiles" DROP CONSTRAINT "profiles_avatar_url_check";--> statement-breakpoint
ALTER TABLE "app"."profiles" DROP CONSTRAINT "profiles_linkedin_url_check";--> statement-breakpoint
ALTER TABLE "app"."resources" DROP CONSTRAINT "resources_url_check";--> statement-breakpoint
ALTER TABLE "app"."resources" DROP CONSTRAINT "resources_tags_check";--> statement-breakpoint
ALTER TABLE "app"."social_links" DROP CONSTRAINT "social_links_url_check";--> statement-breakpoint
ALTER TABLE "app"."student_confidential" DROP CONSTRAINT "student_confidential_emergency_contact_check";--> statement-breakpoint
ALTER TABLE "app"."student_confidential" DROP CONSTRAINT "student_confidential_medical_info_check";--> statement-breakpoint
ALTER TABLE "app"."students" DROP CONSTRAINT "students_email_check";--> statement-breakpoint
ALTER TABLE "app"."submissions" DROP CONSTRAINT "submissions_file_url_check";--> statement-breakpoint
ALTER TABLE "app"."users" DROP CONSTRAINT "users_email_check";--> statement-breakpoint
CREATE INDEX "course_enrollments_seats_idx" ON "app"."course_enrollments" USING btree ("facility_id","age_group","location_type","session_type") WHERE "app"."course_enrollments"."status" in ('active', 'paused') and "app"."course_enrollments"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "app"."assessment_questions" ADD CONSTRAINT "assessment_questions_options_rule" CHECK ("app"."assessment_questions"."options" is null or coalesce(case "app"."assessment_questions"."question_type"
        when 'text' then false
        when 'scale' then jsonb_typeof("app"."assessment_questions"."options") = 'object' and jsonb_path_exists("app"."assessment_questions"."options", 'strict $ ? (@.min < @.max)', '{}', true)
          and jsonb_typeof("app"."assessment_questions"."options"->'min') = 'number' and jsonb_typeof("app"."assessment_questions"."options"->'max') = 'number'
          and (coalesce("app"."assessment_questions"."options"->'step', 'null') = 'null' or jsonb_path_exists("app"."assessment_questions"."options", 'strict $.step ? (@ > 0)', '{}', true))
        else jsonb_typeof("app"."assessment_questions"."options") = 'array' and "app"."assessment_questions"."options" <> '[]'
          and not jsonb_path_exists("app"."assessment_questions"."options", 'strict $[*] ? (@.type() != "object")', '{}', true)
          and jsonb_array_length(jsonb_path_query_array("app"."assessment_questions"."options", 'strict $[*] ? (@.label.type() == "string" && (@.value.type() == "string" || @.value.type() == "number"))', '{}', true))
            = jsonb_array_length("app"."assessment_questions"."options")
        end, false));--> statement-breakpoint
ALTER TABLE "app"."assessment_questions" ADD CONSTRAINT "assessment_questions_scoring_rule" CHECK ("app"."assessment_questions"."scoring" is null or (jsonb_typeof("app"."assessment_questions"."scoring") = 'object'
        and not jsonb_path_exists("app"."assessment_questions"."scoring", 'strict $.* ? (@.type() != "number" && @.type() != "object")', '{}', true)
        and not jsonb_path_exists("app"."assessment_questions"."scoring", 'strict $.* ? (@.type() == "object").* ? (@.type() != "number")', '{}', true)));--> statement-breakpoint
ALTER TABLE "app"."bookings" ADD CONSTRAINT "bookings_meeting_url_check" CHECK (char_length("app"."bookings"."meeting_url") <= 2000 and "app"."bookings"."meeting_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."certificates" ADD CONSTRAINT "certificates_certificate_url_check" CHECK (char_length("app"."certificates"."certificate_url") <= 2000 and "app"."certificates"."certificate_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_completion_date_rule" CHECK ("app"."course_enrollments"."completion_date" >= "app"."course_enrollments"."enrollment_date");--> statement-breakpoint
ALTER TABLE "app"."course_enrollments" ADD CONSTRAINT "course_enrollments_price_agreed_check" CHECK ("app"."course_enrollments"."price_agreed" >= 0 and "app"."course_enrollments"."price_agreed" <= 9007199254740991);--> statement-breakpoint
ALTER TABLE "app"."courses" ADD CONSTRAINT "courses_thumbnail_url_check" CHECK (char_length("app"."courses"."thumbnail_url") <= 2000 and "app"."courses"."thumbnail_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."employers" ADD CONSTRAINT "employers_website_check" CHECK (char_length("app"."employers"."website") <= 2000 and "app"."employers"."website" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."facilities" ADD CONSTRAINT "facilities_equipment_check" CHECK (jsonb_typeof("app"."facilities"."equipment") = 'array' and jsonb_array_length("app"."facilities"."equipment") <= 1000 and not jsonb_path_exists("app"."facilities"."equipment", 'strict $[*] ? (@.type() != "string" || @ == "")', '{}', true));--> statement-breakpoint
ALTER TABLE "app"."facilities" ADD CONSTRAINT "facilities_amenities_check" CHECK (jsonb_typeof("app"."facilities"."amenities") = 'array' and jsonb_array_length("app"."facilities"."amenities") <= 1000 and not jsonb_path_exists("app"."facilities"."amenities", 'strict $[*] ? (@.type() != "string" || @ == "")', '{}', true));--> statement-breakpoint
ALTER TABLE "app"."facility_course_pricing" ADD CONSTRAINT "facility_course_pricing_end_date_rule" CHECK ("app"."facility_course_pricing"."end_date" >= "app"."facility_course_pricing"."effective_date");--> statement-breakpoint
ALTER TABLE "app"."institutions" ADD CONSTRAINT "institutions_website_check" CHECK (char_length("app"."institutions"."website") <= 2000 and "app"."institutions"."website" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."lessons" ADD CONSTRAINT "lessons_video_url_check" CHECK (char_length("app"."lessons"."video_url") <= 2000 and "app"."lessons"."video_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."mentoring_sessions" ADD CONSTRAINT "mentoring_sessions_ended_at_rule" CHECK ("app"."mentoring_sessions"."ended_at" >= "app"."mentoring_sessions"."started_at");--> statement-breakpoint
ALTER TABLE "app"."payments" ADD CONSTRAINT "payments_enrollment_id_rule" CHECK (num_nonnulls("app"."payments"."enrollment_id", "app"."payments"."booking_id", "app"."payments"."subscription_id") = 1);--> statement-breakpoint
ALTER TABLE "app"."profiles" ADD CONSTRAINT "profiles_avatar_url_check" CHECK (char_length("app"."profiles"."avatar_url") <= 2000 and "app"."profiles"."avatar_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."profiles" ADD CONSTRAINT "profiles_linkedin_url_check" CHECK (char_length("app"."profiles"."linkedin_url") <= 2000 and "app"."profiles"."linkedin_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."resources" ADD CONSTRAINT "resources_url_check" CHECK (char_length("app"."resources"."url") <= 2000 and "app"."resources"."url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."resources" ADD CONSTRAINT "resources_tags_check" CHECK (jsonb_typeof("app"."resources"."tags") = 'array' and jsonb_array_length("app"."resources"."tags") <= 1000 and not jsonb_path_exists("app"."resources"."tags", 'strict $[*] ? (@.type() != "string" || @ == "")', '{}', true));--> statement-breakpoint
ALTER TABLE "app"."roadmap_progress" ADD CONSTRAINT "roadmap_progress_completed_at_rule" CHECK ("app"."roadmap_progress"."completed_at" >= "app"."roadmap_progress"."started_at");--> statement-breakpoint
ALTER TABLE "app"."social_links" ADD CONSTRAINT "social_links_url_check" CHECK (char_length("app"."social_links"."url") <= 2000 and "app"."social_links"."url" ~ '^(https?://\S+|[^\s:]+)$' and "app"."social_links"."url" <> '');--> statement-breakpoint
ALTER TABLE "app"."student_confidential" ADD CONSTRAINT "student_confidential_emergency_contact_check" CHECK (jsonb_typeof("app"."student_confidential"."emergency_contact") = 'object' and "app"."student_confidential"."emergency_contact" - array['name', 'relationship', 'phone'] = '{}' and not jsonb_path_exists("app"."student_confidential"."emergency_contact", 'strict $.* ? (@.type() != "string")', '{}', true) and char_length("app"."student_confidential"."emergency_contact"::text) <= 12300);--> statement-breakpoint
ALTER TABLE "app"."student_confidential" ADD CONSTRAINT "student_confidential_medical_info_check" CHECK (jsonb_typeof("app"."student_confidential"."medical_info") = 'object' and "app"."student_confidential"."medical_info" - array['conditions', 'allergies', 'medication', 'notes'] = '{}' and not jsonb_path_exists("app"."student_confidential"."medical_info", 'strict $.* ? (@.type() != "string")', '{}', true) and char_length("app"."student_confidential"."medical_info"::text) <= 16400);--> statement-breakpoint
ALTER TABLE "app"."students" ADD CONSTRAINT "students_email_check" CHECK (char_length("app"."students"."email") <= 255 and "app"."students"."email" ~ '^[^\s@"(),:\u003b<>\[\\\]]+@[^\s@.]+([.][^\s@.]+)+$');--> statement-breakpoint
ALTER TABLE "app"."submissions" ADD CONSTRAINT "submissions_file_url_check" CHECK (char_length("app"."submissions"."file_url") <= 2000 and "app"."submissions"."file_url" ~ '^(https?://\S+|[^\s:]+)$');--> statement-breakpoint
ALTER TABLE "app"."subscriptions" ADD CONSTRAINT "subscriptions_period_end_rule" CHECK ("app"."subscriptions"."period_end" >= "app"."subscriptions"."period_start");--> statement-breakpoint
ALTER TABLE "app"."users" ADD CONSTRAINT "users_email_check" CHECK (char_length("app"."users"."email") <= 255 and "app"."users"."email" ~ '^[^\s@"(),:\u003b<>\[\\\]]+@[^\s@.]+([.][^\s@.]+)+$' and "app"."users"."email" <> '');