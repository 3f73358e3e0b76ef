import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Refusal } from '../../shared/contract/outcome';
import type {
  EventName,
  Events,
  Input,
  Output,
  RequestName,
  SessionState,
  Settings,
  SyncState,
} from '../../shared/contract/requests';
import { notify } from '../ui/notify';
import { listen, problemOf, request } from './request';

export interface QuestionOptions {
  /** False: do not ask yet. */
  enabled?: boolean;
  /** Keep showing the last answer while another input is being asked about. */
  keep?: boolean;
}

/** The desk's answer to a question, asked again when the rows behind it change. */
export function useQuestion<N extends RequestName>(
  name: N,
  input: Input<N>,
  { enabled = true, keep = false }: QuestionOptions = {},
): UseQueryResult<Output<N>, Refusal> {
  return useQuery<Output<N>, Refusal>({
    queryKey: [name, input],
    queryFn: () => request(name, input),
    enabled,
    ...(keep ? { placeholderData: (last: Output<N> | undefined) => last as never } : {}),
  });
}

export interface Command<N extends RequestName> {
  /** Resolves to null where the desk refused; the refusal has then been shown. */
  run: (input: Input<N>) => Promise<Output<N> | null>;
  busy: boolean;
  problem: Problem | null;
  clear: () => void;
}

/** An order to the desk. A refusal is shown as a toast, unless `quiet`: then the caller shows `problem` where it belongs. */
export function useCommand<N extends RequestName>(name: N, { quiet = false } = {}): Command<N> {
  const [running, setRunning] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(
    async (input: Input<N>) => {
      setRunning((count) => count + 1);
      setProblem(null);
      try {
        return await request(name, input);
      } catch (error) {
        const refused = problemOf(error);
        setProblem(refused);
        if (!quiet) notify.problem(refused);
        return null;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [name, quiet],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { run, busy: running > 0, problem, clear };
}

/** Calls back on every event of that name while the component is shown. */
export function useEvent<E extends EventName>(event: E, callback: (payload: Events[E]) => void): void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => listen(event, (payload) => latest.current(payload)), [event]);
}

/** Who is signed in; undefined until known. */
export const useSession = (): SessionState | undefined => useQuestion('session.read', {}).data;

/** The signed-in person, or null. */
export function useUser() {
  const session = useSession();
  return session?.state === 'signed-in' ? session.user : null;
}

/** How the desk stands with the central database; undefined until known. */
export const useSync = (): SyncState | undefined => useQuestion('sync.read', {}).data;

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  railCollapsed: false,
  programs: [],
  server: '',
  staySignedIn: null,
  panels: {},
};

/** The person's settings and how to change them: the change shows at once and is kept by the desk. */
export function useSettings(): { settings: Settings; change: (changes: Input<'settings.write'>) => void } {
  const cache = useQueryClient();
  const settings = useQuestion('settings.read', {}).data ?? defaultSettings;
  const change = useCallback(
    (changes: Input<'settings.write'>) => {
      cache.setQueryData<Settings>(
        ['settings.read', {}],
        (now) => ({ ...(now ?? defaultSettings), ...changes }) as Settings,
      );
      request('settings.write', changes).catch((error: unknown) => notify.problem(problemOf(error)));
    },
    [cache],
  );
  return { settings, change };
}

/** The programs chosen in the switcher; empty means all. */
export const useChosenPrograms = (): string[] => useSettings().settings.programs;
