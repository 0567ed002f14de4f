import type { SubjectKind } from "../../protocol/fates.ts";

const fixes = [
  /^(?:bug|hot)?fix(?:\([^)]*\))?!?:/i,
  /\b(?:fix(?:es|ed)?|close[sd]?|resolve[sd]?) #\d+/i,
  /^(?:(?:bug|hot)?fix(?:es|ed)?|repair(?:s|ed)?|correct(?:s|ed)?)\b/i,
  /\b(?:bug|regression|crash)\b/i,
];

/**
 * Whether a commit's message says that it corrects what it takes away: a fix of a mistake, or a revert. One that calls itself
 * something else is what it says, whatever it closes.
 */
export function isCorrective(message: string): boolean {
  const kind = subjectKindOf(message);
  return kind === "fix" || kind === "revert";
}

/** The commits that a message says it takes back, in full or by the first letters of their names. */
export function revertedBy(message: string): string[] {
  return [...message.matchAll(/^This reverts commits? ([0-9a-f]{7,64})\b/gm)].map(([, id]) => id!);
}

/** The trailers that end a message. */
export function trailersOf(message: string): string[] {
  const last =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? "";
  return last.split("\n").filter((line) => /^[A-Za-z-]+\s*:\s*\S/.test(line));
}

const kindsOfTypes: Readonly<Partial<Record<string, SubjectKind>>> = {
  build: "config",
  chore: "config",
  ci: "config",
  docs: "docs",
  feat: "feature",
  feature: "feature",
  fix: "fix",
  hotfix: "fix",
  bugfix: "fix",
  perf: "refactor",
  refactor: "refactor",
  revert: "revert",
  style: "refactor",
  test: "tests",
  tests: "tests",
};

/** What kind of work a message says a commit is, by the conventional types and by what fixes and reverts call themselves. */
export function subjectKindOf(message: string): SubjectKind {
  const [subject = ""] = message.split("\n", 1);
  if (/^revert\b/i.test(subject) || revertedBy(message).length > 0) return "revert";
  const type = /^([a-z]+)(?:\([^)]*\))?!?:\s/i.exec(subject)?.[1]?.toLowerCase();
  const kind = type !== undefined && Object.hasOwn(kindsOfTypes, type) ? kindsOfTypes[type] : undefined;
  return kind ?? (fixes.some((fix) => fix.test(subject)) ? "fix" : "unknown");
}

/** Whether a message says more than its first line and the trailers that end it. */
export function hasBody(message: string): boolean {
  const [, ...rest] = message.trimEnd().split("\n");
  const trailers = new Set(trailersOf(message));
  return rest.some((line) => line.trim() !== "" && !trailers.has(line));
}
