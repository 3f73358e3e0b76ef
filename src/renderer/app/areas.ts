import {
  IconBriefcase,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconClipboardText,
  IconKey,
  IconLayoutDashboard,
  IconListTree,
  IconReceipt,
  IconRefresh,
  IconSchool,
  IconSettings,
  IconShieldCheck,
  IconTable,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { allEntities, entityOf, isEntityName, type EntityName } from '../../shared/entities';
import type { SessionFacts } from '../../shared/contract/wire';
import type { Area as AreaName } from '../../shared/model';
import { mayRead } from '../../shared/rules/permit';

export interface Area {
  name: AreaName | 'sync' | 'audit';
  path: string;
  label: string;
  icon: Icon;
  /** What the area's own screen is called among the tabs; without it the area opens its first grid. */
  home?: string;
  /** What somebody has to see rows of for the area's own screen to be of use. */
  needs?: EntityName;
  /** Screens beside the grids, after the first tab. */
  screens?: readonly { path: string; label: string; needs?: EntityName }[];
  /** Begins a new group in the rail. */
  parted?: boolean;
}

export const areas: readonly Area[] = [
  { name: 'overview', path: '/overview', label: 'Overview', icon: IconLayoutDashboard, home: 'Overview' },
  { name: 'curriculum', path: '/curriculum', label: 'Curriculum', icon: IconListTree, home: 'Outline' },
  { name: 'pricing', path: '/pricing', label: 'Pricing', icon: IconTable, home: 'Matrix' },
  {
    name: 'facilities',
    path: '/facilities',
    label: 'Facilities',
    icon: IconBuildingCommunity,
    screens: [{ path: '/facilities/occupancy', label: 'Occupancy' }],
  },
  {
    name: 'enrollments',
    path: '/enrollments',
    label: 'Enrollments',
    icon: IconClipboardText,
    screens: [{ path: '/enrollments/board', label: 'Assignment board' }],
  },
  { name: 'people', path: '/people', label: 'People', icon: IconUsers },
  {
    name: 'learning',
    path: '/learning',
    label: 'Learning',
    icon: IconSchool,
    home: 'Progress',
    needs: 'course_enrollments',
    screens: [{ path: '/learning/grading', label: 'Grading', needs: 'submissions' }],
  },
  { name: 'mentoring', path: '/mentoring', label: 'Mentoring', icon: IconCalendarEvent, home: 'Calendar' },
  {
    name: 'careers',
    path: '/careers',
    label: 'Careers',
    icon: IconBriefcase,
    home: 'Questionnaires',
    needs: 'assessments',
    screens: [{ path: '/careers/roadmaps', label: 'Ways to a goal', needs: 'career_roadmaps' }],
  },
  { name: 'commerce', path: '/commerce', label: 'Commerce', icon: IconReceipt, home: 'Revenue', needs: 'payments' },
  { name: 'sync', path: '/sync', label: 'Sync centre', icon: IconRefresh, home: 'Sync centre', parted: true },
  { name: 'audit', path: '/audit', label: 'Audit trail', icon: IconShieldCheck, home: 'Audit trail' },
  { name: 'access', path: '/access', label: 'Access', icon: IconKey, home: 'Who has access' },
  { name: 'platform', path: '/platform', label: 'Set-up', icon: IconSettings },
];

/** Never a grid: what is confidential is revealed beside its record, views and recipes are kept where they are used. */
export const withoutGrid: readonly string[] = ['student_confidential', 'saved_views', 'import_recipes'];

type Reader = Pick<SessionFacts, 'role'>;

/** The grids of an area this person may open, the ones most worked in first. */
export function gridsOf(area: Area, reader: Reader): EntityName[] {
  return allEntities
    .filter((entity) => entity.area === area.name && !withoutGrid.includes(entity.name) && mayRead(reader, entity))
    .sort((a, b) => prominence(a.name) - prominence(b.name))
    .map((entity) => entity.name as EntityName);
}

/** The few that are opened daily stand before the rest, which keep the order of declaration. */
const prominent: readonly string[] = ['students', 'programs', 'users'];
const prominence = (name: string) => (prominent.includes(name) ? 0 : 1);

/** An area without a screen of its own and without a grid this person may open is not offered. */
export const areasFor = (reader: Reader): Area[] =>
  areas.filter((area) => hasHome(area, reader) || gridsOf(area, reader).length > 0);

/** Whether the area has a screen of its own that this person may open. */
export const hasHome = ({ home, needs }: Area, reader: Reader): boolean => home != null && sees(reader, needs);

/** The screens of an area beside its own that this person may open. */
export const screensOf = ({ screens = [] }: Area, reader: Reader): { path: string; label: string }[] =>
  screens.filter(({ needs }) => sees(reader, needs));

const sees = (reader: Reader, needs: EntityName | undefined): boolean =>
  needs === undefined || mayRead(reader, entityOf(needs));

/** The area a path lies in. */
export function areaOf(path: string): Area | undefined {
  const [first, second] = path.split('/').filter(Boolean);
  if (first === 'e' && second && isEntityName(second)) {
    return areas.find((area) => allEntities.some((entity) => entity.name === second && entity.area === area.name));
  }
  return areas.find((area) => area.path === `/${first ?? ''}`);
}
