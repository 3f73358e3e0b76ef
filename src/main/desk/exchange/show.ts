import type { CheckedCell, CheckedRow, CheckSummary } from '../../../shared/contract/exchange';
import type { Parsed } from '../../../shared/contract/requests';
import { isEntityName, type EntityName } from '../../../shared/entities';
import { cellText } from '../../../shared/rules/cell-text';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { CellContexts } from '../queries/cell-contexts';
import { titlesOf } from '../queries/titles';
import type { Checked } from './check';
import type { CellVerdict, Scratch, Verdict } from './scratch';

/** What a dry run found, in numbers and line by line, in words. */

export function summaryOf(scratch: Scratch, { made, ambiguous, missing, notes }: Checked): CheckSummary {
  const kinds = scratch.db
    .prepare<[], { kind: CheckedRow['kind']; n: number; issues: number }>(
      'select kind, count(*) as n, sum(issue_count) as issues from verdict group by kind',
    )
    .all();
  const of = (kind: CheckedRow['kind']): number => kinds.find((one) => one.kind === kind)?.n ?? 0;
  const cells = scratch.db.prepare<[string], { n: number }>(
    `select count(*) as n from verdict v, json_each(v.cells) c where v.kind in ('update', 'choose', 'unchanged') and c.value ->> 'state' = ?`,
  );
  const counts = Map.groupBy(made, ({ entity }) => entity);
  return {
    rows: kinds.reduce((sum, { n }) => sum + n, 0),
    create: of('create'),
    update: of('update'),
    unchanged: of('unchanged'),
    choose: of('choose'),
    error: of('error'),
    issues: kinds.reduce((sum, { issues }) => sum + issues, 0),
    ticked: scratch.db.prepare('select count(*) from verdict where ticked = 1').pluck().get() as number,
    cells: cells.get('mine')!.n + cells.get('both')!.n,
    theirs: cells.get('theirs')!.n + cells.get('both')!.n,
    made: [...counts].map(([entity, edits]) => ({ entity, count: edits.length })),
    ambiguous,
    missing,
    notes,
  };
}

export function rowsOf(
  db: Readable,
  scratch: Scratch,
  checked: Checked,
  asked: Parsed<'import.rows'>,
): { total: number; rows: CheckedRow[] } {
  const where = asked.show === 'all' ? '1' : 'kind = ?';
  const values = asked.show === 'all' ? [] : [asked.show];
  const total = scratch.db
    .prepare<unknown[]>(`select count(*) from verdict where ${where}`)
    .pluck()
    .get(...values) as number;
  const verdicts = scratch.verdicts(where, values, asked.count, asked.from);
  const words = new Words(db, checked, verdicts);
  return { total, rows: verdicts.map((verdict) => words.row(verdict)) };
}

class Words {
  readonly #contexts: CellContexts;
  readonly #titles: Record<string, string> = {};
  readonly #rowTitles: Map<string, string>;

  constructor(
    private readonly db: Readable,
    private readonly checked: Checked,
    verdicts: readonly Verdict[],
  ) {
    const { entity, asked } = checked.plan;
    this.#contexts = new CellContexts(db, asked.locale);
    for (const { id, values } of checked.made)
      this.#titles[id] =
        Object.values(values)
          .filter((value) => typeof value === 'string')
          .at(-1) ?? '';
    const wanted = new Map<EntityName, Set<string>>();
    for (const { field, before, after } of verdicts.flatMap(({ cells }) => cells)) {
      const declared = entity.fields[field];
      if (declared?.kind !== 'reference' || !isEntityName(declared.options.to)) continue;
      const ids = wanted.get(declared.options.to) ?? new Set();
      wanted.set(declared.options.to, ids);
      for (const id of [before, after]) if (typeof id === 'string') ids.add(id);
    }
    for (const [to, ids] of wanted) for (const [id, title] of titlesOf(db, to, ids)) this.#titles[id] = title;
    const known = verdicts.flatMap(({ id, kind }) => (id && kind !== 'create' ? [id] : []));
    this.#rowTitles = titlesOf(db, asked.entity, known);
  }

  row(verdict: Verdict): CheckedRow {
    const { n, kind, ticked, id, issues, note } = verdict;
    const after = Object.fromEntries(verdict.cells.map((cell) => [cell.field, cell.after]));
    const row = id && kind !== 'create' ? { ...readRow(this.db, this.checked.plan.asked.entity, id), ...after } : after;
    const cells = verdict.cells.map((cell) => this.#cell(cell, row));
    const title = (id && this.#rowTitles.get(id)) || this.#titleOf(cells);
    return { n, kind, ticked, id, title, cells, issues, note };
  }

  #titleOf(cells: readonly CheckedCell[]): string {
    const texts = this.checked.plan.entity.title.map((name) => cells.find((cell) => cell.field === name)?.after ?? '');
    return texts.filter((text) => text !== '').join(' ');
  }

  #cell({ field, before, after, state, take }: CellVerdict, row: Record<string, unknown>): CheckedCell {
    const { entity } = this.checked.plan;
    const declared = entity.fields[field]!;
    const text = (value: unknown): string =>
      cellText(declared, value, this.#contexts.of(entity, declared, row, this.#titles)).slice(0, 300);
    return { field, before: text(before), after: text(after), state, take };
  }
}

/** Takes lines in or leaves them out; lines with errors, and cells still to be decided, cannot be taken in. */
export function tick(scratch: Scratch, { rows, ticked }: Parsed<'import.tick'>): void {
  const only = rows.length > 0 ? 'and n in (select value from json_each(?))' : '';
  const values = rows.length > 0 ? [JSON.stringify(rows)] : [];
  scratch.db
    .prepare<unknown[]>(
      `update verdict set ticked = ? where kind in ('create', 'update', 'choose') ${only}
       and not (kind = 'choose' and exists (select 1 from json_each(cells) c where c.value ->> 'state' = 'both' and c.value ->> 'take' is null))`,
    )
    .run(ticked ? 1 : 0, ...values);
}

/** Decides cells that were changed in the file and by others. A line where all are decided is taken in. */
export function choose(scratch: Scratch, { rows, field, take }: Parsed<'import.choose'>): void {
  const only = rows.length > 0 ? 'and n in (select value from json_each(?))' : '';
  const values = rows.length > 0 ? [JSON.stringify(rows)] : [];
  const write = scratch.db.prepare<unknown[]>('update verdict set cells = ?, ticked = ? where n = ?');
  scratch.db.transaction(() => {
    for (const verdict of scratch.verdicts(`kind = 'choose' ${only}`, values, -1)) {
      for (const cell of verdict.cells)
        if (cell.state === 'both' && (field === undefined || cell.field === field)) cell.take = take;
      const isDecided = verdict.cells.every(({ state, take: taken }) => state !== 'both' || taken !== null);
      write.run(JSON.stringify(verdict.cells), isDecided ? 1 : 0, verdict.n);
    }
  })();
}
