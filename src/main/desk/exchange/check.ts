import { Refusal } from '../../../shared/contract/outcome';
import type { CheckedRow, Missing, Unresolved } from '../../../shared/contract/exchange';
import type { Edit } from '../../../shared/contract/requests';
import type { EntityName } from '../../../shared/entities';
import { entityOf } from '../../../shared/entities';
import type { AnyRow, Field, FieldOf } from '../../../shared/model';
import { canonicalJson, sameValue } from '../../../shared/rules/canonical-json';
import { isMasked } from '../../../shared/rules/masking';
import { whyNot } from '../../../shared/rules/permit';
import { cellWords, readSource, type SourceCell } from '../../../shared/rules/source-cell';
import { newId } from '../../../shared/model';
import { checkRow, checkUnique } from '../commands/check-relations';
import { Draft } from '../commands/draft';
import { draftInsert, draftUpdate } from '../commands/save-rows';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { CellContexts } from '../queries/cell-contexts';
import { titlesOf } from '../queries/titles';
import { baseOf } from './export-rows';
import { FreeSlugs } from './free-slugs';
import type { Work } from './jobs';
import { needsOf, optionNamed, rowNamed } from './making';
import { Matches } from './matches';
import { folded, Names, type Candidate } from './names';
import { readingContext, type Plan, type Reader } from './plan';
import { fingerprint, readBase } from './round-trip';
import type { CellVerdict, Scratch, SourceLine, Verdict } from './scratch';

/**
 * The dry run of an import: every line is read, matched and put through the very checks that a save makes, all of them at once and bit by bit
 * between other work. Nothing is written but into the scratch.
 */

type Issue = CheckedRow['issues'][number];
type Insert = Extract<Edit, { op: 'insert' }>;

export interface Checked {
  plan: Plan;
  /** Rows that the lines need and that are not there yet, in the order in which they have to be made. */
  made: Insert[];
  ambiguous: Unresolved[];
  missing: Missing[];
  notes: string[];
  /** Every line that could be drafted, checked against the rows of `revision`. */
  draft: Draft;
  revision: number;
}

/** One line read into values, before it is compared with what is there. */
interface ParsedLine {
  n: number;
  values: Record<string, unknown>;
  issues: Issue[];
  key: string | null;
  /** Of a file that was exported from here. */
  id: string | null;
  base: Record<string, string> | null;
}

/** A name in a column of references or options, and how many lines have it. */
interface Wanted {
  within: string | null;
  text: string;
  rows: number;
}

const batch = 500;

export class Check {
  readonly #names = new Names();
  readonly #wanted = new Map<string, Map<string, Wanted>>();
  readonly #missingOptions = new Map<string, Map<string, Wanted>>();
  readonly #madeOptions = new Map<string, Record<string, string>>();
  readonly #whyNotMade = new Map<string, string>();
  readonly #contexts: CellContexts;
  readonly #matches: Matches;
  readonly #draft: Draft;
  readonly #made: Insert[] = [];
  readonly #name: EntityName;
  readonly #one: string;
  readonly #readers: readonly Reader[];

  constructor(
    private readonly context: CommandContext,
    private readonly plan: Plan,
    private readonly scratch: Scratch,
    private readonly work: Work,
  ) {
    this.#name = plan.asked.entity;
    this.#readers = inReadingOrder(plan.readers);
    this.#one = plan.entity.labels.one.toLowerCase();
    this.#contexts = new CellContexts(context.db, plan.asked.locale);
    this.#matches = new Matches(this.#name);
    this.#draft = new Draft(context);
  }

  async run(): Promise<Checked> {
    const { scratch, work, plan } = this;
    const { revision } = this.context.views;
    const lines = scratch.countLines(plan.asked.header);
    scratch.db.exec('delete from parsed; delete from verdict');
    work.begin('Looking up names', lines);
    await this.#gatherNames();
    await this.#names.resolve(this.context.db, work);
    const ambiguous = this.#ambiguous();
    const missing = this.#missing();
    work.begin('Reading the lines', lines);
    await this.#parseLines();
    await this.#matches.resolve(this.context.db, work);
    work.begin('Checking', lines);
    await this.#judgeLines();
    await this.#relate();
    return { plan, made: this.#made, ambiguous, missing, notes: [], draft: this.#draft, revision };
  }

  async #eachLine(act: (line: SourceLine) => void): Promise<void> {
    for (let last = this.plan.asked.header; ;) {
      const lines = this.scratch.lines(last, batch);
      for (const line of lines) {
        act(line);
        this.work.done++;
      }
      await this.work.breathe();
      if (lines.length < batch) return;
      last = lines.at(-1)!.n;
    }
  }

  // Names ------------------------------------------------------------------------------------------------------------------------------

  async #gatherNames(): Promise<void> {
    const program = this.#reader('programId');
    if (program) {
      await this.#eachLine(({ cells }) => this.#wantName(program, 'programs', null, cells));
      await this.#names.resolve(this.context.db, this.work);
    }
    const named = this.plan.readers.filter(
      ({ name, field }) => name !== 'programId' && (field.kind === 'reference' || field.kind === 'option'),
    );
    if (named.length === 0) return;
    this.work.begin('Looking up names', this.work.of);
    await this.#eachLine((line) => {
      const within = this.#programOf(line.cells);
      for (const reader of named) {
        const { field } = reader;
        if (field.kind === 'reference') this.#wantName(reader, field.options.to as EntityName, within, line.cells);
        else if (field.kind === 'option') this.#wantOption(reader, field, within, line.cells);
      }
    });
  }

  #reader(name: string): Reader | undefined {
    return this.plan.readers.find((reader) => reader.name === name);
  }

  #wantName(reader: Reader, to: EntityName, within: string | null, cells: SourceCell[]): void {
    const text = cellWords(reader.cell(cells)).trim();
    if (text === '') return;
    this.#names.want(to, within, text);
    count(this.#wanted, reader.name, within, text);
  }

  #wantOption(reader: Reader, field: FieldOf<'option'>, within: string | null, cells: SourceCell[]): void {
    const text = cellWords(reader.cell(cells)).trim();
    if (text === '' || this.#optionCode(field, within, text) !== null) return;
    count(this.#missingOptions, reader.name, within, text);
  }

  #optionCode(field: FieldOf<'option'>, within: string | null, text: string): string | null {
    const kind = field.options.optionKind;
    const known = { ...this.#contexts.options(within, kind), ...this.#madeOptions.get(`${within ?? '*'}:${kind}`) };
    const wanted = folded(text);
    const found = Object.entries(known).find(
      ([code, label]) => code === text || folded(code) === wanted || folded(label) === wanted,
    );
    return found?.[0] ?? null;
  }

  #programOf(cells: SourceCell[]): string | null {
    const reader = this.#reader('programId');
    const text = reader ? cellWords(reader.cell(cells)).trim() : '';
    if (text === '') return this.plan.asked.programId;
    const found = this.#candidates('programId', 'programs', null, text);
    return found.length === 1 ? found[0]!.id : null;
  }

  /** What a name means, narrowed by what was picked and by what may be chosen there. */
  #candidates(name: string, to: EntityName, within: string | null, text: string): Candidate[] {
    const found = this.#names.find(to, within, text);
    const picked = this.plan.asked.picks[name]?.[text];
    if (picked) return found.filter(({ id }) => id === picked);
    const field = this.plan.entity.fields[name];
    const where = field?.kind === 'reference' ? field.options.where : undefined;
    if (found.length < 2 || !where) return found;
    const fit = found.filter(({ id }) => {
      const row = readRow(this.context.db, to, id);
      return row && Object.entries(where).every(([key, allowed]) => allowed.includes(String(row[key])));
    });
    return fit.length > 0 ? fit : found;
  }

  #ambiguous(): Unresolved[] {
    const list: Unresolved[] = [];
    for (const [name, texts] of this.#wanted) {
      const to = this.#target(name);
      for (const { within, text, rows } of texts.values()) {
        const found = this.#candidates(name, to, within, text);
        if (found.length > 1) {
          list.push({
            field: name,
            text,
            rows,
            candidates: found.slice(0, 20).map(({ id, title, hint }) => ({ id, title, hint })),
          });
        }
      }
    }
    return list.slice(0, 200);
  }

  #target(name: string): EntityName {
    const field = this.plan.entity.fields[name];
    return (field?.kind === 'reference' ? field.options.to : 'program_options') as EntityName;
  }

  /** Names that mean nothing yet; those that may be made are made, in the draft only. */
  #missing(): Missing[] {
    const list: Missing[] = [];
    const { creates } = this.plan.asked;
    for (const [name, texts] of this.#wanted) {
      const to = this.#target(name);
      const none = [...texts.values()].filter(({ within, text }) => this.#names.find(to, within, text).length === 0);
      const rest = creates[name] && needsOf(to) ? none.filter((wanted) => !this.#make(name, to, wanted)) : none;
      if (none.length > 0) list.push(this.#missingOf(name, to, rest, needsOf(to)));
    }
    for (const [name, texts] of this.#missingOptions) {
      const none = [...texts.values()];
      const rest = creates[name] ? none.filter((wanted) => !this.#makeOption(name, wanted)) : none;
      list.push(this.#missingOf(name, 'program_options', rest, []));
    }
    return list.filter(({ count: left }) => left > 0);
  }

  #missingOf(field: string, to: EntityName, none: Wanted[], needs: string[] | null): Missing {
    const names = none.slice(0, 50).map(({ text }) => text);
    return {
      field,
      entity: to,
      names,
      count: none.length,
      needs,
      whyNot: whyNot(this.context.session, entityOf(to), 'create'),
    };
  }

  #make(name: string, to: EntityName, { within, text }: Wanted): boolean {
    const edit = rowNamed(to, text, within, this.plan.asked.creates[name] ?? {}, this.context.now());
    if (!this.#draftMade(edit, `${name} ${within ?? ''} ${text}`)) return false;
    this.#names.add(to, within, text, { id: edit.id, title: text, hint: '', isKey: true });
    return true;
  }

  #makeOption(name: string, { within, text }: Wanted): boolean {
    const field = this.plan.entity.fields[name];
    if (within === null || field?.kind !== 'option') return false;
    const kind = field.options.optionKind;
    const edit = optionNamed(kind, text, within, this.context.now());
    if (!this.#draftMade(edit, `${name} ${within} ${text}`)) return false;
    const key = `${within}:${kind}`;
    this.#madeOptions.set(key, { ...this.#madeOptions.get(key), [String(edit.values['code'])]: text });
    return true;
  }

  #draftMade(edit: Insert, key: string): boolean {
    const before = this.#draft.issues.length;
    try {
      draftInsert(this.#draft, edit, `made.${this.#made.length}.`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#whyNotMade.set(key, error.message);
      return false;
    }
    const [issue] = this.#draft.issues.splice(before);
    if (issue) {
      this.#draft.take(edit.entity, edit.id);
      this.#whyNotMade.set(key, issue.message);
      return false;
    }
    this.#made.push(edit);
    return true;
  }

  // Lines ------------------------------------------------------------------------------------------------------------------------------

  async #parseLines(): Promise<void> {
    const out = this.scratch.writer<ParsedLine>('insert into parsed values (?, ?)', (line) => [
      line.n,
      JSON.stringify(line),
    ]);
    await this.#eachLine((line) => out.add(this.#parse(line)));
    out.end();
  }

  #parse({ n, cells }: SourceLine): ParsedLine {
    const { plan } = this;
    const { trip, asked, entity } = plan;
    const id = trip ? cellWords(cells[trip.id]).trim() || null : null;
    const base = id && trip ? readBase(cells[trip.base]) : null;
    const programId = this.#programOf(cells);
    const values: Record<string, unknown> = entity.fields['programId'] && programId ? { programId } : {};
    // What later cells of the line are read by.
    const row: Record<string, unknown> = { ...values, programId };
    const keyed: Record<string, unknown> = {};
    const issues: Issue[] = [];
    for (const reader of this.#readers) {
      const { name, field, column } = reader;
      const cell = reader.cell(cells);
      const isTouched = base === null || base[name] === undefined || fingerprint(cell) !== base[name];
      if (!isTouched) continue;
      const isKept = field.kind === 'generated' || field.options.readOnly === true;
      if (isKept && !base) {
        keyed[name] = cellWords(cell).trim() || null;
        continue;
      }
      const read = isKept ? keptBySystem(field) : this.#readCell(reader, cell, row);
      if ('problem' in read) issues.push({ field: name, column, value: cellWords(cell), message: read.problem });
      else if (read.value !== null || asked.mapping.emptyClears || base) row[name] = values[name] = read.value;
    }
    const key = id ?? this.#matches.want(plan.keys, { ...keyed, ...values });
    return { n, values, issues, key, id, base };
  }

  #readCell(reader: Reader, cell: SourceCell, row: Record<string, unknown>): { value: unknown } | { problem: string } {
    const { name, field } = reader;
    const text = cellWords(cell).trim();
    const within = typeof row['programId'] === 'string' ? row['programId'] : null;
    if (text === '') return { value: null };
    if (field.kind === 'reference') return this.#readName(reader, field, name === 'programId' ? null : within, text);
    if (field.kind === 'option') {
      const code = this.#optionCode(field, within, text);
      if (code !== null) return { value: code };
      const known = Object.values(this.#contexts.options(within, field.options.optionKind));
      const why = this.#whyNotMade.get(`${name} ${within ?? ''} ${text}`);
      return {
        problem:
          why ??
          `“${text}” is not a known ${field.options.label.toLowerCase()}.${known.length > 0 ? ` Choose one of: ${known.slice(0, 8).join(', ')}.` : ''}`,
      };
    }
    return readSource(field, cell, readingContext(this.plan, this.#contexts, this.plan.entity, field, row));
  }

  #readName(
    { name }: Reader,
    field: FieldOf<'reference'>,
    within: string | null,
    text: string,
  ): { value: string } | { problem: string } {
    const to = field.options.to as EntityName;
    const found = this.#candidates(name, to, within, text);
    if (found.length === 1) return { value: found[0]!.id };
    const what = field.options.label.toLowerCase();
    if (found.length > 1) return { problem: `${found.length} could be meant by “${text}”. Say which ${what} it is.` };
    return {
      problem:
        this.#whyNotMade.get(`${name} ${within ?? ''} ${text}`) ??
        `No ${what} is called “${text}”. Correct it, or add it first.`,
    };
  }

  async #judgeLines(): Promise<void> {
    const out = this.scratch.verdictWriter();
    const seen = new Map<string, { n: number; json: string }>();
    const slugs = new FreeSlugs(
      this.context.db,
      this.plan.entity,
      this.plan.readers.map(({ name }) => name),
    );
    const read = this.scratch.db.prepare<unknown[], { n: number; row: string }>(
      'select n, row from parsed where n > ? order by n limit ?',
    );
    for (let last = 0; ;) {
      const rows = read.all(last, batch);
      for (const { row } of rows) {
        const verdict = this.#judge(JSON.parse(row) as ParsedLine, seen, slugs);
        out.add(verdict);
        this.work.done++;
        if (this.work.isDue) await this.work.breathe();
      }
      if (rows.length < batch) break;
      last = rows.at(-1)!.n;
    }
    out.end();
  }

  #judge(line: ParsedLine, seen: Map<string, { n: number; json: string }>, slugs: FreeSlugs): Verdict {
    const { n, issues, key } = line;
    const verdict: Verdict = { n, kind: 'error', ticked: false, id: null, cells: [], issues, note: null };
    if (key === null) {
      const [names = []] = this.plan.keys;
      const labels = names.map((field) => `“${this.plan.entity.fields[field]?.options.label ?? field}”`).join(' and ');
      return issues.length > 0
        ? verdict
        : refused(verdict, `Nothing in this line says which ${this.#one} is meant. Fill in ${labels}.`);
    }
    const json = canonicalJson(line.values);
    const earlier = seen.get(key);
    if (earlier) return this.#repeated(verdict, earlier, json);
    seen.set(key, { n, json });
    const ids = line.id ? (readRow(this.context.db, this.#name, line.id) ? [line.id] : []) : this.#matches.ids(key);
    if (ids.length > 1) {
      const titles = [...titlesOf(this.context.db, this.#name, ids.slice(0, 3)).values()].join(', ');
      return refused(
        verdict,
        `${ids.length} ${this.plan.entity.labels.many.toLowerCase()} fit this line: ${titles}. Match one more column that tells them apart.`,
      );
    }
    if (line.id && ids.length === 0)
      return refused(verdict, `This ${this.#one} was deleted since the export. Restore it, or leave the line out.`);
    return ids.length === 0 ? this.#create(verdict, line, slugs) : this.#update(verdict, line, ids[0]!);
  }

  #repeated(verdict: Verdict, earlier: { n: number; json: string }, json: string): Verdict {
    if (earlier.json === json || this.plan.asked.mapping.repeats === 'first')
      return {
        ...verdict,
        kind: 'unchanged',
        issues: [],
        note: earlier.json === json ? `The same as line ${earlier.n}` : `Line ${earlier.n} counts`,
      };
    return refused(
      verdict,
      `Line ${earlier.n} means the same ${this.#one} and says something else. Keep one of the two, or let the first one count.`,
    );
  }

  #create(verdict: Verdict, line: ParsedLine, slugs: FreeSlugs): Verdict {
    const id = newId(this.context.now());
    const values = { ...Object.fromEntries(Object.entries(line.values).filter(([, value]) => value !== null)) };
    slugs.fill(values);
    const cells = Object.entries(values).map(([field, after]): CellVerdict => ({
      field,
      before: null,
      after,
      state: 'mine',
      take: null,
    }));
    const issues = [
      ...line.issues,
      ...this.#drafted(
        line.n,
        () =>
          draftInsert(this.#draft, { op: 'insert', entity: this.#name, id, values }, `${line.n}.`, { isMade: true }),
        line.issues,
      ),
    ];
    return { ...verdict, id, cells, issues, kind: issues.length > 0 ? 'error' : 'create', ticked: issues.length === 0 };
  }

  #update(verdict: Verdict, line: ParsedLine, id: string): Verdict {
    const row = readRow(this.context.db, this.#name, id)!;
    const theirs = line.base ? this.#changedByOthers(row, line.base) : new Set<string>();
    const cells: CellVerdict[] = [];
    for (const [field, after] of Object.entries(line.values)) {
      if (sameValue(after, row[field]) || isMasked(row[field])) continue;
      // Where the row stands is not what a file changes by not saying it.
      if (field === 'programId' && !this.#reader('programId')) continue;
      cells.push({ field, before: row[field], after, state: theirs.has(field) ? 'both' : 'mine', take: null });
    }
    for (const field of theirs) {
      if (!(field in line.values))
        cells.push({ field, before: row[field], after: row[field], state: 'theirs', take: 'theirs' });
    }
    const mine = cells.filter(({ state }) => state !== 'theirs');
    if (mine.length === 0) {
      const kind = line.issues.length > 0 ? 'error' : 'unchanged';
      return { ...verdict, id, cells, kind };
    }
    const pick = (side: 'before' | 'after'): Record<string, unknown> =>
      Object.fromEntries(mine.map((cell) => [cell.field, cell[side] ?? null]));
    const edit = { op: 'update' as const, entity: this.#name, id, values: pick('after'), base: pick('before') };
    const issues = [
      ...line.issues,
      ...this.#drafted(line.n, () => draftUpdate(this.#draft, edit, `${line.n}.`), line.issues),
    ];
    const isOpen = mine.some(({ state }) => state === 'both');
    const kind = issues.length > 0 ? 'error' : isOpen ? 'choose' : 'update';
    return { ...verdict, id, cells, issues, kind, ticked: kind === 'update' };
  }

  /** Fields whose value is no longer what was exported. */
  #changedByOthers(row: AnyRow, base: Record<string, string>): Set<string> {
    const { entity, readers } = this.plan;
    const columns = readers.flatMap(({ name, field }) =>
      base[name] === undefined ? [] : [{ name, field, label: '' }],
    );
    const titles: Record<string, string> = {};
    for (const { name, field } of columns) {
      const id = row[name];
      if (field.kind === 'reference' && typeof id === 'string')
        for (const [of, title] of titlesOf(this.context.db, field.options.to as EntityName, [id])) titles[of] = title;
    }
    const now = baseOf({ entity, columns, cells: this.#contexts }, { row, titles });
    return new Set(columns.flatMap(({ name }) => (now[name] === base[name] ? [] : [name])));
  }

  /** Puts an edit into the draft; what the checks say of it, but for the fields that could not be read anyway. */
  #drafted(n: number, act: () => void, known: readonly Issue[]): Issue[] {
    const before = this.#draft.issues.length;
    try {
      act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [{ field: null, column: '', value: '', message: error.message }];
    }
    const unread = new Set(known.map(({ field }) => field));
    return this.#draft.issues.splice(before).flatMap(({ path, message }) => {
      const issue = this.#issueOf(n, path, message);
      return unread.has(issue.field) ? [] : [issue];
    });
  }

  #issueOf(n: number, path: string, message: string): Issue {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const reader = this.#reader(name);
    const label = this.plan.entity.fields[name]?.options.label ?? '';
    return {
      field: name,
      column: reader?.column ?? label,
      value: reader ? cellWords(reader.cell(this.scratch.line(n))) : '',
      message,
    };
  }

  /** How the drafted rows stand to others, once all of them are there. */
  async #relate(): Promise<void> {
    const draft = this.#draft;
    for (const row of draft.rows.values()) {
      checkRow(draft, row);
      if (this.work.isDue) await this.work.breathe();
    }
    checkUnique(draft);
    const byLine = Map.groupBy(draft.issues, ({ path }) => Number(path.slice(0, path.indexOf('.'))));
    const read = this.scratch.db.prepare<unknown[], { issues: string }>('select issues from verdict where n = ?');
    const write = this.scratch.db.prepare(
      "update verdict set kind = 'error', ticked = 0, issues = ?, issue_count = ? where n = ?",
    );
    for (const [n, found] of byLine) {
      const stored = Number.isInteger(n) ? read.get(n) : undefined;
      if (!stored) continue;
      const issues = [
        ...(JSON.parse(stored.issues) as Issue[]),
        ...found.map(({ path, message }) => this.#issueOf(n, path, message)),
      ];
      write.run(JSON.stringify(issues), issues.length, n);
    }
  }
}

const keptBySystem = ({ options }: Field): { problem: string } => ({
  problem: `“${options.label}” is kept by the system and cannot be changed by hand.`,
});

const refused = (verdict: Verdict, message: string): Verdict => ({
  ...verdict,
  issues: [...verdict.issues, { field: null, column: '', value: '', message }],
});

/** What others are read by comes first: the program, then the currency. */
const inReadingOrder = (readers: readonly Reader[]): Reader[] => {
  const rank = ({ name, field }: Reader): number => (name === 'programId' ? 0 : field.kind === 'currency' ? 1 : 2);
  return [...readers].sort((a, b) => rank(a) - rank(b));
};

function count(into: Map<string, Map<string, Wanted>>, name: string, within: string | null, text: string): void {
  const texts = into.get(name) ?? new Map<string, Wanted>();
  into.set(name, texts);
  const key = `${within ?? ''} ${folded(text)}`;
  const known = texts.get(key);
  if (known) known.rows++;
  else texts.set(key, { within, text, rows: 1 });
}
