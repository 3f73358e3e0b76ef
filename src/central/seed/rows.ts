import type { EntityName, entities } from '../../shared/entities';
import type { RowOf, RowStamp } from '../../shared/model';

type Values<N extends EntityName> = Omit<RowOf<(typeof entities)[N]>, keyof RowStamp>;

/** An edit in the row's past: when, by whom, and what the fields held before it. */
export interface EarlierEdit<N extends EntityName = EntityName> {
  at: number;
  by: string | null;
  from: Partial<Values<N>>;
}

/** A generated row: canonical values by field name, with the moment and the person it is said to come from. */
export type SeedRow<N extends EntityName> = Values<N> & {
  id: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  createdBy: string | null;
  /** Oldest first. The row itself holds what is true now. */
  earlier?: EarlierEdit<N>[];
};

/** Rows of one entity. Chunks come in an order in which every reference points backwards. */
export type SeedChunk = { [N in EntityName]: { entity: N; rows: SeedRow<N>[] } }[EntityName];

export const chunk = <N extends EntityName>(entity: N, rows: SeedRow<N>[]): SeedChunk =>
  ({ entity, rows }) as unknown as SeedChunk;
