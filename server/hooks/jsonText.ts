import {
  findNodeAtLocation,
  parse,
  parseTree,
  type JSONPath,
  type Node,
  type ParseError,
} from "jsonc-parser";

/** Undefined where something else than groups and a list is on the way. */
export function withEntry(text: string, list: JSONPath, value: object): string | undefined {
  const { parent, left } = deepest(text, list, list.length);
  const [key] = left;
  if (parent.type !== (key === undefined ? "array" : "object")) return undefined;
  return inserted(text, parent, key, key === undefined ? value : nested(left, [value]));
}

/** The same with a value of its own name, which is not there yet. */
export function withProperty(text: string, path: JSONPath, value: unknown): string | undefined {
  const { parent, left } = deepest(text, path, path.length - 1);
  return parent.type === "object" ? inserted(text, parent, left[0], nested(left, value)) : undefined;
}

/** What of a path is there, down to a depth. */
function deepest(text: string, path: JSONPath, depth: number): { parent: Node; left: JSONPath } {
  const root = parseTree(text)!;
  while (depth > 0 && !findNodeAtLocation(root, path.slice(0, depth))) depth--;
  const parent = depth === 0 ? root : findNodeAtLocation(root, path.slice(0, depth))!;
  return { parent, left: path.slice(depth) };
}

function nested([, ...rest]: JSONPath, value: unknown): unknown {
  return rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

function inserted(text: string, parent: Node, key: string | number | undefined, added: unknown): string {
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
export function without(text: string, path: JSONPath): string {
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

/** The groups and lists in which nothing is. What is deeper than any tool's hooks is not looked at. */
export function emptyPlaces(text: string): JSONPath[] {
  if (whyUnusable(text) !== undefined) return [];
  const found = (value: unknown, path: JSONPath): JSONPath[] => {
    if (typeof value !== "object" || value === null || path.length > deepestList) return [];
    const all = Object.entries(value);
    return all.length === 0 ? [path] : all.flatMap(([key, inner]) => found(inner, [...path, key]));
  };
  return found(parse(text), []);
}

const deepestList = 3;

/** A path, or the outermost group of it in which nothing else is. What was there with nothing in it stays. */
export function goneWith(text: string, path: JSONPath, kept: readonly JSONPath[]): JSONPath {
  const root: unknown = parse(text);
  const isKept = (group: JSONPath) => kept.some((each) => each.join("\n") === group.join("\n"));
  let gone = path;
  while (gone.length > 1) {
    const group = gone.slice(0, -1);
    if (sizeOf(valueAt(root, group)) !== 1 || isKept(group)) break;
    gone = group;
  }
  return gone;
}

export function sizeOf(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

export function valueAt(root: unknown, path: JSONPath): unknown {
  let value = root;
  for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part];
  return value;
}

/** A file that its own tool would not understand is not touched. */
export function whyUnusable(text: string): string | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  if (errors.length > 0) return `it is no sound JSON, at character ${errors[0]!.offset}`;
  return root?.type === "object" ? undefined : "it holds no object";
}

/** The same of a file that is to be added to: of two values of one name the tool reads the last, and this would find the first. */
export function whyNotPut(text: string): string | undefined {
  const reason = whyUnusable(text);
  if (reason !== undefined) return reason;
  const left = [parseTree(text)!];
  for (let node = left.pop(); node; node = left.pop()) {
    const names = new Set<string>();
    for (const child of node.children ?? []) {
      left.push(child);
      if (child.type !== "property") continue;
      const name = child.children![0]!.value as string;
      if (names.has(name)) return `it has two values of the name ${name}`;
      names.add(name);
    }
  }
  return undefined;
}

/** With what its lines are indented, and how they end. */
export function styleOf(text: string): { unit: string; eol: string } {
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
