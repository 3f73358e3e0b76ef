/** What people type for a duration: `90`, `1:30`, `1 h 30`, `1h30`, `45 min`. Null is no duration; a string says why it cannot be read. */
export function readMinutes(text: string): { value: number | null } | { problem: string } {
  const typed = text.trim().toLowerCase();
  if (typed === '') return { value: null };
  const plain = /^(\d{1,6})\s*(?:m|min|minutes?)?$/.exec(typed);
  if (plain) return { value: Number(plain[1]) };
  const hours = /^(\d{1,4})\s*(?:h|hours?|:)\s*(?:(\d{1,2})\s*(?:m|min|minutes?)?)?$/.exec(typed);
  if (hours && Number(hours[2] ?? 0) < 60) return { value: Number(hours[1]) * 60 + Number(hours[2] ?? 0) };
  return { problem: 'Write minutes, such as 45, or hours and minutes, such as 1 h 30.' };
}

/** Words in a text, as people count them: Markdown's own marks are none. */
export function wordCount(text: string): number {
  let count = 0;
  for (const _word of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)) count++;
  return count;
}
