import { z } from 'zod';
import type { SourceChange } from '../rules/curriculum-merge';

/** Copies of curricula: to another course or program, of parts of one, and what became of the version they were made from. */

const id = z.uuid();
const name = z.string().trim().min(1).max(255);
/** A lesson or a module somebody wrote down elsewhere. */
const written = z.object({ name, minutes: z.number().int().min(0).max(100_000).nullable() });
const writtenModule = z.object({ name, lessons: z.array(written).max(5_000) });

export const curriculumRequests = {
  /** What a copy would hold, and what stands against it. */
  'curriculum.copyable': z.object({ curriculumId: id, programId: id, courseId: id.nullable() }),
  'curriculum.duplicate': z.object({
    curriculumId: id,
    name,
    programId: id,
    /** Null: a new course, as the one it comes from. */
    courseId: id.nullable(),
    /** The prices of the course too, as far as they are not there yet. */
    prices: z.boolean().default(false),
  }),
  /** Copies of nodes of one kind with what is in them, the first at `position`. */
  'curriculum.paste': z.object({
    entity: z.enum(['curricula', 'modules', 'lessons']),
    ids: z.array(id).min(1).max(1000),
    parentId: id,
    position: z.number().int().min(1),
  }),
  /** An outline written elsewhere: modules of a curriculum, or lessons of a module. */
  'curriculum.write': z.discriminatedUnion('entity', [
    z.object({
      entity: z.literal('modules'),
      parentId: id,
      position: z.number().int().min(1),
      nodes: z.array(writtenModule).min(1).max(1000),
    }),
    z.object({
      entity: z.literal('lessons'),
      parentId: id,
      position: z.number().int().min(1),
      nodes: z.array(written).min(1).max(5_000),
    }),
  ]),
  /** What changed in the version a curriculum was copied from; null where nothing did. */
  'curriculum.source': z.object({ curriculumId: id }),
  /** Takes some of those changes into a draft; what is not taken stays as it is, and is not offered again. */
  'curriculum.adopt': z.object({ curriculumId: id, sourceId: id, take: z.array(z.string().max(36)).max(20_000) }),
  'curriculum.syllabus': z.object({ curriculumId: id }),
};

export interface Copyable {
  modules: number;
  lessons: number;
  minutes: number;
  /** Prices that would be copied, and those left out because the course has its own for these days. */
  prices: { count: number; skipped: number; whyNot: string | null };
  /** Why it cannot be copied there; null where it can. */
  whyNot: string | null;
  /** Does the copy remember the version it was made from? */
  isTracked: boolean;
}

export interface SourceNews {
  source: { id: string; name: string; course: string; program: string; version: number };
  /** The newest published version of the same line. */
  newest: { id: string; version: number };
  changes: SourceChange[];
}

export interface Syllabus {
  program: string;
  course: { name: string; code: string; description: string | null };
  curriculum: { name: string; version: number; state: string; description: string | null };
  modules: {
    name: string;
    description: string | null;
    lessons: {
      name: string;
      minutes: number;
      description: string | null;
      content: string | null;
      videoUrl: string | null;
    }[];
  }[];
}
