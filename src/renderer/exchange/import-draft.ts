import { useCallback, useRef, useState } from 'react';
import type { Applied, CheckSummary, ImportColumns, ImportMapping, ImportSource } from '../../shared/contract/exchange';
import type { Problem } from '../../shared/contract/outcome';
import type { Input } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { problemOf, request } from '../client/request';
import { bringIn } from './files';
import { followJob } from './follow-job';
import type { Progress } from './progress';

export type Step = 'file' | 'columns' | 'check' | 'done';

export interface Opened {
  file: string;
  name: string;
  source: ImportSource;
  header: number;
  columns: ImportColumns;
}

export interface Answers {
  programId: string | null;
  creates: Record<string, Record<string, unknown>>;
  picks: Record<string, Record<string, string>>;
}

type HowToRead = Partial<Pick<Input<'import.open'>, 'sheet' | 'encoding' | 'delimiter'>>;

/** One import from the file to the end: where it stands, and what can be done next. */
export function useImport(entity: EntityName, locale: string, programId: string | null) {
  const [step, setStep] = useState<Step>('file');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [mapping, setMapping] = useState<ImportMapping | null>(null);
  const [answers, setAnswers] = useState<Answers>({ programId, creates: {}, picks: {} });
  const [summary, setSummary] = useState<CheckSummary | null>(null);
  const [applied, setApplied] = useState<Applied | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);

  /** Runs one piece of long work at a time; what goes wrong is kept to be shown. */
  const during = useCallback(async (phase: string, act: (signal: AbortSignal) => Promise<void>) => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setProblem(null);
    setProgress({ phase, done: 0, of: null });
    try {
      await act(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(problemOf(error));
    } finally {
      if (stop.current === controller) setProgress(null);
    }
  }, []);

  const readColumns = useCallback(
    async (file: string, name: string, source: ImportSource, header: number) => {
      const columns = await request('import.columns', { file, entity, header });
      setOpened({ file, name, source, header, columns });
      const [recipe] = columns.recipes;
      setMapping(columns.roundTrip || !recipe ? columns.suggested : recipe.mapping);
      setStep('columns');
    },
    [entity],
  );

  const read = useCallback(
    (file: string, name: string, how: HowToRead) =>
      during('Reading the file', async (signal) => {
        const { job } = await request('import.open', { file, ...how });
        const result = await followJob(job, 'source', setProgress, signal);
        if (result) await readColumns(file, name, result.source, result.source.header);
      }),
    [during, readColumns],
  );

  const take = useCallback(
    (name: string, content: Blob) =>
      during('Taking the file in', async (signal) => {
        if (opened) void request('files.drop', { file: opened.file });
        const told = (part: number) => setProgress({ phase: 'Taking the file in', done: part, of: 1 });
        const file = await bringIn(name, content, told, signal);
        await read(file, name, {});
      }),
    [during, opened, read],
  );

  const check = useCallback(
    (next: Answers = answers) =>
      during('Checking', async (signal) => {
        if (!opened || !mapping) return;
        setAnswers(next);
        setSummary(null);
        setStep('check');
        const { file, header } = opened;
        const { job } = await request('import.check', { file, entity, header, mapping, locale, ...next });
        const result = await followJob(job, 'check', setProgress, signal);
        if (result) setSummary(result.summary);
        else setStep('columns');
      }),
    [answers, during, entity, locale, mapping, opened],
  );

  const apply = useCallback(
    () =>
      during('Saving', async (signal) => {
        if (!opened) return;
        const { job } = await request('import.apply', { file: opened.file });
        const result = await followJob(job, 'applied', setProgress, signal);
        if (!result) return;
        setApplied(result.applied);
        setStep('done');
      }),
    [during, opened],
  );

  const header = useCallback(
    (line: number) =>
      during('Reading the file', async () => {
        if (opened) await readColumns(opened.file, opened.name, opened.source, line);
      }),
    [during, opened, readColumns],
  );

  const cancel = useCallback(() => stop.current?.abort(), []);
  /** Lets go of the file; nothing of it is kept. */
  const close = useCallback(() => {
    stop.current?.abort();
    if (opened) void request('files.drop', { file: opened.file });
  }, [opened]);

  return {
    ...{
      step,
      setStep,
      opened,
      mapping,
      setMapping,
      answers,
      setAnswers,
      summary,
      setSummary,
      applied,
      progress,
      problem,
    },
    ...{ take, read, header, check, apply, cancel, close, setProblem },
  };
}

export type ImportDraft = ReturnType<typeof useImport>;
