import { Menu } from '@mantine/core';
import { IconCopy, IconDownload, IconFileText, IconPrinter } from '@tabler/icons-react';
import type { ExportedTexts } from '../../shared/contract/exchange';
import { problemOf } from '../client/request';
import { Button } from '../ui/button';
import { counted, today } from '../ui/moment';
import { notify } from '../ui/notify';
import { copyTexts } from './copy-texts';
import { offer } from './files';
import { printTexts } from './print';

/** A table of figures taken along: as CSV, in the clipboard, or on paper. Made here, so it works offline. */
export function TableExport({ title, texts }: { title: string; texts: () => ExportedTexts }) {
  const take = async (how: (texts: ExportedTexts) => Promise<void> | void, done: string | null) => {
    try {
      const given = texts();
      await how(given);
      if (done) notify.done(`${done} ${counted(given.rows.length, 'row')}.`);
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const file = (given: ExportedTexts) =>
    offer(`${title} ${today()}.csv`, new Blob([csvOf(given)], { type: 'text/csv;charset=utf-8' }));
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button icon={<IconDownload />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileText size={14} />} onClick={() => void take(file, 'Exported')}>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void take(copyTexts, 'Copied')}>
          Copy
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPrinter size={14} />}
          onClick={() => void take((given) => printTexts(title, given), null)}
        >
          PDF or paper
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Guarded as the desk's own exports are: what a spreadsheet would run as a formula gets an apostrophe. */
const cell = (text: string): string => {
  const safe = /^[=+@\t\r]|^-(?![\d.,\s]*$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvOf = ({ columns, rows }: ExportedTexts): string =>
  `\ufeff${[columns.map(({ label }) => label), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
