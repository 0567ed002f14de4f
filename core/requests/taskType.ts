import { taskTypeSchema } from "../../protocol/tallies.ts";
import { subjectKindOf } from "../fate/commitMessage.ts";

export const taskTypes = taskTypeSchema.options;
export type TaskType = (typeof taskTypes)[number];

/** Which files are of which type, in this order. Paths have slashes and are in lower case. */
const typesOfFiles: readonly { readonly type: TaskType; readonly pattern: RegExp }[] = [
  {
    type: "tests",
    pattern:
      /(^|\/)(__tests__|__mocks__|tests?|specs?|e2e|fixtures)\/|[._-](test|spec)s?\.[a-z0-9]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb|exs|dart)$/,
  },
  {
    type: "docs",
    pattern:
      /(^|\/)docs?\/|\.(md|mdx|rst|adoc|txt)$|(^|\/)(readme|changelog|contributing|license|notice)(\.[a-z]+)?$/,
  },
  {
    type: "config",
    pattern:
      /(^|\/)\.(github|gitlab|circleci|vscode|husky|devcontainer)\/|\.(ya?ml|toml|ini|cfg|conf|env|properties|tf|json|jsonc|lock)$|(^|\/)(dockerfile|makefile|jenkinsfile|\.[a-z]+(rc|ignore))$|\.config\.[cm]?[jt]s$/,
  },
];

/** Small enough for the quickest of models. */
const light = { lines: 20, files: 1 };

export function isLight({ lines, files }: { readonly lines: number; readonly files: number }): boolean {
  return lines <= light.lines && files <= light.files;
}

/** Where a file lies below a folder, both as addresses; of a file elsewhere the name and the folder it is in. */
export function pathBelow(place: string | null, uri: string): string {
  if (place !== null && uri.startsWith(`${place}/`)) return uri.slice(place.length + 1);
  return uri.split("/").slice(-2).join("/");
}

/** How branches begin that are named for what is done on them. */
const typesOfBranches: Readonly<Partial<Record<string, TaskType>>> = {
  bug: "fix",
  bugfix: "fix",
  build: "config",
  chore: "config",
  ci: "config",
  doc: "docs",
  docs: "docs",
  feat: "feature",
  feature: "feature",
  fix: "fix",
  hotfix: "fix",
  perf: "refactor",
  refactor: "refactor",
  test: "tests",
  tests: "tests",
};

/**
 * What kind of work a commit is: by what its message says, and where that says nothing by how its branch is named.
 * Undefined where neither says; a revert is none, because it says what it takes back and not what for.
 */
export function typeOfCommit(message: string, branch: string | undefined): TaskType | undefined {
  const kind = subjectKindOf(message);
  if (kind === "revert") return undefined;
  if (kind !== "unknown") return kind;
  // `fix/a-thing`, `me/fix-12`.
  const words = (branch ?? "")
    .split("/")
    .map((part) => /^[a-z]+(?=-|$)/i.exec(part)?.[0].toLowerCase() ?? "");
  const word = words.find((each) => Object.hasOwn(typesOfBranches, each));
  return word === undefined ? undefined : typesOfBranches[word];
}

/** Of a task whose edits went into commits of several types. */
const mixed = "mixed";

/** What the commits of a task say together; null while none said anything. */
export function committedTypeWith(known: string | null, type: TaskType): string {
  return known === null || known === type ? type : mixed;
}

/** What kind of work a task was: what its commits say, and where they say nothing or several things, its files. */
export function typeOfTask(committed: string | null, paths: Iterable<string>): TaskType {
  return taskTypes.find((type) => type === committed) ?? typeOfFiles(paths);
}

/**
 * What kind of work was done, by the files it changed alone: `unknown` where they are of several kinds, or are
 * source, of which files do not say whether it is a feature, a fix or a refactoring.
 */
export function typeOfFiles(paths: Iterable<string>): TaskType {
  let found: TaskType | undefined;
  for (const path of paths) {
    const name = path.toLowerCase();
    const type = typesOfFiles.find(({ pattern }) => pattern.test(name))?.type ?? "unknown";
    if (found !== undefined && found !== type) return "unknown";
    found = type;
  }
  return found ?? "unknown";
}
