import type { EntityName, entities } from '../../shared/entities';
import type { RowOf, RowStamp } from '../../shared/model';

/** A generated row: canonical values by field name, with the moment and the person it is said to come from. */
export type SeedRow<N extends EntityName> = Omit<RowOf<(typeof entities)[N]>, keyof RowStamp> & {
  id: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  createdBy: string | null;
};

/** Rows of one entity. Chunks come in an order in which every reference points backwards. */
export type SeedChunk = { [N in EntityName]: { entity: N; rows: SeedRow<N>[] } }[EntityName];

export const chunk = <N extends EntityName>(entity: N, rows: SeedRow<N>[]): SeedChunk =>
  ({ entity, rows }) as SeedChunk;
