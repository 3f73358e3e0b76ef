import { useCallback } from 'react';
import { useSettings } from './hooks';

/** The width of a panel that can be dragged, remembered by its name; in pixels. */
export function usePanelWidth(name: string, standard = 320): [width: number, setWidth: (width: number) => void] {
  const { settings, change } = useSettings();
  const setWidth = useCallback(
    (width: number) => change({ panels: { ...settings.panels, [name]: width } }),
    [change, settings.panels, name],
  );
  return [settings.panels[name] ?? standard, setWidth];
}
