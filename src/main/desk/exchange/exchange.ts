import type {
  CheckSummary,
  ImportColumns,
  ImportRecipe,
  ImportSource,
  StoredFile,
} from '../../../shared/contract/exchange';
import { mapping } from '../../../shared/contract/exchange';
import type { Output, Parsed } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import { keysOf } from '../../../shared/rules/natural-keys';
import { shippedRecipes } from '../../../shared/rules/shipped-recipes';
import { cellWords } from '../../../shared/rules/source-cell';
import { fitsColumns, suggestMapping } from '../../../shared/rules/suggest-mapping';
import { importing } from '../commands/import-rows';
import type { CommandContext } from '../context';
import type { Alone } from '../local/alone';
import type { Readable } from '../local/handles';
import { readRows } from '../local/rows';
import { bitByBit } from '../steps';
import { Check, type Checked } from './check';
import { draftOf, editsOf } from './edits';
import { exportRows } from './export-rows';
import { Jobs } from './jobs';
import { planOf, visibleColumns } from './plan';
import { notFound } from './refusals';
import { writeReport } from './report';
import { roundTripOf } from './round-trip';
import { Scratch } from './scratch';
import { choose, rowsOf, summaryOf, tick } from './show';
import { columnNames, readSource } from './source';
import { StoredFiles } from './stored-files';

/** Files in and out for one session: what was chosen, what was read of it, and the long work under way. */

interface Opened {
  scratch: Scratch;
  source: ImportSource | null;
  columns: string[];
  checked: Checked | null;
  isApplied: boolean;
}

/** How many lines are looked at to guess what a column holds. */
const sampled = 200;

export class Exchange {
  readonly files: StoredFiles;
  readonly jobs: Jobs;
  readonly #opened = new Map<string, Opened>();

  constructor(folder: string, isSealed: boolean, unforeseen: (error: unknown) => string) {
    this.files = new StoredFiles(folder, isSealed);
    this.jobs = new Jobs(unforeseen);
  }

  drop(file: string): { dropped: boolean } {
    this.#opened.get(file)?.scratch.close();
    this.#opened.delete(file);
    return this.files.drop(file);
  }

  open({ file, ...options }: Parsed<'import.open'>): { job: string } {
    const place = this.files.place(file);
    this.#opened.get(file)?.scratch.close();
    const opened: Opened = {
      scratch: new Scratch(this.files.beside(file), this.files.isSealed),
      source: null,
      columns: [],
      checked: null,
      isApplied: false,
    };
    this.#opened.set(file, opened);
    return this.jobs.start(async (work) => {
      opened.source = await readSource(place, options, opened.scratch, work);
      return { kind: 'source', source: opened.source };
    });
  }

  columns(context: CommandContext, { file, entity: name, header }: Parsed<'import.columns'>): ImportColumns {
    const { scratch, source } = this.#read(file);
    const entity = entityOf(name);
    const all = columnNames(scratch, header, source.columns);
    const names = visibleColumns(all);
    const lines = scratch.lines(header, sampled);
    const cellsOf = (column: string) => lines.map(({ cells }) => cells[all.indexOf(column)] ?? null);
    const columns = names.map((column) => ({ name: column, samples: cellsOf(column) }));
    const trip = roundTripOf(all);
    const suggested = suggestMapping(entity, columns, { locale: 'en' });
    return {
      columns: columns.map(({ name: column, samples }) => {
        const texts = samples.map(cellWords).filter((text) => text.trim() !== '');
        return {
          name: column,
          samples: [...new Set(texts)].slice(0, 4).map((text) => text.slice(0, 80)),
          filled: texts.length,
        };
      }),
      suggested,
      keys: keysOf(entity),
      recipes: recipesFor(context.read, name, new Set(names)),
      roundTrip: trip?.entity === name,
    };
  }

  check(context: () => CommandContext, asked: Parsed<'import.check'>): { job: string } {
    const opened = this.#read(asked.file);
    opened.checked = null;
    opened.isApplied = false;
    opened.columns = columnNames(opened.scratch, asked.header, opened.source.columns);
    const plan = planOf(asked, opened.columns);
    return this.jobs.start(async (work) => {
      const checked = await new Check(context(), plan, opened.scratch, work).run();
      opened.checked = checked;
      return { kind: 'check', summary: summaryOf(opened.scratch, checked) };
    });
  }

  rows(context: CommandContext, asked: Parsed<'import.rows'>): Output<'import.rows'> {
    const { scratch, checked } = this.#checked(asked.file);
    return rowsOf(context.read, scratch, checked, asked);
  }

  tick(asked: Parsed<'import.tick'>): CheckSummary {
    const { scratch, checked } = this.#checked(asked.file);
    tick(scratch, asked);
    return summaryOf(scratch, checked);
  }

  choose(asked: Parsed<'import.choose'>): CheckSummary {
    const { scratch, checked } = this.#checked(asked.file);
    choose(scratch, asked);
    return summaryOf(scratch, checked);
  }

  async report({ file }: Parsed<'import.report'>): Promise<StoredFile> {
    const { scratch, checked, columns, source } = this.#checked(file);
    const name = this.files.name(file).replace(/\.\w{1,5}$/, '');
    const made = this.files.begin(`${name} - to correct.${source.kind}`, null);
    await writeReport(scratch, checked, columns, source.kind, this.files.place(made));
    return this.files.stored(made);
  }

  /** Writes the ticked lines, all or none, between everything else the desk is asked. @param alone see `local/alone` */
  apply(context: () => CommandContext, alone: Alone, { file }: Parsed<'import.apply'>): { job: string } {
    const { scratch, checked } = this.#checked(file);
    const opened = this.#opened.get(file)!;
    // The same lines again would be the same edits again: they are to be checked anew first.
    if (opened.isApplied) throw notFound('These lines were imported already. Check them again to see what is left.');
    opened.isApplied = true;
    return this.jobs.start(async (work) => {
      try {
        const { applied, changed } = await alone(async (db) => {
          work.begin('Saving', null);
          const breathe = () => (work.isDue ? work.breathe() : null);
          const on = { ...context(), db };
          const edits = await bitByBit(editsOf(scratch, checked), breathe);
          const draft = draftOf(on, checked, edits.edits);
          work.begin('Saving', edits.edits.length);
          const written = (count: number): void => void (work.done = count);
          return bitByBit(importing(on, { entity: checked.plan.asked.entity, ...edits, draft, written }), breathe);
        });
        context().changed(changed);
        return { kind: 'applied', applied };
      } catch (error) {
        opened.isApplied = false;
        throw error;
      }
    });
  }

  /** @param ready big views are built between other questions */
  export(
    context: () => CommandContext,
    asked: Parsed<'export.start'>,
    ready: () => Promise<void> = () => Promise.resolve(),
  ): { job: string } {
    const ending = asked.format === 'texts' ? 'json' : asked.format;
    const file = this.files.begin(`${plainName(asked.name)}.${ending}`, null);
    return this.jobs.start(async (work) => {
      try {
        await ready();
        await exportRows(context(), asked, this.files.place(file), work);
      } catch (error) {
        this.files.drop(file);
        throw error;
      }
      return { kind: 'file', file: this.files.stored(file) };
    });
  }

  /** Ends when nothing is under way any more. */
  async close(): Promise<void> {
    await this.jobs.cancelAll();
    for (const { scratch } of this.#opened.values()) scratch.close();
    this.#opened.clear();
    this.files.clear();
  }

  #read(file: string): Opened & { source: ImportSource } {
    const opened = this.#opened.get(file);
    if (!opened?.source) throw notFound('This file is no longer open. Choose it again.');
    return opened as Opened & { source: ImportSource };
  }

  #checked(file: string): Opened & { source: ImportSource; checked: Checked } {
    const opened = this.#read(file);
    if (!opened.checked) throw notFound('These lines were not checked yet. Check them first.');
    return opened as Opened & { source: ImportSource; checked: Checked };
  }
}

/** Recipes whose columns a file has: one's own first. */
function recipesFor(db: Readable, entity: EntityName, columns: ReadonlySet<string>): ImportRecipe[] {
  const own = readRows(db, 'import_recipes', 'where t.entity = ? order by t.name', entity).flatMap(
    (row): ImportRecipe[] => {
      const read = mapping.safeParse(row['mapping']);
      return read.success ? [{ id: row.id, name: String(row['name']), mapping: read.data }] : [];
    },
  );
  const shipped = shippedRecipes
    .filter((recipe) => recipe.entity === entity)
    .map(({ name, mapping: made }) => ({ id: null, name, mapping: made }));
  return [...own, ...shipped].filter((recipe) => fitsColumns(recipe.mapping, columns));
}

/** A name no system of files stumbles over. */
const plainName = (name: string): string =>
  name
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100) || 'Export';
