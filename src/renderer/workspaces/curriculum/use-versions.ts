import { useMemo, useState } from 'react';
import type { SourceNews } from '../../../shared/contract/curriculum';
import type { CurriculumVersion, OutlineNode, VersionComparison } from '../../../shared/contract/requests';
import type { NodeChange } from '../../../shared/rules/curriculum-diff';
import { useQuestion } from '../../client/hooks';
import { curriculumOf } from './outline-tree';

export interface Versions {
  /** The curriculum the focus lies in; the first one before anything is chosen. */
  current: OutlineNode | undefined;
  /** Every version of its line, the newest first. */
  list: readonly CurriculumVersion[];
  here: CurriculumVersion | undefined;
  published: CurriculumVersion | undefined;
  draft: CurriculumVersion | undefined;
  /** What `here` is compared with: the published version, unless another is chosen. */
  base: CurriculumVersion | undefined;
  compareWith: (id: string) => void;
  comparison: VersionComparison | undefined;
  /** What changed in the version this was copied from. */
  news: SourceNews | null;
  /** By the id of the row, for the outline. */
  changes: ReadonlyMap<string, NodeChange>;
}

const nothing: ReadonlyMap<string, NodeChange> = new Map();

/** The versions of the curriculum in focus, and how it differs from the one before it. */
export function useVersions(
  nodes: readonly OutlineNode[],
  byId: ReadonlyMap<string, OutlineNode>,
  focus: string | null,
): Versions {
  const [chosen, compareWith] = useState<string | null>(null);
  const current = (focus === null ? undefined : curriculumOf(byId, focus)) ?? nodes[0];
  const id = current?.id ?? '';
  const { data } = useQuestion('curriculum.versions', { curriculumId: id }, { enabled: id !== '', keep: true });
  const list = data?.some((version) => version.id === id) ? data : [];
  const here = list.find((version) => version.id === id);
  const published = list.find((version) => version.state === 'published');
  const draft = list.find((version) => version.state === 'draft');
  const older = list.filter((version) => version.version < (here?.version ?? 0));
  const base =
    list.find((version) => version.id === chosen && version.id !== id) ??
    (published && published.id !== id ? published : older[0]);
  const pair = { from: base?.id ?? '', to: id };
  const { data: compared } = useQuestion('curriculum.compare', pair, { enabled: !!base && id !== '', keep: true });
  const comparison = compared?.from.id === pair.from && compared.to.id === pair.to ? compared : undefined;
  const { data: news } = useQuestion('curriculum.source', { curriculumId: id }, { enabled: id !== '' });
  const isDraft = here?.state === 'draft';
  const changes = useMemo(
    () => (comparison && isDraft ? new Map(comparison.changes.map((change) => [change.id, change])) : nothing),
    [comparison, isDraft],
  );
  return { current, list, here, published, draft, base, compareWith, comparison, news: news ?? null, changes };
}
