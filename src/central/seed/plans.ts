/** The world of the demonstration: ten institutions and their twelve programs. Names of people come from `resources/names`. */
import type { Region } from './names';
import { courseSets, type CoursePlan, type CourseSet } from './plan-courses';

export type AgeGroup = '3-5' | '6-8' | '9-12' | '13-17' | 'adults';
export type LocationType = 'our-facility' | 'client-location' | 'virtual';
export type SessionType = 'group' | 'semi-private' | 'private' | 'intensive';

export const ageGroups: Record<AgeGroup, { label: string; from: number; to: number }> = {
  '3-5': { label: '3–5 years', from: 3, to: 5 },
  '6-8': { label: '6–8 years', from: 6, to: 8 },
  '9-12': { label: '9–12 years', from: 9, to: 12 },
  '13-17': { label: '13–17 years', from: 13, to: 17 },
  adults: { label: 'Adults', from: 18, to: 120 },
};
export const locationTypes: Record<LocationType, string> = {
  'our-facility': 'Our facility',
  'client-location': 'Client’s location',
  virtual: 'Virtual',
};
export const sessionTypes: Record<SessionType, string> = {
  group: 'Group',
  'semi-private': 'Semi-private',
  private: 'Private',
  intensive: 'Holiday intensive',
};

export interface InstitutionPlan {
  name: string;
  location: string;
  website: string;
  size: 'small' | 'medium' | 'large';
  founded: number;
}

export interface FacilityPlan {
  name: string;
  type: 'pool' | 'court' | 'gym' | 'field' | 'classroom' | 'lab';
  capacity: number;
  status?: 'maintenance' | 'inactive';
}

export interface ProgramPlan {
  code: string;
  name: string;
  institution: string;
  type: 'bachelors' | 'masters' | 'doctorate' | 'certificate' | 'trade';
  region: Region;
  currency: 'NGN' | 'GHS' | 'GBP';
  timeZone: string;
  description: string;
  courses: CourseSet;
  facilities: FacilityPlan[];
}

export const institutions: InstitutionPlan[] = [
  {
    name: 'Lagos Aquatics Trust',
    location: 'Ikoyi, Lagos',
    website: 'https://lagosaquatics.example',
    size: 'medium',
    founded: 2009,
  },
  {
    name: 'Yaba Technical College',
    location: 'Yaba, Lagos',
    website: 'https://yabatechnical.example',
    size: 'large',
    founded: 1962,
  },
  {
    name: 'Bright Futures Academy',
    location: 'Gbagada, Lagos',
    website: 'https://brightfutures.example',
    size: 'medium',
    founded: 2003,
  },
  {
    name: 'Ikeja Computing Institute',
    location: 'Ikeja, Lagos',
    website: 'https://ikejacomputing.example',
    size: 'medium',
    founded: 1998,
  },
  {
    name: 'Marina Careers',
    location: 'Marina, Lagos',
    website: 'https://marinacareers.example',
    size: 'small',
    founded: 2015,
  },
  {
    name: 'Surulere Sports Club',
    location: 'Surulere, Lagos',
    website: 'https://suruleresports.example',
    size: 'medium',
    founded: 1987,
  },
  {
    name: 'Lekki School of Management',
    location: 'Lekki, Lagos',
    website: 'https://lekkimanagement.example',
    size: 'large',
    founded: 2001,
  },
  {
    name: 'Accra Coast Swim Club',
    location: 'Osu, Accra',
    website: 'https://accracoast.example',
    size: 'small',
    founded: 2012,
  },
  {
    name: 'Osu Institute of Technology',
    location: 'Osu, Accra',
    website: 'https://osutech.example',
    size: 'medium',
    founded: 1994,
  },
  {
    name: 'Solent Swim School',
    location: 'Southampton',
    website: 'https://solentswim.example',
    size: 'small',
    founded: 2011,
  },
];

const lagos = { region: 'nigeria', currency: 'NGN', timeZone: 'Africa/Lagos' } as const;
const accra = { region: 'ghana', currency: 'GHS', timeZone: 'Africa/Accra' } as const;
const southampton = { region: 'unitedKingdom', currency: 'GBP', timeZone: 'Europe/London' } as const;

export const programs: ProgramPlan[] = [
  {
    ...lagos,
    code: 'LAG-SWIM',
    name: 'Lagos Swim School',
    institution: 'Lagos Aquatics Trust',
    type: 'certificate',
    description: 'Swimming for all ages at five sites between Ikoyi and Lekki, in groups and one to one.',
    courses: 'swimming',
    facilities: [
      { name: 'Rowe Park Pool', type: 'pool', capacity: 36 },
      { name: 'Lekki Swimming Center', type: 'pool', capacity: 48 },
      { name: 'VI Sports Complex', type: 'pool', capacity: 40 },
      { name: 'Federal Palace', type: 'pool', capacity: 14 },
      { name: 'Ikoyi Club Pool', type: 'pool', capacity: 24, status: 'maintenance' },
    ],
  },
  {
    ...lagos,
    code: 'LAG-GUARD',
    name: 'Lagos Lifeguard Academy',
    institution: 'Lagos Aquatics Trust',
    type: 'trade',
    description: 'Trains and certifies pool and beach lifeguards.',
    courses: 'lifesaving',
    facilities: [
      { name: 'Tarkwa Bay Training Beach', type: 'field', capacity: 40 },
      { name: 'Rowe Park Dive Tank', type: 'pool', capacity: 20 },
      { name: 'Academy Lecture Room', type: 'classroom', capacity: 45 },
    ],
  },
  {
    ...lagos,
    code: 'YTC-ELEC',
    name: 'Electrical Installation',
    institution: 'Yaba Technical College',
    type: 'trade',
    description: 'From safe wiring to solar installations; prepares for the national trade test.',
    courses: 'electrical',
    facilities: [
      { name: 'Wiring Workshop A', type: 'lab', capacity: 32 },
      { name: 'Machines Laboratory', type: 'lab', capacity: 24 },
      { name: 'Solar Yard', type: 'field', capacity: 30 },
      { name: 'Lecture Hall 2', type: 'classroom', capacity: 80 },
    ],
  },
  {
    ...lagos,
    code: 'YTC-COMP',
    name: 'Computer Engineering Technology',
    institution: 'Yaba Technical College',
    type: 'certificate',
    description: 'Hardware, networks and systems administration with a term in industry.',
    courses: 'computing',
    facilities: [
      { name: 'Hardware Laboratory', type: 'lab', capacity: 28 },
      { name: 'Network Laboratory', type: 'lab', capacity: 30 },
      { name: 'Lecture Hall 5', type: 'classroom', capacity: 90 },
    ],
  },
  {
    ...lagos,
    code: 'BFA-CLUB',
    name: 'Bright Futures After-School',
    institution: 'Bright Futures Academy',
    type: 'certificate',
    description: 'Homework, reading and hobbies between school and supper.',
    courses: 'afterSchool',
    facilities: [
      { name: 'Sunrise Classroom', type: 'classroom', capacity: 26 },
      { name: 'Reading Room', type: 'classroom', capacity: 34 },
      { name: 'Maker Space', type: 'lab', capacity: 20 },
      { name: 'Playing Field', type: 'field', capacity: 60 },
    ],
  },
  {
    ...lagos,
    code: 'ICI-SOFT',
    name: 'Software Development',
    institution: 'Ikeja Computing Institute',
    type: 'certificate',
    description: 'A year from the first line of code to a first job.',
    courses: 'software',
    facilities: [
      { name: 'Allen Avenue Studio', type: 'lab', capacity: 40 },
      { name: 'Computer Village Laboratory', type: 'lab', capacity: 36 },
      { name: 'Virtual Campus', type: 'classroom', capacity: 200 },
    ],
  },
  {
    ...lagos,
    code: 'MAR-CAREER',
    name: 'Career Launch',
    institution: 'Marina Careers',
    type: 'certificate',
    description: 'Counselling, interview practice and placement for graduates.',
    courses: 'careers',
    facilities: [
      { name: 'Marina Counselling Suite', type: 'classroom', capacity: 30 },
      { name: 'Broad Street Training Room', type: 'classroom', capacity: 50 },
      { name: 'Online Coaching Room', type: 'classroom', capacity: 120 },
    ],
  },
  {
    ...lagos,
    code: 'SUR-SPORT',
    name: 'Surulere Junior Sports',
    institution: 'Surulere Sports Club',
    type: 'certificate',
    description: 'Tennis, basketball, football and fitness for children and their parents.',
    courses: 'sports',
    facilities: [
      { name: 'Centre Court', type: 'court', capacity: 16 },
      { name: 'Basketball Hall', type: 'court', capacity: 34 },
      { name: 'Training Gym', type: 'gym', capacity: 40 },
      { name: 'Stadium Outfield', type: 'field', capacity: 80 },
      { name: 'Old Squash Court', type: 'court', capacity: 8, status: 'inactive' },
    ],
  },
  {
    ...lagos,
    code: 'LSM-MBA',
    name: 'Executive MBA',
    institution: 'Lekki School of Management',
    type: 'masters',
    description: 'Two years of weekends for people who run something.',
    courses: 'management',
    facilities: [
      { name: 'Amphitheatre', type: 'classroom', capacity: 70 },
      { name: 'Syndicate Rooms', type: 'classroom', capacity: 40 },
      { name: 'Executive Online', type: 'classroom', capacity: 150 },
    ],
  },
  {
    ...accra,
    code: 'ACC-SWIM',
    name: 'Accra Coast Swim Club',
    institution: 'Accra Coast Swim Club',
    type: 'certificate',
    description: 'Pool and sea swimming at Osu and Labadi.',
    courses: 'swimming',
    facilities: [
      { name: 'Osu Castle Pool', type: 'pool', capacity: 36 },
      { name: 'Labadi Beach Lagoon', type: 'pool', capacity: 42 },
      { name: 'East Legon Aquatic Hall', type: 'pool', capacity: 40 },
    ],
  },
  {
    ...accra,
    code: 'OSU-DATA',
    name: 'Data Science',
    institution: 'Osu Institute of Technology',
    type: 'bachelors',
    description: 'Statistics, programming and honest charts.',
    courses: 'data',
    facilities: [
      { name: 'Statistics Laboratory', type: 'lab', capacity: 44 },
      { name: 'Nkrumah Lecture Theatre', type: 'classroom', capacity: 120 },
      { name: 'Remote Classroom', type: 'classroom', capacity: 150 },
    ],
  },
  {
    ...southampton,
    code: 'SOL-SWIM',
    name: 'Solent Swim School',
    institution: 'Solent Swim School',
    type: 'certificate',
    description: 'Learn to swim on the south coast, from first splash to squad.',
    courses: 'swimming',
    facilities: [
      { name: 'Bitterne Baths', type: 'pool', capacity: 34 },
      { name: 'Shirley Leisure Pool', type: 'pool', capacity: 44 },
      { name: 'University Teaching Pool', type: 'pool', capacity: 30 },
    ],
  },
];

export const coursesOf = (plan: ProgramPlan): CoursePlan[] => courseSets[plan.courses].courses;
export const prefixOf = (plan: ProgramPlan): string => courseSets[plan.courses].prefix;

/** Minor units of a program's currency for one unit of the course plans' prices (1,000 naira), and what prices are rounded to. */
export const priceScale: Record<ProgramPlan['currency'], { unit: number; step: number }> = {
  NGN: { unit: 100_000, step: 50_000 },
  GHS: { unit: 1_300, step: 500 },
  GBP: { unit: 320, step: 50 },
};
