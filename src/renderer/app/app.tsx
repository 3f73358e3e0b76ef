import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.layer.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { newCache } from '../client/cache';
import { followChanges } from '../client/changes';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import { styleNonce } from '../ui/nonce';
import { theme, themeVariables } from '../ui/theme';
import { Careful } from './careful';
import { Gate } from './gate';

export function App() {
  const [cache] = useState(newCache);
  useEffect(() => followChanges(cache), [cache]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={cache}>
        <ModalsProvider>
          <Careful>
            <Router hook={useHashLocation}>
              <Gate />
            </Router>
          </Careful>
          <section aria-label="Messages">
            <Notifications position="bottom-center" zIndex={400} limit={4} containerWidth={420} withinPortal={false} />
          </section>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
