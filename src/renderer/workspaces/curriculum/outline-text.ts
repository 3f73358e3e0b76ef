import type { OutlineNode } from '../../../shared/contract/requests';

/** Outlines as text: what goes to the clipboard, and what comes back from it or from anywhere else. */

export interface WrittenNode {
  name: string;
  minutes: number | null;
  children: WrittenNode[];
}

/** Chosen nodes with what is in them, a tab for every level. `nodes` is the whole outline, depth first. */
export function outlineText(nodes: readonly OutlineNode[], chosen: ReadonlySet<string>): string {
  const depths = new Map<string, number>();
  const lines: string[] = [];
  for (const { id, parentId, entity, name, minutes } of nodes) {
    const above = depths.get(parentId);
    const depth = above === undefined ? (chosen.has(id) ? 0 : undefined) : above + 1;
    if (depth === undefined) continue;
    depths.set(id, depth);
    lines.push(`${'\t'.repeat(depth)}${name}${entity === 'lessons' && minutes > 0 ? ` (${minutes} min)` : ''}`);
  }
  return lines.join('\n');
}

const longest = 255;
const mark = /^(?:[-*+•–]|\d+(?:\.\d+)+[.)]?(?=\s)|\d+[.)](?=\s)|\[[ xX]\])\s+/;
const ending = /\s*[([]?(\d{1,4})\s*(?:min|mins|minutes)\.?[)\]]?$/i;

/** Lines with tabs, spaces, dashes, numbers or headings as a tree. A line further in than the one above lies in it. */
export function readOutline(text: string): WrittenNode[] {
  const roots: WrittenNode[] = [];
  const open: { indent: number; node: WrittenNode }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, space = '', rest = ''] = /^(\s*)(.*?)\s*$/.exec(line) ?? [];
    if (rest === '') continue;
    const heading = /^(#{1,6})\s+/.exec(rest);
    const indent = heading ? heading[1]!.length - 100 : space.replaceAll('\t', '    ').length;
    let name = heading ? rest.slice(heading[0].length) : rest;
    for (let found = mark.exec(name); found && !heading; found = mark.exec(name)) name = name.slice(found[0].length);
    const length = ending.exec(name);
    if (length) name = name.slice(0, length.index);
    name = name.trim().slice(0, longest);
    if (name === '') continue;
    const node = { name, minutes: length ? Number(length[1]) : null, children: [] };
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop();
    (open.at(-1)?.node.children ?? roots).push(node);
    open.push({ indent, node });
  }
  return roots;
}

export interface WrittenModule {
  name: string;
  lessons: { name: string; minutes: number | null }[];
}

const depthOf = (nodes: readonly WrittenNode[]): number =>
  nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((node) => depthOf(node.children)));
const flat = (nodes: readonly WrittenNode[]): WrittenNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);

/** One level is a list: of lessons or of modules. More are modules with lessons, whatever lies deeper among these. */
export const isList = (nodes: readonly WrittenNode[]): boolean => depthOf(nodes) < 2;

export const asLessons = (nodes: readonly WrittenNode[]): WrittenModule['lessons'] =>
  flat(nodes).map(({ name, minutes }) => ({ name, minutes }));

/** A single node over two levels is the curriculum itself, and gives its modules. */
export function asModules(nodes: readonly WrittenNode[]): WrittenModule[] {
  const modules = nodes.length === 1 && depthOf(nodes) > 2 ? nodes[0]!.children : nodes;
  return modules.map(({ name, children }) => ({ name, lessons: asLessons(children) }));
}
