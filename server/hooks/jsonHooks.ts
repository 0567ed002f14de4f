import { findNodeAtLocation, parse, parseTree, type JSONPath, type ParseError } from "jsonc-parser";

/** What is put into a list of hooks, so that a tool calls Kept. */
export interface HookEntry {
  /** The list, such as `["hooks", "PreToolUse"]`. */
  readonly list: JSONPath;
  readonly value: object;
}

export type Changed = { readonly text: string } | { readonly reason: string };

/** Puts entries at the end of their lists, beside whatever is there, comments and all. What is there already stays once. */
export function addHooks(
  before: string | undefined,
  entries: readonly HookEntry[],
  command: string,
): Changed {
  const text = before === undefined || before.trim() === "" ? "{}\n" : before;
  const reason = whyUnusable(text);
  if (reason !== undefined) return { reason };
  let after = removeOwn(text, entries, command);
  for (const { list, value } of entries) {
    const next = withEntry(after, list, value);
    if (next === undefined) return { reason: `${list.join(".")} is no list` };
    after = next;
  }
  return { text: after };
}

/** Takes Kept's entries out again, and the lists that are empty without them. Undefined where nothing of it was there. */
export function removeHooks(
  text: string,
  entries: readonly HookEntry[],
  command: string,
): Changed | undefined {
  const reason = whyUnusable(text);
  if (reason !== undefined) return { reason };
  const after = removeOwn(text, entries, command);
  return after === text ? undefined : { text: after };
}

export function hasHooks(text: string, entries: readonly HookEntry[], command: string): boolean {
  return (
    whyUnusable(text) === undefined &&
    entries.every(({ list }) => indexOfOwn(at(parse(text), list), command) !== -1)
  );
}

function removeOwn(text: string, entries: readonly HookEntry[], command: string): string {
  let after = text;
  for (const { list } of entries) {
    const index = indexOfOwn(at(parse(after), list), command);
    if (index === -1) continue;
    // Lists and groups that nothing else is in go with it.
    let path: JSONPath = [...list, index];
    for (let depth = list.length; depth > 0 && sizeOf(at(parse(after), list.slice(0, depth))) === 1; depth--)
      path = list.slice(0, depth);
    after = without(after, path);
  }
  return after;
}

/** Undefined where something else than groups and a list is on the way. */
function withEntry(text: string, list: JSONPath, value: object): string | undefined {
  const root = parseTree(text)!;
  let depth = list.length;
  while (depth > 0 && !findNodeAtLocation(root, list.slice(0, depth))) depth--;
  const parent = depth === 0 ? root : findNodeAtLocation(root, list.slice(0, depth))!;
  const [key, ...rest] = list.slice(depth);
  if (parent.type !== (key === undefined ? "array" : "object")) return undefined;
  const added = rest.reduceRight<unknown>(
    (inner, name) => ({ [name]: inner }),
    key === undefined ? value : [value],
  );
  const { unit, eol } = styleOf(text);
  const outer = lineIndent(text, parent.offset);
  const last = parent.children?.at(-1);
  const indent = (last && ownIndent(text, last.offset)) ?? outer + unit;
  const json = JSON.stringify(added, null, unit).replaceAll("\n", `${eol}${indent}`);
  const entry = `${eol}${indent}${key === undefined ? "" : `${JSON.stringify(key)}: `}${json}`;
  if (last) return splice(text, last.offset + last.length, 0, `,${entry}`);
  return splice(text, parent.offset + 1, parent.length - 2, `${entry}${eol}${outer}`);
}

/** Takes a value out, with the comma that parted it from what stood before it or behind it. */
function without(text: string, path: JSONPath): string {
  const value = findNodeAtLocation(parseTree(text)!, path)!;
  const node = value.parent?.type === "property" ? value.parent : value;
  const group = node.parent!;
  const siblings = group.children!;
  const index = siblings.indexOf(node);
  const [before, behind] = [siblings[index - 1], siblings[index + 1]];
  const end = node.offset + node.length;
  if (before) return splice(text, before.offset + before.length, end - before.offset - before.length, "");
  if (behind) return splice(text, node.offset, behind.offset - node.offset, "");
  return splice(text, group.offset + 1, group.length - 2, "");
}

function splice(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function indexOfOwn(list: unknown, command: string): number {
  const escaped = JSON.stringify(command).slice(1, -1);
  return Array.isArray(list) ? list.findIndex((entry) => JSON.stringify(entry).includes(escaped)) : -1;
}

function sizeOf(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function at(root: unknown, path: JSONPath): unknown {
  let value = root;
  for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part];
  return value;
}

/** A file that its own tool would not understand is not touched. */
function whyUnusable(text: string): string | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  if (errors.length > 0) return `it is no sound JSON, at character ${errors[0]!.offset}`;
  return root?.type === "object" ? undefined : "it holds no object";
}

function styleOf(text: string): { unit: string; eol: string } {
  return { unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ", eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** The indent of the line on which something stands. */
function lineIndent(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))![0];
}

/** The indent of something that stands at the start of its line. */
function ownIndent(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return text.lastIndexOf("\n", offset - 1) !== -1 && line.trim() === "" ? line : undefined;
}
