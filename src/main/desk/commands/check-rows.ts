import { Refusal, type FieldIssue } from '../../../shared/contract/outcome';
import type { Parsed } from '../../../shared/contract/requests';
import type { CommandContext } from '../context';
import { opsFor } from './save-rows';

/** What would stand against these edits, by `ops.<place>.<field>`: the same checks as saving, and nothing is written. */
export function checkRows(context: CommandContext, { edits }: Parsed<'rows.check'>): FieldIssue[] {
  try {
    opsFor(context, edits);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { problem } = error;
    if (problem.kind !== 'invalid') return [{ path: '', message: problem.message }];
    return problem.issues.map(({ path, message }) => ({ path: edits.length > 1 ? path : `ops.0.${path}`, message }));
  }
}
