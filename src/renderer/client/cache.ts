import { QueryClient } from '@tanstack/react-query';

/** Answers stay true until the desk says otherwise (`followChanges`), so nothing is asked again by time, focus or network. */
export const newCache = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 60_000,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });
