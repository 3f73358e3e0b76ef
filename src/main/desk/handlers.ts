import { Refusal } from '../../shared/contract/outcome';
import type { HistoryOutcome, Output, Parsed, RequestName } from '../../shared/contract/requests';
import { checkRows } from './commands/check-rows';
import { duplicateCurriculum, pasteNodes, writeNodes } from './commands/curriculum-copies';
import { addNode, moveNodes } from './commands/curriculum-nodes';
import { adoptChanges } from './commands/curriculum-source';
import { publish, publishImpact, startDraft } from './commands/curriculum-versions';
import { bookSession } from './commands/book-session';
import { changeStanding } from './commands/change-standing';
import { enrollMany, goOver } from './commands/enroll-many';
import { putOnWaitlist } from './commands/put-on-waitlist';
import { reprice } from './commands/reprice';
import { transfer } from './commands/transfer';
import { createEnrollment } from './commands/create-enrollment';
import { duplicateRows } from './commands/duplicate-rows';
import { refreshSlots } from './commands/refresh-slots';
import { reopenChanges, resolveConflicts } from './commands/resolve-conflict';
import { revealConfidential } from './commands/reveal-confidential';
import { entriesToTakeBack } from './commands/entries-to-take-back';
import { planRestore, restoreEntries } from './commands/restore-entries';
import { saveRows } from './commands/save-rows';
import { goInHistory, previewHistory, stepToUndo, turnAlone } from './commands/undo';
import type { CommandContext } from './context';
import { Work } from './exchange/jobs';
import { bitByBit } from './steps';
import { alone, whenFree } from './local/alone';
import { nextRedo, type UndoStep } from './local/undo-log';
import { access } from './queries/access';
import { board } from './queries/board';
import { grading, progressByCohort } from './queries/cohorts';
import { occupancy } from './queries/facility-occupancy';
import { planPeople, planTransfer } from './queries/plan-ground';
import { planReprice } from './queries/plan-reprice';
import { personTimeline } from './queries/person-timeline';
import { studentTimeline } from './queries/student-timeline';
import { audit } from './queries/audit';
import { cellEdge } from './queries/cell-edge';
import { cellStory } from './queries/cell-story';
import { choices } from './queries/choices';
import { priceMatrix, priceTimeline } from './queries/price-matrix';
import { applyPrices, setPrices, simulatePrices } from './commands/set-prices';
import { outline } from './queries/curriculum';
import { copyable } from './queries/curriculum-copies';
import { sourceNews } from './queries/curriculum-source';
import { syllabus } from './queries/syllabus';
import { compareVersions, curriculumVersions } from './queries/curriculum-versions';
import { fieldValues } from './queries/field-values';
import { groups } from './queries/groups';
import { findCells } from './queries/find-cells';
import { history } from './queries/history';
import { namedRows } from './queries/named-rows';
import { feedback, freeSlots, mentors, preview, week } from './queries/mentoring';
import { endSessions, sessions, signIns } from './queries/oversight';
import { overview } from './queries/overview';
import { pageRows, rowPosition } from './queries/page-rows';
import { enrollmentOptions, quote } from './queries/quote';
import { readRowsById } from './queries/read-rows';
import { removal } from './queries/removal';
import { payments, revenue } from './queries/revenue';
import { searchRecords, searchTitles } from './queries/search-records';
import { selectionNumbers } from './queries/selection-numbers';
import { proof, trail, verifySlice } from './queries/trail';
import { verifyCertificate } from './queries/verify-certificate';
import { viewCount } from './queries/view-counts';
import { waiting } from './queries/waiting';
import type { Session } from './session';
import { arrivals } from './sync/arrivals';
import { bring, saveBundle } from './sync/bundle';
import { needsYou } from './sync/conflicts';
import { devices, signOutDevice } from './sync/devices';
import { provableParts, provePart } from './sync/prove';
import { rehearse } from './sync/rehearsal';

/** What the rims answer themselves, and what begins and ends a session. */
type Elsewhere =
  | 'app.info'
  | 'settings.read'
  | 'settings.write'
  | 'files.print'
  | 'keychain.read'
  | 'session.keep'
  | 'session.read'
  | 'session.retry'
  | 'session.sign-in'
  | 'session.sign-out'
  | 'sync.read';

export type DataRequest = Exclude<RequestName, Elsewhere>;
type Handler<N extends RequestName> = (session: Session, input: Parsed<N>) => Output<N> | Promise<Output<N>>;

const asked =
  <N extends RequestName>(query: (context: CommandContext, input: Parsed<N>) => Output<N>): Handler<N> =>
  (session, input) =>
    query(session.context(), input);

const ordered =
  <N extends RequestName>(command: (context: CommandContext, input: Parsed<N>) => Output<N>): Handler<N> =>
  (session, input) => {
    const run = (): Output<N> => {
      refuseReadOnly(session);
      return command(session.context(), input);
    };
    // Nearly always free: then the order is carried out at once.
    const wait = whenFree(session.store.writer);
    return wait ? wait.then(run) : run();
  };

/** What writes and asks the server. */
const whenWritable =
  <N extends RequestName>(handler: Handler<N>): Handler<N> =>
  async (session, input) => {
    await whenFree(session.store.writer);
    return handler(session, input);
  };

function refuseReadOnly(session: Session): void {
  const { readOnly, notice } = session.syncState();
  if (readOnly) throw new Refusal({ kind: 'forbidden', message: notice ?? 'Nothing can be changed just now.' });
}

function turned(session: Session, step: UndoStep | null): Promise<HistoryOutcome> {
  refuseReadOnly(session);
  const work = new Work();
  const breathe = () => (work.isDue ? work.breathe() : null);
  return turnAlone(session.context(), { alone: (act) => alone(session.store, act), breathe }, step);
}

/** A view of fields or facts that are no more has no number. */
function refusedAsNull(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

/** An answer for every request: a request without one does not compile. */
export const handlers: { [N in DataRequest]: Handler<N> } = {
  'rows.page': async (session, input) => {
    if (input.grid) await session.viewReady(input.view, input.grid);
    return pageRows(session.context(), input);
  },
  'rows.position': asked(rowPosition),
  'rows.read': asked(readRowsById),
  'rows.choices': asked(choices),
  'rows.values': asked(fieldValues),
  'rows.groups': asked(groups),
  'rows.counts': async (session, { views: wanted }) => {
    const work = new Work();
    const breathe = () => (work.isDue ? work.breathe() : null);
    const counts: (number | null)[] = [];
    for (const one of wanted) {
      const { read, views, now } = session.context();
      counts.push(await bitByBit(viewCount(read, views, one, now()), breathe).catch(refusedAsNull));
    }
    return counts;
  },
  'rows.save': ordered(saveRows),
  'rows.duplicate': ordered(duplicateRows),
  'rows.removal': asked(removal),
  'rows.check': asked(checkRows),
  'rows.named': asked(namedRows),
  'sheet.numbers': asked(selectionNumbers),
  'sheet.find': asked(findCells),
  'cell.story': asked(cellStory),
  'sheet.edge': asked(cellEdge),
  'history.read': asked(history),
  'history.undo': whenWritable((session, asked) => turned(session, stepToUndo(session.context(), asked))),
  'history.redo': whenWritable((session) => turned(session, nextRedo(session.store.writer))),
  'history.preview': asked(previewHistory),
  'history.go': ordered(goInHistory),
  'audit.read': (session, input) => audit(session.readHistory, input),
  'audit.search': ({ askTrail }, input) => trail(askTrail, 'trail-search', input),
  'audit.count': ({ askTrail }, input) => trail(askTrail, 'trail-count', input),
  'audit.batch': ({ askTrail }, { mutationId, before }) =>
    trail(askTrail, 'trail-list', { filter: { mutationId }, before }),
  'audit.proof': ({ askTrail }, input) => proof(askTrail, input),
  'audit.chains': ({ askTrail }) => trail(askTrail, 'trail-chains', {}),
  'audit.verify': ({ askTrail }, input) => verifySlice(askTrail, input),
  'audit.plan': async (session, { what }) => {
    const asked = await entriesToTakeBack(session.askTrail, what);
    return planRestore(session.context(), asked);
  },
  'audit.restore': async (session, { what }) => {
    refuseReadOnly(session);
    const asked = await entriesToTakeBack(session.askTrail, what);
    await whenFree(session.store.writer);
    return restoreEntries(session.context(), asked);
  },
  'curriculum.outline': asked(outline),
  'curriculum.add': ordered(addNode),
  'curriculum.move': ordered(moveNodes),
  'curriculum.draft': ordered(startDraft),
  'curriculum.impact': asked(publishImpact),
  'curriculum.versions': asked(curriculumVersions),
  'curriculum.compare': asked(compareVersions),
  'curriculum.publish': ordered(publish),
  'curriculum.copyable': asked(copyable),
  'curriculum.duplicate': ordered(duplicateCurriculum),
  'curriculum.paste': ordered(pasteNodes),
  'curriculum.write': ordered(writeNodes),
  'curriculum.source': asked(sourceNews),
  'curriculum.adopt': ordered(adoptChanges),
  'curriculum.syllabus': asked(syllabus),
  'pricing.matrix': asked(priceMatrix),
  'pricing.timeline': asked(priceTimeline),
  'pricing.set': ordered(setPrices),
  'pricing.simulate': asked(simulatePrices),
  'pricing.apply': ordered(applyPrices),
  'assignment.board': asked(board),
  'assignment.plan': asked(planPeople),
  'assignment.enroll': ordered(enrollMany),
  'assignment.wait': ordered(putOnWaitlist),
  'assignment.plan-transfer': asked(planTransfer),
  'assignment.transfer': ordered(transfer),
  'assignment.change': ordered(changeStanding),
  'assignment.plan-reprice': asked(planReprice),
  'assignment.reprice': ordered(reprice),
  'assignment.go-over': ordered(goOver),
  'facilities.occupancy': asked(occupancy),
  'students.timeline': asked(studentTimeline),
  'people.timeline': asked(personTimeline),
  'enrollment.quote': asked(quote),
  'enrollment.options': asked(enrollmentOptions),
  'enrollment.create': ordered(createEnrollment),
  'confidential.reveal': ordered(revealConfidential),
  'overview.read': asked(overview),
  'commerce.revenue': asked(revenue),
  'commerce.payments': asked(payments),
  'learning.progress': asked(progressByCohort),
  'learning.grading': asked(grading),
  'search.titles': asked(searchTitles),
  'access.read': asked(access),
  'access.sign-ins': signIns,
  'access.sessions': sessions,
  'access.end-sessions': endSessions,
  'certificate.verify': asked(verifyCertificate),
  'search.records': asked(searchRecords),
  'files.begin': ({ exchange }, { name, size }) => ({ file: exchange.files.begin(name, size) }),
  'files.put': ({ exchange }, { file, at, data }) => exchange.files.put(file, at, data),
  'files.take': ({ exchange }, { file, at }) => exchange.files.take(file, at),
  'files.drop': ({ exchange }, { file }) => exchange.drop(file),
  'jobs.read': ({ exchange }, { job }) => exchange.jobs.read(job),
  'jobs.cancel': ({ exchange }, { job }) => ({ cancelled: exchange.jobs.cancel(job) }),
  'import.open': ({ exchange }, input) => exchange.open(input),
  'import.columns': (session, input) => session.exchange.columns(session.context(), input),
  'import.check': (session, input) => session.exchange.check(() => session.context(), input),
  'import.rows': (session, input) => session.exchange.rows(session.context(), input),
  'import.tick': ({ exchange }, input) => exchange.tick(input),
  'import.choose': ({ exchange }, input) => exchange.choose(input),
  'import.report': ({ exchange }, input) => exchange.report(input),
  'import.apply': (session, input) => {
    refuseReadOnly(session);
    return session.exchange.apply(
      () => session.context(),
      (work) => alone(session.store, work),
      input,
    );
  },
  'export.start': (session, input) =>
    session.exchange.export(
      () => session.context(),
      input,
      () => session.viewReady(input.view, 'export'),
    ),
  'sync.rehearse': whenWritable(rehearse),
  'sync.devices': devices,
  'sync.sign-out-device': signOutDevice,
  'sync.arrived': ({ store }, { limit }) => arrivals(store.reader, limit),
  'sync.parts': provableParts,
  'sync.prove': whenWritable(provePart),
  'sync.bundle': whenWritable(saveBundle),
  'sync.bring': whenWritable(bring),
  'sync.hold': whenWritable((session, { held }) => {
    session.sync?.hold(held);
    return { held };
  }),
  'sync.now': whenWritable(async (session) => {
    // To send now is to have looked.
    session.sync?.hold(false);
    await session.sync?.syncNow();
    return session.syncState();
  }),
  'sync.waiting': asked(waiting),
  'sync.needs-you': (session) => needsYou(session.store.reader),
  'sync.resolve': ordered((context, settlement) => resolveConflicts(context, [settlement])),
  'sync.resolve-all': ordered((context, { settlements }) => resolveConflicts(context, settlements)),
  'sync.reopen': ordered(reopenChanges),
  'mentoring.mentors': asked(mentors),
  'mentoring.week': asked(week),
  'mentoring.free-slots': asked(freeSlots),
  'mentoring.feedback': asked(feedback),
  'mentoring.preview': asked(preview),
  'mentoring.book': ordered(bookSession),
  'mentoring.refresh-slots': ordered(refreshSlots),
};
