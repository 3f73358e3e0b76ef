import { Refusal, type FieldIssue } from '../../../shared/contract/outcome';

export const forbidden = (message: string): Refusal => new Refusal({ kind: 'forbidden', message });
export const notFound = (message: string): Refusal => new Refusal({ kind: 'not-found', message });
export const conflict = (message: string): Refusal => new Refusal({ kind: 'conflict', message });

/** @throws where there are issues */
export function refuseIssues(issues: readonly FieldIssue[]): void {
  if (issues.length === 0) return;
  const message =
    issues.length === 1
      ? issues[0]!.message
      : `${issues.length.toLocaleString('en')} values cannot be saved as they are. Nothing was saved; correct them and save again.`;
  throw new Refusal({ kind: 'invalid', message, issues: issues.slice(0, 1000) });
}
