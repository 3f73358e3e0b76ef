/**
 * Where every table and column of the five source documents lives here. Names of tables and columns are transcribed from the sources; the
 * sources themselves are not part of the product.
 */

/** A string names fields of entities, `entity.field`, joined by a comma. */
export type Home = string | { central: string } | { derived: string } | { decision: string };

export interface SourceTable {
  /** How many columns the source names: a transcription that lost one is found out. */
  columns: number;
  /** Where the source says what a table is for and names no columns. */
  as?: string;
  homes: Record<string, Home>;
}

export interface Source {
  title: string;
  tables: Record<string, SourceTable>;
}

const central = (column: string): Home => ({ central: column });
const derived = (how: string): Home => ({ derived: how });
const decision = (why: string): Home => ({ decision: why });

const stamped = (entity: string): Record<string, Home> => ({
  created_at: `${entity}.createdAt`,
  updated_at: `${entity}.updatedAt`,
});

const s0: Source = {
  title: 'Institutions, employers, marketplace',
  tables: {
    users: {
      columns: 7,
      homes: {
        user_id: 'users.id',
        email: 'users.email',
        password_hash: central('auth.credential.password_hash'),
        role: 'users.role',
        status: 'users.status',
        ...stamped('users'),
      },
    },
    profiles: {
      columns: 7,
      homes: {
        user_id: 'profiles.userId',
        full_name: 'users.fullName',
        bio: 'profiles.bio',
        avatar_url: 'profiles.avatarUrl',
        location: 'profiles.location',
        facilitator_details: 'profiles.facilitatorDetails, mentors.hourlyRate, mentor_expertise.tagId',
        institution_details:
          'profiles.institutionDetails, institutions.website, institutions.size, institutions.details',
      },
    },
    programs: {
      columns: 6,
      homes: {
        program_id: 'programs.id',
        institution_id: 'programs.institutionId',
        title: 'programs.name',
        description: 'programs.description',
        program_type: 'programs.programType',
        created_at: 'programs.createdAt',
      },
    },
    services: {
      columns: 7,
      homes: {
        service_id: 'services.id',
        facilitator_id: 'services.mentorId',
        title: 'services.title',
        description: 'services.description',
        price_amount: 'services.price',
        price_currency: 'services.currency',
        duration_minutes: 'services.durationMinutes',
      },
    },
    bookings: {
      columns: 7,
      homes: {
        booking_id: 'bookings.id',
        student_id: 'bookings.clientId',
        service_id: 'bookings.serviceId',
        start_time: 'bookings.period',
        end_time: 'bookings.period',
        status: 'bookings.status',
        created_at: 'bookings.createdAt',
      },
    },
    reviews: {
      columns: 7,
      homes: {
        review_id: 'booking_reviews.id',
        booking_id: 'booking_reviews.bookingId',
        reviewer_id: 'booking_reviews.reviewerId',
        target_id: 'booking_reviews.mentorId',
        rating: 'booking_reviews.rating',
        comment: 'booking_reviews.comment',
        created_at: 'booking_reviews.createdAt',
      },
    },
    // Named in the description of the diagram, without a table of their own.
    institutions: { columns: 0, as: 'institutions', homes: {} },
    employers: { columns: 0, as: 'employers', homes: {} },
    facilitators: { columns: 0, as: 'mentors', homes: {} },
    jobs: { columns: 1, as: 'jobs', homes: { employer_id: 'jobs.employerId' } },
    student_program_interactions: { columns: 0, as: 'program_interactions', homes: {} },
    student_job_applications: { columns: 0, as: 'job_applications', homes: {} },
    platform_configuration: { columns: 0, as: 'platform_settings', homes: {} },
  },
};

const s1: Source = {
  title: 'Learning management',
  tables: {
    users: {
      columns: 11,
      homes: {
        id: 'users.id',
        email: 'users.email',
        password_hash: central('auth.credential.password_hash'),
        name: 'users.fullName',
        bio: 'profiles.bio',
        avatar_url: 'profiles.avatarUrl',
        role: 'users.role',
        email_verified: 'users.emailVerified',
        ...stamped('users'),
        last_login: 'users.lastLoginAt',
      },
    },
    courses: {
      columns: 13,
      homes: {
        id: 'courses.id',
        title: 'courses.name',
        slug: 'courses.slug',
        description: 'courses.description',
        instructor_id: 'courses.instructorId',
        category: 'courses.category',
        level: 'courses.difficulty',
        price: 'courses.listPrice, courses.currency',
        thumbnail_url: 'courses.thumbnailUrl',
        duration: derived('the sum of the lessons of the published curriculum'),
        published: 'courses.published',
        ...stamped('courses'),
      },
    },
    lessons: {
      columns: 10,
      homes: {
        id: 'lessons.id',
        course_id: derived('lesson → module → curriculum → course'),
        title: 'lessons.name',
        description: 'lessons.description',
        content: 'lessons.content',
        video_url: 'lessons.videoUrl',
        duration: 'lessons.durationMinutes',
        order: 'lessons.sequenceOrder',
        ...stamped('lessons'),
      },
    },
    enrollments: {
      columns: 6,
      homes: {
        id: 'course_enrollments.id',
        user_id: 'course_enrollments.studentId, students.userId',
        course_id: 'course_enrollments.courseId',
        enrolled_at: 'course_enrollments.enrollmentDate, course_enrollments.createdAt',
        completed_at: 'course_enrollments.completionDate',
        progress: 'course_enrollments.progressPercentage',
      },
    },
    progress: {
      columns: 6,
      homes: {
        id: 'lesson_progress.id',
        user_id: 'lesson_progress.enrollmentId',
        lesson_id: 'lesson_progress.lessonId',
        completed: 'lesson_progress.completed',
        completed_at: 'lesson_progress.completedAt',
        time_spent: 'lesson_progress.timeSpentSeconds',
      },
    },
    certificates: {
      columns: 6,
      homes: {
        id: 'certificates.id',
        certificate_id: 'certificates.certificateNumber',
        user_id: 'certificates.enrollmentId',
        course_id: 'certificates.enrollmentId',
        issued_at: 'certificates.issuedAt',
        certificate_url: 'certificates.certificateUrl',
      },
    },
    payments: {
      columns: 9,
      homes: {
        id: 'payments.id',
        user_id: 'payments.payerId',
        course_id: 'payments.enrollmentId',
        amount: 'payments.amount',
        currency: 'payments.currency',
        status: 'payments.status',
        stripe_payment_id: 'payments.providerPaymentId, payments.provider',
        ...stamped('payments'),
      },
    },
    notifications: {
      columns: 7,
      homes: {
        id: 'notifications.id',
        user_id: 'notifications.userId',
        type: 'notifications.type',
        title: 'notifications.title',
        message: 'notifications.message',
        read: 'notifications.readAt',
        created_at: 'notifications.createdAt',
      },
    },
    reviews: {
      columns: 7,
      homes: {
        id: 'course_reviews.id',
        user_id: 'course_reviews.userId',
        course_id: 'course_reviews.courseId',
        rating: 'course_reviews.rating',
        comment: 'course_reviews.comment',
        ...stamped('course_reviews'),
      },
    },
    assignments: {
      columns: 7,
      homes: {
        id: 'assignments.id',
        course_id: 'assignments.courseId',
        title: 'assignments.title',
        description: 'assignments.description',
        due_date: 'assignments.dueAt',
        max_score: 'assignments.maxScore',
        created_at: 'assignments.createdAt',
      },
    },
    submissions: {
      columns: 9,
      homes: {
        id: 'submissions.id',
        assignment_id: 'submissions.assignmentId',
        user_id: 'submissions.studentId',
        content: 'submissions.content',
        file_url: 'submissions.fileUrl',
        score: 'submissions.score',
        feedback: 'submissions.feedback',
        submitted_at: 'submissions.submittedAt',
        graded_at: 'submissions.gradedAt',
      },
    },
    sessions: {
      columns: 7,
      homes: {
        id: decision('the hash of the token is the key; an id beside it would name nothing'),
        user_id: central('auth.session.user_id'),
        token: central('auth.session.token_hash'),
        expires_at: central('auth.session.expires_at'),
        created_at: central('auth.session.created_at'),
        ip_address: central('auth.session.address'),
        user_agent: central('auth.session.client'),
      },
    },
  },
};

const s2: Source = {
  title: 'Career counselling',
  tables: {
    users: {
      columns: 7,
      homes: {
        email: 'users.email',
        username: 'users.username',
        role: 'users.role',
        first_name: 'users.fullName',
        last_name: 'users.fullName',
        created_at: 'users.createdAt',
        deleted_at: 'users.deletedAt',
      },
    },
    user_profiles: { columns: 0, as: 'profiles', homes: {} },
    mentors: {
      columns: 2,
      homes: { bio: 'mentors.bio', expertise_areas: 'mentor_expertise.tagId, expertise_tags.name' },
    },
    assessments: { columns: 0, as: 'assessments', homes: {} },
    assessment_questions: { columns: 0, as: 'assessment_questions', homes: {} },
    assessment_results: {
      columns: 3,
      homes: {
        user_id: 'assessment_results.userId',
        assessment_id: 'assessment_results.assessmentId',
        created_at: 'assessment_results.createdAt, assessment_results.completedAt',
      },
    },
    bookings: {
      columns: 4,
      homes: {
        mentor_id: 'bookings.mentorId',
        student_id: 'bookings.clientId',
        status: 'bookings.status',
        scheduled_at: 'bookings.period',
      },
    },
    payments: {
      columns: 3,
      homes: { user_id: 'payments.payerId', status: 'payments.status', created_at: 'payments.createdAt' },
    },
    subscriptions: { columns: 0, as: 'subscriptions', homes: {} },
    career_roadmaps: { columns: 0, as: 'career_roadmaps', homes: {} },
    roadmap_steps: { columns: 0, as: 'roadmap_steps', homes: {} },
    resources: {
      columns: 3,
      homes: { title: 'resources.title', description: 'resources.description', content: 'resources.content' },
    },
    user_progress: { columns: 0, as: 'roadmap_progress', homes: {} },
    notifications: { columns: 0, as: 'notifications', homes: {} },
  },
};

const ofUser = { name: 'users.fullName', email: 'users.email' };

const s3: Source = {
  title: 'Mentoring',
  tables: {
    user_info: {
      columns: 6,
      homes: {
        id: decision('one key for one person: `users.id`, a UUID; the number of an older system is not kept'),
        created_at: 'users.createdAt',
        mentor: derived('the user has a row in `mentors`'),
        mentee: derived('the user has a row in `mentees`'),
        ...ofUser,
      },
    },
    users: {
      columns: 5,
      homes: {
        user_id: 'users.id',
        created_at: 'users.createdAt',
        name: 'users.fullName',
        linkedin: 'profiles.linkedinUrl',
        dob: 'profiles.dateOfBirth',
      },
    },
    availability: {
      columns: 6,
      homes: {
        id: 'availability_slots.id',
        mentor_id: 'availability_slots.mentorId',
        start_time: 'availability_slots.period',
        end_time: 'availability_slots.period',
        status: 'availability_slots.status',
        created_at: 'availability_slots.createdAt',
      },
    },
    bookings: {
      columns: 13,
      homes: {
        id: 'bookings.id',
        mentor_id: 'bookings.mentorId',
        mentor_name: derived('`users.fullName` of the mentor’s person: a copy would grow old'),
        mentor_email: derived('`users.email` of the mentor’s person'),
        user_id: 'bookings.clientId',
        user_email: derived('`users.email` of the client'),
        date: 'bookings.period',
        time: 'bookings.period',
        session_type: 'bookings.sessionType',
        meeting_id: 'bookings.meetingId',
        meeting_url: 'bookings.meetingUrl',
        status: 'bookings.status',
        created_at: 'bookings.createdAt',
      },
    },
    expertise_tags: {
      columns: 3,
      homes: { id: 'expertise_tags.id', name: 'expertise_tags.name', created_at: 'expertise_tags.createdAt' },
    },
    mentees: {
      columns: 11,
      homes: {
        id: 'mentees.id',
        user_id: 'mentees.userId',
        ...ofUser,
        dob: 'profiles.dateOfBirth',
        created_at: 'mentees.createdAt',
        linkedin: 'profiles.linkedinUrl',
        biography: 'mentees.biography',
        linkedin_url: 'profiles.linkedinUrl',
        role: 'users.role',
        profile_image_url: 'profiles.avatarUrl',
      },
    },
    mentor_availability: {
      columns: 5,
      homes: {
        id: 'availability_rules.id',
        mentor_id: 'availability_rules.mentorId',
        start_time: 'availability_rules.startTime, availability_rules.startsOn',
        end_time: 'availability_rules.endTime',
        recurrence: 'availability_rules.recurrence',
      },
    },
    mentor_calendar_oauth: {
      columns: 6,
      homes: {
        id: 'calendar_connections.id',
        mentor_id: 'calendar_connections.mentorId',
        provider: 'calendar_connections.provider',
        access_token: central('auth.calendar_token.access_token'),
        refresh_token: central('auth.calendar_token.refresh_token'),
        expires_at: 'calendar_connections.expiresAt',
      },
    },
    mentor_expertise: {
      columns: 2,
      homes: { mentor_id: 'mentor_expertise.mentorId', tag_id: 'mentor_expertise.tagId' },
    },
    mentor_reviews: {
      columns: 6,
      homes: {
        id: 'booking_reviews.id',
        mentor_id: 'booking_reviews.mentorId',
        mentee_id: 'booking_reviews.reviewerId',
        session_id: 'booking_reviews.bookingId, mentoring_sessions.bookingId',
        rating: 'booking_reviews.rating',
        feedback: 'booking_reviews.comment',
      },
    },
    mentor_social_links: {
      columns: 4,
      homes: {
        id: 'social_links.id',
        mentor_id: 'social_links.userId',
        platform: 'social_links.platform',
        url: 'social_links.url',
      },
    },
    mentoring_sessions: {
      columns: 8,
      homes: {
        id: 'mentoring_sessions.id',
        mentor_id: 'mentoring_sessions.bookingId, bookings.mentorId',
        mentee_id: 'mentoring_sessions.bookingId, bookings.clientId',
        status: 'mentoring_sessions.status',
        start_time: 'mentoring_sessions.startedAt',
        end_time: 'mentoring_sessions.endedAt',
        cancelled_at: 'mentoring_sessions.cancelledAt, bookings.cancelledAt',
        created_at: 'mentoring_sessions.createdAt',
      },
    },
    mentors: {
      columns: 9,
      homes: {
        id: 'mentors.id',
        user_id: 'mentors.userId',
        ...ofUser,
        created_at: 'mentors.createdAt',
        bio: 'mentors.bio',
        linkedin: 'profiles.linkedinUrl',
        profile_image_url: 'profiles.avatarUrl',
        role: 'users.role',
      },
    },
  },
};

const s4: Source = {
  title: 'Multi-program courses, facilities and pricing',
  tables: {
    users: {
      columns: 8,
      homes: {
        id: 'users.id',
        username: 'users.username',
        email: 'users.email',
        password_hash: central('auth.credential.password_hash'),
        role: 'users.role',
        is_active: 'users.status',
        ...stamped('users'),
      },
    },
    programs: {
      columns: 6,
      homes: {
        id: 'programs.id',
        name: 'programs.name',
        description: 'programs.description',
        is_active: 'programs.isActive',
        ...stamped('programs'),
      },
    },
    user_program_assignments: {
      columns: 5,
      homes: {
        id: 'user_program_assignments.id',
        user_id: 'user_program_assignments.userId',
        program_id: 'user_program_assignments.programId',
        assigned_at: 'user_program_assignments.assignedAt',
        assigned_by: 'user_program_assignments.assignedBy',
      },
    },
    courses: {
      columns: 8,
      homes: {
        id: 'courses.id',
        program_id: 'courses.programId',
        name: 'courses.name',
        description: 'courses.description',
        level: 'courses.level',
        is_active: 'courses.isActive',
        ...stamped('courses'),
      },
    },
    students: {
      columns: 15,
      homes: {
        id: 'students.id',
        program_id: 'students.programId',
        student_id: 'students.studentNumber',
        first_name: 'students.firstName',
        last_name: 'students.lastName',
        email: 'students.email',
        phone: 'students.phone',
        date_of_birth: 'students.dateOfBirth',
        enrollment_date: 'students.enrollmentDate',
        status: 'students.status',
        address: 'students.address',
        emergency_contact: 'student_confidential.emergencyContact',
        medical_info: 'student_confidential.medicalInfo',
        ...stamped('students'),
      },
    },
    course_enrollments: {
      columns: 18,
      homes: {
        id: 'course_enrollments.id',
        user_id: 'course_enrollments.studentId, students.userId, student_guardians.guardianId',
        course_id: 'course_enrollments.courseId',
        program_id: 'course_enrollments.programId',
        facility_id: 'course_enrollments.facilityId',
        session_type: 'course_enrollments.sessionType',
        location_type: 'course_enrollments.locationType',
        age_group: 'course_enrollments.ageGroup',
        status: 'course_enrollments.status',
        enrollment_date: 'course_enrollments.enrollmentDate',
        completion_date: 'course_enrollments.completionDate',
        progress_percentage: 'course_enrollments.progressPercentage',
        credits_awarded: 'course_enrollments.creditsAwarded',
        assignment_type: 'course_enrollments.assignmentType',
        assignment_notes: 'course_enrollments.assignmentNotes',
        assigned_by: 'course_enrollments.assignedBy',
        ...stamped('course_enrollments'),
      },
    },
    facilities: {
      columns: 10,
      homes: {
        id: 'facilities.id',
        program_id: 'facilities.programId',
        name: 'facilities.name',
        facility_type: 'facilities.facilityType',
        capacity: 'facilities.capacity',
        equipment: 'facilities.equipment',
        amenities: 'facilities.amenities',
        status: 'facilities.status',
        ...stamped('facilities'),
      },
    },
    facility_course_pricing: {
      columns: 15,
      homes: {
        id: 'facility_course_pricing.id',
        facility_id: 'facility_course_pricing.facilityId',
        course_id: 'facility_course_pricing.courseId',
        program_id: 'facility_course_pricing.programId',
        age_group: 'facility_course_pricing.ageGroup, program_options.code',
        location_type: 'facility_course_pricing.locationType, program_options.code',
        session_type: 'facility_course_pricing.sessionType, program_options.code',
        price: 'facility_course_pricing.price, facility_course_pricing.currency',
        is_active: 'facility_course_pricing.isActive',
        effective_date: 'facility_course_pricing.effectiveDate',
        end_date: 'facility_course_pricing.endDate',
        created_by: 'facility_course_pricing.createdBy',
        updated_by: 'facility_course_pricing.updatedBy',
        ...stamped('facility_course_pricing'),
      },
    },
    curricula: {
      columns: 6,
      homes: {
        id: 'curricula.id',
        program_id: 'curricula.programId',
        course_id: 'curricula.courseId',
        name: 'curricula.name',
        description: 'curricula.description',
        sequence_order: 'curricula.sequenceOrder',
      },
    },
    modules: {
      columns: 6,
      homes: {
        id: 'modules.id',
        program_id: 'modules.programId',
        curriculum_id: 'modules.curriculumId',
        name: 'modules.name',
        description: 'modules.description',
        sequence_order: 'modules.sequenceOrder',
      },
    },
    lessons: {
      columns: 7,
      homes: {
        id: 'lessons.id',
        program_id: 'lessons.programId',
        module_id: 'lessons.moduleId',
        name: 'lessons.name',
        content: 'lessons.content',
        duration_minutes: 'lessons.durationMinutes',
        sequence_order: 'lessons.sequenceOrder',
      },
    },
  },
};

export const sources: Record<string, Source> = { S0: s0, S1: s1, S2: s2, S3: s3, S4: s4 };

/** Entities that no column of a source becomes, and what asked for them. */
export const alsoServes: Record<string, string> = {
  saved_views: 'The console itself: how somebody likes a grid to look.',
  shared_views: 'The console itself: a view offered to a program.',
  import_recipes: 'The console itself: how a file was imported, to do it again.',
};

/** What the sources ask for beside tables and columns. */
export const beyondColumns: readonly [source: string, asks: string, home: string][] = [
  ['S0', 'First data: roles and statuses, an admin, settings', '`migrate`, `create-admin`, `seed`'],
  ['S0', 'Commission on marketplace payments', '`platform_settings`, `payments.commission`'],
  [
    'S0 S1 S4',
    'Versioned migrations, no hand-made changes',
    '`drizzle/`, applied by `migrate`; tested from every version',
  ],
  ['S1', 'Daily backups, kept 30 days', '`central -- backup`, `restore`; docs/operations.md'],
  ['S1', 'Sessions and notifications archived after 90 days', '`central -- tidy --archive`'],
  ['S1', 'Every foreign key indexed', 'a test over the catalogue of the database'],
  [
    'S1',
    'A cache for what is read often',
    'decision: a desk is a full local copy; there is nothing to cache centrally',
  ],
  ['S1', 'Read replicas for reports', 'docs/operations.md'],
  [
    'S1',
    'Passwords by bcrypt at cost 12, tokens hashed, changes logged',
    '`auth.credential`, `auth.session`, `audit.entry`',
  ],
  ['S2', 'Full-text search on resources, mentors, users', '`api.find`'],
  ['S2', 'Soft delete, audit trail, row-level security', 'every table'],
  ['S3', 'Row-level security by person and role', 'one permission matrix: `shared/rules/permit.ts`'],
  ['S3', 'Booking a session, confirmations, free slots, feedback', 'functions of the central database'],
  ['S4', 'Program isolation', 'scopes, policies, keys over (program, id)'],
  ['S4', 'One active price per configuration', 'an exclusion constraint over date ranges'],
];
