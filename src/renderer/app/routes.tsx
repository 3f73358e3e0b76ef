import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { entityOf, isEntityName, type EntityName } from '../../shared/entities';
import type { SessionFacts } from '../../shared/contract/wire';
import { mayRead } from '../../shared/rules/permit';
import { pathOf } from '../client/paths';
import { EmptyState, LoadingState, NoPermission } from '../ui/states';
import { Tabs } from '../ui/tabs';
import { TitleBar, UnderTitle, Workspace } from '../ui/workspace';
import { areaOf, areas, gridsOf, hasHome, screensOf, type Area } from './areas';
import { Careful } from './careful';

const OverviewPage = lazy(() =>
  import('../workspaces/overview/overview-page').then((page) => ({ default: page.OverviewPage })),
);
const AccessPage = lazy(() =>
  import('../workspaces/access/access-page').then((page) => ({ default: page.AccessPage })),
);
const AuditPage = lazy(() => import('../workspaces/audit/audit-page').then((page) => ({ default: page.AuditPage })));
const SyncPage = lazy(() => import('../workspaces/sync/sync-page').then((page) => ({ default: page.SyncPage })));
const EntityPage = lazy(() =>
  import('../workspaces/entity/entity-page').then((page) => ({ default: page.EntityPage })),
);
const CurriculumScreen = lazy(() =>
  import('./curriculum-screen').then((screen) => ({ default: screen.CurriculumScreen })),
);

const MentoringPage = lazy(() =>
  import('../workspaces/mentoring/mentoring-page').then((page) => ({ default: page.MentoringPage })),
);
const PricingPage = lazy(() =>
  import('../workspaces/pricing/pricing-page').then((page) => ({ default: page.PricingPage })),
);
const BoardPage = lazy(() =>
  import('../workspaces/enrollments/board/board-page').then((page) => ({ default: page.BoardPage })),
);
const OccupancyPage = lazy(() =>
  import('../workspaces/facilities/occupancy-page').then((page) => ({ default: page.OccupancyPage })),
);
const ProgressPage = lazy(() =>
  import('../workspaces/learning/progress-page').then((page) => ({ default: page.ProgressPage })),
);
const GradingPage = lazy(() =>
  import('../workspaces/learning/grading-page').then((page) => ({ default: page.GradingPage })),
);
const AssessmentsPage = lazy(() =>
  import('../workspaces/careers/assessments-page').then((page) => ({ default: page.AssessmentsPage })),
);
const RoadmapsPage = lazy(() =>
  import('../workspaces/careers/roadmaps-page').then((page) => ({ default: page.RoadmapsPage })),
);
const RevenuePage = lazy(() =>
  import('../workspaces/commerce/revenue-page').then((page) => ({ default: page.RevenuePage })),
);
const EnrollmentsScreen = lazy(() =>
  import('./enrollments-screen').then((screen) => ({ default: screen.EnrollmentsScreen })),
);

/** A record within a screen is part of the address, yet no other screen. */
const screenOf = (path: string): string => path.split('/', path.startsWith('/e/') ? 3 : 2).join('/');

/** The screen for the place we are at. */
export function Routes({ user }: { user: SessionFacts }) {
  const [path] = useLocation();
  return (
    <Careful key={screenOf(path)}>
      <Suspense fallback={<Waiting />}>
        <UnderTitle value={<AreaTabs user={user} />}>
          <Switch>
            <Route path="/overview">
              <OverviewPage />
            </Route>
            <Route path="/access/:person?">{({ person }) => <AccessPage person={person ?? null} />}</Route>
            <Route path="/audit/curriculum/:curriculum">
              {({ curriculum }) => <AuditPage key={curriculum} user={user} curriculum={curriculum} />}
            </Route>
            <Route path="/audit">
              <AuditPage user={user} />
            </Route>
            <Route path="/sync">
              <SyncPage />
            </Route>
            <Route path="/curriculum/:course?">
              <CurriculumScreen />
            </Route>
            <Route path="/mentoring/:mentor?">
              {mayRead(user, entityOf('mentors')) ? <MentoringPage /> : <Closed title="Mentoring" />}
            </Route>
            <Route path="/pricing">
              {mayRead(user, entityOf('facility_course_pricing')) ? <PricingPage /> : <Closed title="Pricing" />}
            </Route>
            <Route path="/enrollments/board/:facility?">
              {mayRead(user, entityOf('course_enrollments')) ? <BoardPage /> : <Closed title="Assignment board" />}
            </Route>
            <Route path="/facilities/occupancy">
              {mayRead(user, entityOf('facilities')) ? <OccupancyPage /> : <Closed title="Occupancy" />}
            </Route>
            <Route path="/learning">
              {mayRead(user, entityOf('course_enrollments')) ? <ProgressPage /> : <Closed title="Learning" />}
            </Route>
            <Route path="/learning/grading/:assignment?">
              {({ assignment }) =>
                mayRead(user, entityOf('submissions')) ? (
                  <GradingPage assignment={assignment ?? null} user={user} />
                ) : (
                  <Closed title="Grading" />
                )
              }
            </Route>
            <Route path="/careers/roadmaps/:roadmap?">
              {({ roadmap }) =>
                mayRead(user, entityOf('career_roadmaps')) ? (
                  <RoadmapsPage roadmap={roadmap ?? null} user={user} />
                ) : (
                  <Closed title="Roadmaps" />
                )
              }
            </Route>
            <Route path="/careers/assessments/:assessment">
              {({ assessment }) => <AssessmentsPage assessment={assessment} user={user} />}
            </Route>
            <Route path="/careers">
              <AssessmentsPage assessment={null} user={user} />
            </Route>
            <Route path="/commerce">
              {mayRead(user, entityOf('payments')) ? <RevenuePage /> : <Closed title="Commerce" />}
            </Route>
            <Route path="/e/:entity/*?">{({ entity }) => <Grid name={entity} user={user} />}</Route>
            {areas.map((area) => (
              <Route key={area.path} path={area.path}>
                <FirstGrid area={area} user={user} />
              </Route>
            ))}
            <Route>
              <Redirect to="/overview" replace />
            </Route>
          </Switch>
        </UnderTitle>
      </Suspense>
    </Careful>
  );
}

function FirstGrid({ area, user }: { area: Area; user: SessionFacts }) {
  const [first] = gridsOf(area, user);
  if (!first) return <Closed title={area.label} />;
  return <Redirect to={pathOf(first)} replace />;
}

function Grid({ name, user }: { name: string; user: SessionFacts }) {
  if (!isEntityName(name)) {
    return (
      <Workspace>
        <TitleBar title="Nothing here" />
        <EmptyState title="There is no such screen">
          The link may come from an older version. Choose an area at the left.
        </EmptyState>
      </Workspace>
    );
  }
  const entity = entityOf(name);
  if (!mayRead(user, entity)) return <Closed title={entity.labels.many} />;
  return name === 'course_enrollments' ? <EnrollmentsScreen /> : <EntityPage entity={name} />;
}

const Closed = ({ title }: { title: string }) => (
  <Workspace>
    <TitleBar title={title} />
    <NoPermission>Ask a program admin or a super admin of your institution to open it for you.</NoPermission>
  </Workspace>
);

const Waiting = (): ReactNode => (
  <Workspace>
    <TitleBar title="" />
    <LoadingState rows={12} />
  </Workspace>
);

/** The grids of the area we are in; nothing where there is one screen only. */
function AreaTabs({ user }: { user: SessionFacts }) {
  const [path, goTo] = useLocation();
  const area = areaOf(path);
  const tabs = useMemo(() => (area ? tabsOf(area, user) : []), [area, user]);
  if (!area || tabs.length < 2) return null;
  // The longest that fits: `/learning/grading` lies under `/learning` too.
  const chosen =
    tabs
      .filter((tab) => path === tab.name || path.startsWith(`${tab.name}/`))
      .sort((a, b) => b.name.length - a.name.length)[0] ?? tabs[0];
  return <Tabs label={area.label} tabs={tabs} chosen={chosen?.name ?? ''} onChoose={goTo} />;
}

function tabsOf(area: Area, user: SessionFacts): { name: string; label: string }[] {
  const grids = gridsOf(area, user).map((name: EntityName) => ({
    name: pathOf(name),
    label: entityOf(name).labels.many,
  }));
  const home = hasHome(area, user) ? [{ name: area.path, label: area.home ?? area.label }] : [];
  const [first, ...others] = [...home, ...grids];
  const own = screensOf(area, user).map(({ path, label }) => ({ name: path, label }));
  return first ? [first, ...own, ...others] : [];
}
