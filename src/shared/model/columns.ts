import { columnOf, stampFields, type Entity } from './entity';

/** One column of a streamed table: its name in both databases and the field it holds. */
export interface LoadColumn {
  field: string;
  column: string;
}

/**
 * The columns of `api.load_<entity>`, in order: the id, the declared fields, then the stamp.
 *
 * Texts stream as they are; booleans as 0 or 1; times as milliseconds; dates as `YYYY-MM-DD`; time ranges, lists and structured values as
 * JSON text: what the local store holds, so that a loaded row needs no conversion but from text to number.
 */
export const loadColumns = (entity: Entity): LoadColumn[] =>
  ['id', ...Object.keys(entity.fields), ...stampFields].map((field) => ({ field, column: columnOf(field) }));
