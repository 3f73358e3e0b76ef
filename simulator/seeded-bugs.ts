/**
 * Deliberate faults of the protocol, one at a time: the simulator is worth something only if it catches them.
 *
 * A bug replaces a fragment of a function in the database, or of a source file of the desk. The fragment must be there exactly once: where
 * the code has moved on, the bug fails loudly instead of testing nothing.
 */

import type { PlanOptions, StepKind } from './plan';

export interface Bug {
  /** What is wrong, in words. */
  what: string;
  /** A function of the database, or a source file of the desk. */
  where: { routine: string } | { file: string };
  from: string;
  to: string;
  /** Said after the change of a function. */
  sql?: string;
  /** What its histories are directed at; without it, they are those of everybody. */
  plan?: PlanOptions;
}

const desk = (file: string, what: string, from: string, to: string): Bug => ({
  ...{ what, from, to },
  where: { file: `src/main/desk/${file}` },
});
const server = (routine: string, what: string, from: string, to: string, sql?: string): Bug => ({
  ...{ what, from, to },
  where: { routine },
  ...(sql === undefined ? {} : { sql }),
});

const bugs: Record<string, Bug> = {
  // The cursor
  'naive-cursor': server(
    'api.pull',
    'whatever a page was older than counts as seen',
    'h.x >= c.low and not pg_visible_in_snapshot(h.x, c.seen)',
    'h.x >= pg_snapshot_xmax(c.seen)',
  ),
  'xmax-cursor': server(
    'api.pull',
    'the cursor forgets which transactions were open',
    `'snapshot', pg_current_snapshot()::text`,
    `'snapshot', pg_snapshot_xmax(pg_current_snapshot()) || ':' || pg_snapshot_xmax(pg_current_snapshot()) || ':'`,
  ),
  'volatile-pull': server(
    'api.pull',
    'changes and snapshot of a page are of two moments',
    `return jsonb_build_object('epoch', sync.epoch(), 'snapshot'`,
    `perform pg_sleep(0.02); return jsonb_build_object('epoch', sync.epoch(), 'snapshot'`,
    'alter function api.pull volatile',
  ),
  'last-page-cursor': desk(
    'sync/pull.ts',
    'the cursor of a round is that of its last page',
    'staging.take(page.changes);',
    'staging.take(page.changes); first = page;',
  ),
  'one-round': desk(
    'sync/pull.ts',
    'a round of many pages counts as one moment',
    'if (pages === 1) return',
    'if (pages >= 1) return',
  ),
  'one-page': desk(
    'sync/pull.ts',
    'a round ends after its first page',
    'while (after !== null);',
    'while (pages < 1);',
  ),
  'cursor-first': desk(
    'sync/pull.ts',
    'the cursor moves before the rows are written',
    'staging.take(page.changes);',
    `staging.take(page.changes); for (const scope of page.session.scopes) putCursor(db, { scope, snapshot: page.snapshot, state: 'live', progress: null });`,
  ),
  'scopes-in-mid-round': desk(
    'sync/pull.ts',
    'scopes that change between two pages are not noticed',
    `if (held !== null && !isSame(held, page.session.scopes)) return 'scopes-changed';`,
    '',
  ),
  'older-version-stays': desk(
    'sync/staging.ts',
    'of two versions of a row the first to come stays',
    'if (row && (!entry.row || row.rowVersion >= entry.row.rowVersion))',
    'if (row && !entry.row)',
  ),
  // The change log
  'no-tombstone-on-move': server(
    'sync.noted_facilities',
    'a row that moves is not said to have left',
    'where o.program_id <> n.program_id having',
    'where false having',
  ),
  'change-not-logged': server(
    'sync.touch_head',
    'a change of a row is not entered into the change log',
    'set x = pg_current_xact_id(), op =',
    'set op =',
  ),
  'deletion-not-told': server(
    'sync.noted_students',
    'a deleted row stands in the change log as alive',
    `array_agg(case when n.deleted_at is null then 'P' else 'D' end::"char" order by n.id)`,
    `array_agg('P'::"char" order by n.id)`,
  ),
  'left-ignored': desk(
    'sync/pull.ts',
    'a row that left a scope stays',
    `if (standing === 'put' || !held.has(scope)) continue;`,
    `if (standing !== 'deleted' || !held.has(scope)) continue;`,
  ),
  'tutor-keeps-course': server(
    'sync.refresh_course_enrollments',
    'what no longer belongs to a scope stays there',
    `update sync.head h set op = 'L', x = pg_current_xact_id()`,
    `update sync.head h set op = h.op`,
  ),
  // Exactly once
  'no-fork-check': server(
    'sync.receive',
    'another mutation under a known number gets the old result',
    'if known.id is distinct from here.id then',
    'if false then',
  ),
  'no-gap-check': server(
    'sync.receive',
    'numbers may be left out',
    'if here.seq > d.last_seq + 1 then',
    'if false then',
  ),
  'no-dedupe': server(
    'sync.receive',
    'a number that was used already is carried out again',
    'if here.seq <= d.last_seq then',
    'if false then',
  ),
  'no-dedupe-by-id': server(
    'sync.receive',
    'a mutation under a new number is carried out again',
    'where k.id = here.id and not k.alias',
    'where k.id = here.id and false',
  ),
  'fork-ignored': desk(
    'sync/push.ts',
    'a desk restored from a backup keeps its name',
    `if (result.err === 'fork' || result.err === 'device-owner') {`,
    'if (results.length < 0) {',
  ),
  'fork-drops-queue': desk(
    'sync/push.ts',
    'a restored desk throws its queue away',
    'renumber(db, 0);',
    `for (const { id } of nextBatch(db)) settle(db, id, { seq: 0, id, status: 'noop' }); renumber(db, 0);`,
  ),
  'acknowledged-unsent': desk(
    'sync/push.ts',
    'what is sent counts as arrived',
    'const result = await pushChanges(',
    `for (const { seq, id } of batch) settle(db, id, { seq, id, status: 'applied' }); const result = await pushChanges(`,
  ),
  'trouble-is-rejection': desk(
    'sync/push.ts',
    'a broken connection counts as a refusal',
    'const result = await pushChanges(remote, token, deviceOf(db), batch);',
    `const result: PushResult = await pushChanges(remote, token, deviceOf(db), batch).catch(() => ({ lastSeq: 0, results: batch.map(({ seq, id }) => ({ seq, id, status: 'rejected' as const, refusal: { code: 'forbidden' } })) }));`,
  ),
  'order-broken': desk(
    'local/outbox.ts',
    'the newest is sent first',
    `where state in ('pending', 'in-flight') order by position limit ?`,
    `where state in ('pending', 'in-flight') order by position desc limit ?`,
  ),
  'rejection-blocks': desk(
    'local/write.ts',
    'what was refused stays in the queue',
    `rejected: 'rejected',`,
    `rejected: 'pending' as 'rejected',`,
  ),
  'conflict-dropped': desk(
    'local/write.ts',
    'a conflict is thrown away',
    `conflict: 'conflict',`,
    `conflict: 'discarded',`,
  ),
  'rescue-ignored': desk(
    'local/recover.ts',
    'a broken store comes back without its queue',
    'for (const m of rescued.mutations) {',
    'for (const m of rescued.mutations.slice(0, 0)) {',
  ),
  'epoch-ignored': desk(
    'sync/cycle.ts',
    'a server that was restored is not noticed',
    'if (known === epoch) return;',
    'if (known !== null) return;',
  ),
  // Merging and rules
  'last-writer-wins': server(
    'sync.merge',
    'whoever comes last overwrites',
    `coalesce(nullif(base->k, '""'), 'null') = cur->k then`,
    'true then',
  ),
  'run-overwrites': server(
    'sync.run_students',
    'of edits that come many at once, the last one overwrites',
    `coalesce(nullif(op.base->'phone', '""'), 'null') = coalesce(to_jsonb(t.phone), 'null')`,
    'true',
  ),
  'run-anonymous': server(
    'sync.run',
    'the trail does not know whose were edits that came many at once',
    `set_config('provost.acts'`,
    `set_config('provost.acts_of'`,
  ),
  'conflict-applied': server(
    'sync.apply_students',
    'a conflict is found, and carried out',
    `if conflicts <> '[]' then return jsonb_build_object('s', 'conflict', 'c', conflicts); end if;`,
    `if conflicts <> '[]' then keys := keys || 'phone'::text; end if;`,
  ),
  resurrected: server(
    'sync.apply_students',
    'a change brings a deleted row back',
    `if cur.deleted_at is not null then return jsonb_build_object('s', 'conflict', 'c', jsonb_build_array(sync.gone('students', v_id))); end if;`,
    'if cur.deleted_at is not null then update app.students t set deleted_at = null where t.id = v_id; end if;',
  ),
  'not-renumbered': server(
    'sync.perform',
    'an order keeps gaps and double places',
    `if groups <> '[]' then perform sync.renumber(groups); end if;`,
    '',
  ),
  // Walls
  'every-program': server(
    'auth.become',
    'everybody is assigned everywhere',
    'where a.user_id = person and a.deleted_at is null',
    'where a.deleted_at is null or true',
  ),
  'everybody-super': server(
    'auth.become',
    'everybody ranks highest',
    'rank integer := sync.rank_of(role);',
    'rank integer := 4;',
  ),
  'revocation-ignored': server(
    'auth.become',
    'who was let in once stays in',
    'where a.user_id = person and a.deleted_at is null',
    'where a.user_id = person',
  ),
  'no-purge': desk(
    'sync/pull.ts',
    'rows of a lost scope stay',
    'for (const scope of purged) mergeChanged(changed, purgeScope(db, scope));',
    '',
  ),
  'no-secure-delete': desk(
    'local/open.ts',
    'what is purged stays in free pages',
    `db.pragma('secure_delete = ON');`,
    `db.pragma('secure_delete = OFF');`,
  ),
  'no-scrub': desk(
    'local/purge.ts',
    'what is purged stays in the log of writes',
    `db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]`,
    '[{ busy: 0 }]',
  ),
  'guests-stay': desk(
    'local/purge.ts',
    'rows that stood in a lost scope as guests stay',
    ', ...rowsAsGuests(db, scope)]',
    ']',
  ),
  'hidden-stay': desk(
    'local/purge.ts',
    'the base of a deleted row outlives its scope',
    '...rowsHidden(db, scope), ',
    '',
  ),
  'undo-stays': desk(
    'local/purge.ts',
    'steps of undo quote rows of a lost scope',
    'dropStepsQuoting(db, scope, gone);',
    '',
  ),
  'journal-stays': desk(
    'local/forget.ts',
    'what is judged after its scope was lost stays in the journal',
    'if (scopes.every((scope) => holdsScope(db, scope))) return;',
    'if (scopes.length >= 0) return;',
  ),
  'loss-unnoticed': desk(
    'sync/pull.ts',
    'a lost scope is not noticed where nothing else happened',
    'isSame(before, session.scopes) &&',
    '',
  ),
  // The trail
  'change-not-audited': server(
    'sync.noted_facilities',
    'changes of a table are not in the trail',
    `where x.action <> 'update' or x.changes <> '{}'`,
    `where x.action <> 'update'`,
  ),
  'not-sealed': server('api.push', 'the trail is never sealed', 'perform audit.seal_up(200);', ''),
  'not-chained': server(
    'audit.seal_up',
    'an entry is sealed without the one before it',
    `audit.chained(coalesce(c.hash, ''), audit.canonical(e)) over w as hash`,
    `audit.link(null, '', audit.canonical(e)) as hash`,
  ),
};

const focusOf: Record<string, readonly StepKind[]> = {
  'naive-cursor': ['long', 'world'],
  'xmax-cursor': ['long', 'world'],
  'volatile-pull': ['world'],
  'scopes-in-mid-round': ['rights', 'world'],
  'no-tombstone-on-move': ['move'],
  'left-ignored': ['move'],
  'deletion-not-told': ['world'],
  'tutor-keeps-course': ['teach'],
  'older-version-stays': ['world'],
  'one-round': ['world'],
  'one-page': ['world'],
  'last-page-cursor': ['world'],
  resurrected: ['world'],
  'no-dedupe': ['backup', 'restore'],
  'no-fork-check': ['backup', 'restore'],
  'fork-ignored': ['backup', 'restore'],
  'fork-drops-queue': ['backup', 'restore'],
  'no-dedupe-by-id': ['epoch', 'backup', 'restore'],
  'no-gap-check': ['hostile'],
  'rescue-ignored': ['damage'],
  'epoch-ignored': ['epoch'],
  'every-program': ['hostile', 'rights'],
  'everybody-super': ['hostile', 'rights'],
  'revocation-ignored': ['rights'],
  'no-purge': ['rights'],
  'no-secure-delete': ['rights'],
  'no-scrub': ['rights'],
  'guests-stay': ['rights'],
  'hidden-stay': ['rights'],
  'undo-stays': ['rights'],
  'journal-stays': ['rights'],
  'loss-unnoticed': ['rights'],
};
export const seededBugs: Record<string, Bug> = Object.fromEntries(
  Object.entries(bugs).map(([name, bug]) => [
    name,
    {
      ...bug,
      plan: {
        focus: focusOf[name] ?? [],
        ...(name === 'tutor-keeps-course' ? { roles: ['tutor', 'tutor'], desks: 3 } : {}),
      },
    },
  ]),
);
