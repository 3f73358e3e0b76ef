import { expect, test } from 'vitest';
import { runBenches, type BenchName } from './benches';

const expected: Record<BenchName, string[]> = {
  'initial-sync': ['initial-sync', 'initial-sync-rate'],
  'first-rows': ['first-rows'],
  pull: ['pull-0', 'pull-0-ms', 'pull-1', 'pull-1-ms', 'pull-100', 'pull-100-ms'],
  push: ['push', 'push-rate', 'push-paste', 'push-paste-rate'],
  open: ['open-store', 'open-store-ms'],
  page: ['page-sort-lastName', 'page-lastName', 'page-lastName-ms', 'page-lastName-depth'],
  filter: ['filter-code', 'filter-words', 'filter-totals'],
  search: ['search-ms', 'search'],
  // A window is not opened with `--quick`.
  scroll: [],
  import: ['import', 'import-write', 'import-held-ms', 'import-memory'],
  tree: ['tree-open', 'tree-move', 'tree-diff', 'tree-publish', 'tree-open-ms'],
  export: ['export-csv', 'export-xlsx', 'export-xlsx-memory'],
  audit: ['audit-newest', 'audit-person', 'audit-kind', 'audit-field', 'audit-desk', 'audit-batch', 'audit-count-ms'],
  matrix: ['matrix-open', 'matrix-simulate', 'matrix-open-ms'],
  planner: ['planner', 'planner-enroll', 'planner-ms'],
};

test.each(Object.entries(expected))('%s measures both sides', { timeout: 120_000 }, async (name, wanted) => {
  const figures = await runBenches([name], { quick: true, rows: name === 'push' ? 60 : 400, log: () => undefined });
  expect(figures.map((figure) => figure.name)).toEqual(expect.arrayContaining(wanted));
  for (const { value, limit } of figures) {
    expect(value).toBeGreaterThan(0);
    expect(limit === null || limit > 0).toBe(true);
  }
});
