/** What the demonstration's programs teach. Prices are in thousands of naira for a group place; the plans' currencies scale them. */
import type { AgeGroup, LocationType, SessionType } from './plans';

export interface CoursePlan {
  name: string;
  category: string;
  level: number;
  difficulty: 'beginner' | 'intermediate' | 'advanced';
  price: number;
  ages: readonly AgeGroup[];
  locations: readonly LocationType[];
  sessions: readonly SessionType[];
  /** One module each; the lessons of a module vary its topic. */
  topics: readonly string[];
}

export interface CourseSetPlan {
  /** The letters before a course's number. */
  prefix: string;
  categories: readonly string[];
  /** Lessons of a module in their order; `*` is the topic. */
  lessons: readonly string[];
  courses: CoursePlan[];
}

export type CourseSet =
  | 'swimming'
  | 'lifesaving'
  | 'electrical'
  | 'computing'
  | 'afterSchool'
  | 'software'
  | 'careers'
  | 'sports'
  | 'management'
  | 'data';

type Shape = Pick<CoursePlan, 'ages' | 'locations' | 'sessions'>;
type Row = [name: string, category: string, level: number, price: number, shape: Shape, topics: string];

const difficultyOf = (level: number): CoursePlan['difficulty'] =>
  level < 200 ? 'beginner' : level < 300 ? 'intermediate' : 'advanced';

const set = (prefix: string, categories: readonly string[], lessons: string, rows: Row[]): CourseSetPlan => ({
  prefix,
  categories,
  lessons: lessons.split(' | '),
  courses: rows.map(([name, category, level, price, shape, topics]) => ({
    name,
    category,
    level,
    difficulty: difficultyOf(level),
    price,
    ...shape,
    topics: topics.split(' | '),
  })),
});

const shape = (ages: string, locations: string, sessions: string): Shape => ({
  ages: ages.split(' ') as AgeGroup[],
  locations: locations.split(' ') as LocationType[],
  sessions: sessions.split(' ') as SessionType[],
});

const little = shape('3-5 6-8', 'our-facility', 'group private');
const child = shape('6-8 9-12', 'our-facility client-location', 'group private');
const youth = shape('9-12 13-17', 'our-facility', 'group private intensive');
const grown = shape('13-17 adults', 'our-facility client-location', 'group private');
const theory = shape('13-17 adults', 'our-facility virtual', 'group');
const adult = shape('adults', 'our-facility', 'group semi-private');
const adultOnline = shape('adults', 'our-facility virtual', 'group private');
const college = shape('13-17 adults', 'our-facility', 'group intensive');
const collegeOnline = shape('13-17 adults', 'our-facility virtual', 'group intensive');

export const courseSets: Record<CourseSet, CourseSetPlan> = {
  swimming: set(
    'SWIM',
    ['Learn to swim', 'Strokes', 'Squad', 'Water safety', 'Aqua fitness'],
    'Meeting * | * with a float | * over ten metres | Games with * | * without help | * under the clock',
    [
      ['Little Dolphins', 'Learn to swim', 101, 15, little, 'bubbles and breathing | floating | kicking | jumping in'],
      [
        'Water Confidence',
        'Learn to swim',
        102,
        15,
        child,
        'entering the water | putting the face in | floating on the back | gliding',
      ],
      [
        'Front Crawl Foundations',
        'Strokes',
        121,
        18,
        child,
        'body position | the flutter kick | the arm pull | breathing to the side',
      ],
      [
        'Backstroke Foundations',
        'Strokes',
        122,
        18,
        youth,
        'floating straight | the back kick | the arm recovery | counting strokes',
      ],
      [
        'Breaststroke and Timing',
        'Strokes',
        201,
        20,
        youth,
        'the whip kick | the short pull | timing | two-hand turns',
      ],
      [
        'Butterfly',
        'Strokes',
        221,
        24,
        youth,
        'the dolphin kick | the body wave | the arm swing | breathing in rhythm',
      ],
      [
        'Starts, Turns and Finishes',
        'Squad',
        231,
        22,
        youth,
        'the block start | the tumble turn | the open turn | the finish',
      ],
      ['Junior Squad', 'Squad', 301, 28, youth, 'aerobic sets | pace | relays | race day'],
      [
        'Adult Beginners',
        'Learn to swim',
        110,
        20,
        grown,
        'trust in the water | floating | the first length | deep water',
      ],
      [
        'Stroke Clinic for Adults',
        'Strokes',
        210,
        25,
        grown,
        'front crawl repair | breathing | efficiency | endurance',
      ],
      [
        'Water Safety at Home and at the Beach',
        'Water safety',
        105,
        8,
        theory,
        'pools and gates | currents | rescue by reaching | calling for help',
      ],
      [
        'Aqua Fitness',
        'Aqua fitness',
        130,
        12,
        adult,
        'warm-up in the shallow end | deep-water running | resistance | cooling down',
      ],
    ],
  ),
  lifesaving: set(
    'GUARD',
    ['Pool', 'Open water', 'First aid', 'Instructor'],
    '* explained | * drill | * with a partner | * under pressure | * assessed',
    [
      ['Pool Lifeguard', 'Pool', 201, 65, college, 'scanning | entries | tows | spinal care'],
      [
        'Beach Lifeguard',
        'Open water',
        220,
        85,
        college,
        'reading the sea | board rescue | flags and zones | mass rescue',
      ],
      [
        'First Aid and CPR',
        'First aid',
        110,
        30,
        theory,
        'the primary survey | chest compressions | bleeding | recovery position',
      ],
      ['Oxygen and Defibrillator', 'First aid', 210, 35, adult, 'oxygen therapy | the defibrillator | team roles'],
      ['Pool Plant Operation', 'Pool', 230, 70, adultOnline, 'filtration | chlorine and pH | testing | records'],
      [
        'Lifeguard Instructor',
        'Instructor',
        310,
        120,
        adult,
        'lesson planning | demonstration | assessment | feedback',
      ],
    ],
  ),
  electrical: set(
    'ELE',
    ['Foundations', 'Installation', 'Machines', 'Solar'],
    '* in theory | * at the bench | * on site | Faults in * | * test piece',
    [
      [
        'Electrical Safety',
        'Foundations',
        101,
        25,
        collegeOnline,
        'isolation | earthing | protective equipment | accident response',
      ],
      [
        'Circuit Theory',
        'Foundations',
        111,
        30,
        collegeOnline,
        'ohm’s law | series and parallel | alternating current | power factor',
      ],
      [
        'Domestic Wiring',
        'Installation',
        121,
        45,
        college,
        'lighting circuits | ring circuits | consumer units | inspection',
      ],
      [
        'Industrial Wiring',
        'Installation',
        221,
        55,
        college,
        'three-phase supply | trunking and conduit | motor starters | control panels',
      ],
      [
        'Electrical Machines',
        'Machines',
        231,
        55,
        college,
        'transformers | induction motors | generators | maintenance',
      ],
      ['Solar Installation', 'Solar', 241, 75, college, 'sizing | mounting | charge controllers | commissioning'],
      ['Inverters and Storage', 'Solar', 341, 80, adult, 'inverters | battery banks | changeover | monitoring'],
      [
        'Trade Test Preparation',
        'Installation',
        301,
        40,
        college,
        'regulations | measured drawing | timed installation',
      ],
    ],
  ),
  computing: set(
    'CET',
    ['Hardware', 'Networks', 'Systems', 'Practice'],
    '* explained | * in the laboratory | Troubleshooting * | * documented | * practical test',
    [
      [
        'Computer Fundamentals',
        'Hardware',
        101,
        28,
        collegeOnline,
        'numbers and logic | the processor | memory | input and output',
      ],
      ['PC Assembly and Repair', 'Hardware', 121, 40, college, 'power supplies | motherboards | storage | diagnosis'],
      ['Electronics for Technicians', 'Hardware', 131, 38, college, 'diodes | transistors | logic gates | soldering'],
      ['Networking Essentials', 'Networks', 201, 48, collegeOnline, 'cabling | addressing | switching | routing'],
      [
        'Wireless and Last Mile',
        'Networks',
        231,
        52,
        college,
        'radio basics | site survey | mast safety | point to point links',
      ],
      ['Linux Administration', 'Systems', 221, 50, collegeOnline, 'the shell | users and rights | services | backup'],
      ['Network Security', 'Systems', 321, 60, adultOnline, 'threats | firewalls | hardening | incident response'],
      ['Industrial Attachment', 'Practice', 301, 20, adult, 'workplace conduct | logbook | project report'],
    ],
  ),
  afterSchool: set(
    'CLUB',
    ['Homework', 'Reading', 'Making', 'Play'],
    'Starting with * | * together | * in small groups | * on your own | Showing our *',
    [
      [
        'Homework Club',
        'Homework',
        101,
        10,
        shape('6-8 9-12 13-17', 'our-facility', 'group'),
        'mathematics homework | English homework | planning the week',
      ],
      [
        'Early Readers',
        'Reading',
        102,
        12,
        shape('3-5 6-8', 'our-facility client-location', 'group semi-private'),
        'sounds | sight words | picture books | reading aloud',
      ],
      [
        'Story Writers',
        'Reading',
        131,
        12,
        shape('9-12 13-17', 'our-facility virtual', 'group'),
        'characters | plots | drafts | our magazine',
      ],
      [
        'Robotics with Recycled Parts',
        'Making',
        141,
        18,
        shape('9-12 13-17', 'our-facility', 'group intensive'),
        'motors | wheels and gears | sensors | the final race',
      ],
      [
        'Chess',
        'Play',
        121,
        9,
        shape('6-8 9-12 13-17', 'our-facility virtual', 'group private'),
        'openings | tactics | endgames | tournaments',
      ],
      ['Art and Craft', 'Making', 111, 11, little, 'colour | paper | clay | exhibition'],
      [
        'Exam Coaching',
        'Homework',
        301,
        22,
        shape('13-17', 'our-facility client-location virtual', 'group private'),
        'past papers | essays | mathematics revision | nerves and sleep',
      ],
    ],
  ),
  software: set(
    'SOFT',
    ['Foundations', 'Web', 'Mobile', 'Practice'],
    'Why * | * step by step | * in pairs | Debugging * | * in a small project',
    [
      ['Programming Foundations', 'Foundations', 101, 60, collegeOnline, 'variables | decisions | loops | functions'],
      ['Databases', 'Foundations', 121, 55, collegeOnline, 'tables | queries | joins | design'],
      ['Web Pages', 'Web', 131, 50, collegeOnline, 'structure | style | layout | accessibility'],
      ['Web Applications', 'Web', 231, 80, collegeOnline, 'components | state | servers | deployment'],
      ['Mobile Applications', 'Mobile', 241, 85, collegeOnline, 'screens | navigation | offline data | publishing'],
      ['Testing and Quality', 'Practice', 221, 45, adultOnline, 'unit tests | reviews | continuous integration'],
      ['Team Project', 'Practice', 301, 70, adult, 'discovery | planning | delivery | demonstration'],
    ],
  ),
  careers: set(
    'CAR',
    ['Counselling', 'Skills', 'Placement'],
    'Introducing * | * workshop | * one to one | Reviewing *',
    [
      ['Career Counselling', 'Counselling', 101, 20, adultOnline, 'strengths | interests | options | a plan'],
      ['CV and Application Clinic', 'Skills', 111, 15, adultOnline, 'the CV | the cover letter | online profiles'],
      [
        'Interview Practice',
        'Skills',
        211,
        18,
        adultOnline,
        'preparation | difficult questions | panel interviews | negotiation',
      ],
      ['Business Communication', 'Skills', 121, 25, adultOnline, 'writing mail | meetings | presenting | listening'],
      [
        'Graduate Internship',
        'Placement',
        301,
        30,
        adult,
        'finding a host | first week | mid-term review | final report',
      ],
      ['Returning to Work', 'Counselling', 201, 22, adultOnline, 'confidence | catching up | family and work'],
    ],
  ),
  sports: set('SPORT', ['Racket', 'Team', 'Fitness'], '* basics | * drills | * in play | Match with * | * test', [
    ['Mini Tennis', 'Racket', 101, 14, little, 'racket and ball | forehand | backhand | rallies'],
    ['Junior Tennis', 'Racket', 201, 20, youth, 'serve | volley | footwork | match play'],
    ['Basketball Skills', 'Team', 121, 14, youth, 'dribbling | passing | shooting | defence'],
    [
      'Football Academy',
      'Team',
      131,
      12,
      shape('6-8 9-12 13-17', 'our-facility', 'group intensive'),
      'first touch | passing | shooting | small-sided games',
    ],
    ['Gymnastics for Little Ones', 'Fitness', 102, 16, little, 'rolls | balance | jumps | display'],
    ['Strength and Conditioning', 'Fitness', 221, 18, grown, 'movement | strength | speed | recovery'],
    [
      'Family Fitness',
      'Fitness',
      111,
      10,
      shape('adults', 'our-facility client-location virtual', 'group private'),
      'warm-up | circuits | flexibility | habits',
    ],
  ]),
  management: set(
    'MBA',
    ['Core', 'Elective', 'Project'],
    '*: the idea | *: a case from Lagos | *: the numbers | *: debate | *: your company',
    [
      ['Accounting for Decisions', 'Core', 501, 450, adultOnline, 'statements | costs | budgets | performance'],
      [
        'Economics of Emerging Markets',
        'Core',
        502,
        450,
        adultOnline,
        'exchange rates | inflation | trade | institutions',
      ],
      ['Leading People', 'Core', 511, 480, adultOnline, 'motivation | teams | conflict | culture'],
      ['Operations', 'Core', 521, 460, adultOnline, 'processes | queues | inventory | quality'],
      ['Corporate Finance', 'Core', 531, 500, adultOnline, 'valuation | capital structure | risk | deals'],
      ['Family Business', 'Elective', 541, 420, adult, 'succession | governance | growth'],
      ['Consulting Project', 'Project', 601, 650, adult, 'scoping | fieldwork | recommendation'],
    ],
  ),
  data: set(
    'DATA',
    ['Statistics', 'Programming', 'Application'],
    '* by example | * by hand | * in code | Reading * critically | * exercise class',
    [
      ['Introduction to Statistics', 'Statistics', 101, 90, collegeOnline, 'averages | spread | chance | samples'],
      ['Linear Algebra', 'Statistics', 111, 90, collegeOnline, 'vectors | matrices | systems | projections'],
      ['Programming with Data', 'Programming', 121, 95, collegeOnline, 'tables | cleaning | grouping | plotting'],
      ['Regression', 'Statistics', 211, 105, adultOnline, 'one variable | many variables | diagnostics | prediction'],
      ['Machine Learning', 'Programming', 311, 120, adultOnline, 'trees | neighbours | validation | fairness'],
      [
        'Official Statistics of Ghana',
        'Application',
        221,
        85,
        adult,
        'the census | household surveys | agriculture | publication',
      ],
      ['Final Year Project', 'Application', 401, 150, adult, 'a question | a method | a thesis'],
    ],
  ),
};
