import { nameOf } from "./fileKinds.ts";

/** Longer ones nobody wrote; and what is looked for in a line may take as long as its length by itself. */
const longestText = 256 * 1024;
const longestLine = 1000;

/** What a file names that a program is built with; undefined where it is no such file, or one that cannot be read. */
export function dependenciesIn(path: string, whole: string): ReadonlySet<string> | undefined {
  const name = nameOf(path);
  if (whole.length > longestText) return undefined;
  if (name === "package.json") return ofPackage(whole);
  const lines = whole.split(/\r?\n/).filter(({ length }) => length <= longestLine);
  const text = lines.join("\n");
  if (name === "go.mod") return matches(text, /^[ \t]*(?:require[ \t]+)?([\w.-]+\.[\w.-]+\/\S+)[ \t]+v\d/gm);
  if (name === "Cargo.toml") return ofTables(text, /^(?:.*\.)?(?:dev-|build-)?dependencies(?:\.(.+))?$/);
  if (name === "pyproject.toml") return ofPython(text);
  if (name === "Gemfile") return matches(text, /^[ \t]*gem[ \t]+["']([^"']+)["']/gm);
  if (name === "pom.xml") return ofMaven(text);
  if (/^requirements[^/]*\.txt$/.test(name)) return matches(text, /^([A-Za-z0-9][\w.-]*)/gm);
  return undefined;
}

/** How many a file names that it did not name before; undefined where either cannot be read. */
export function newDependencies(path: string, before: string, after: string): number | undefined {
  const [known, now] = [dependenciesIn(path, before), dependenciesIn(path, after)];
  return known && now && [...now].filter((name) => !known.has(name)).length;
}

function matches(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, name]) => name!.toLowerCase()));
}

function ofMaven(text: string): ReadonlySet<string> {
  const parts = text.split("<dependency>").slice(1);
  return new Set(parts.flatMap((part) => /<artifactId>\s*([^<\s]+)/.exec(part)?.[1]?.toLowerCase() ?? []));
}

const groups = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

function ofPackage(text: string): ReadonlySet<string> | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof json !== "object" || json === null) return undefined;
    const found = groups.map((group) => (json as Record<string, unknown>)[group]);
    return new Set(found.flatMap((named) => (typeof named === "object" && named ? Object.keys(named) : [])));
  } catch {
    return undefined;
  }
}

/** The keys of the tables of that name; a table may be of one dependency, and then its name has it. */
function ofTables(text: string, table: RegExp): ReadonlySet<string> {
  const found = new Set<string>();
  let isWanted = false;
  for (const line of text.split("\n")) {
    const header = /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line)?.[1];
    if (header !== undefined) {
      const [named, single] = table.exec(header) ?? [];
      isWanted = named !== undefined && single === undefined;
      if (single !== undefined) found.add(single.toLowerCase());
    } else if (isWanted) {
      const key = /^\s*"?([\w.-]+?)"?\s*(?:\.\w+\s*)?=/.exec(line)?.[1];
      if (key !== undefined && key !== "python") found.add(key.toLowerCase());
    }
  }
  return found;
}

/** Poetry has tables; others have lists of what pip understands. */
function ofPython(text: string): ReadonlySet<string> {
  const tables = ofTables(text, /^tool\.poetry\.(?:group\.[^.]+\.)?(?:dev-)?dependencies(?:\.(.+))?$/);
  const lists = [
    ...text.matchAll(
      /^(?:dependencies|requires)[ \t]*=[ \t]*\[((?:"[^"\n]*"|'[^'\n]*'|[^\]"']){0,5000})\]/gm,
    ),
  ];
  const named = lists.flatMap(([, list]) => [...matches(list!, /["']\s*([A-Za-z0-9][\w.-]*)/g)]);
  return new Set([...tables, ...named]);
}
