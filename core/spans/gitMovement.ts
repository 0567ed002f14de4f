export const movementKinds = [
  "commit",
  "checkout",
  "reset",
  "merge",
  "pull",
  "rebase",
  "stash",
  "cherryPick",
  "revert",
  "other",
] as const;

export type MovementKind = (typeof movementKinds)[number];

/** One step of a repository's HEAD, or of its stash, as git itself wrote it down. */
export interface Movement {
  /** To the second, as git writes it. */
  readonly at: number;
  readonly kind: MovementKind;
  /** Commits; null before the first. A checkout of another branch at the same commit has the same twice. */
  readonly from: string | null;
  readonly to: string | null;
}

/** What git calls its own steps; whatever follows the first word is a name or a message, and is not read. */
const kindsByWord: Readonly<Partial<Record<string, MovementKind>>> = {
  commit: "commit",
  checkout: "checkout",
  reset: "reset",
  merge: "merge",
  pull: "pull",
  rebase: "rebase",
  "cherry-pick": "cherryPick",
  revert: "revert",
};

/** `pull --rebase origin main (pick): …`: what is pulled is put below one's own commits. */
const pullsBelow = /^pull\b[^:]*\([a-z]+\):/;

const entry =
  /^([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) [^\t]*? (\d{1,11}) [-+]\d{4}(?:\t(.*))?$/;

/** One line of `logs/HEAD` or of `logs/refs/stash`; undefined where it is none. */
export function parseMovement(line: string, log: "head" | "stash" = "head"): Movement | undefined {
  const [, from, to, seconds, message = ""] = entry.exec(line.trimEnd()) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const word = /^[a-z-]+/.exec(message)?.[0] ?? "";
  return {
    at: Number(seconds) * 1000,
    kind: log === "stash" ? "stash" : pullsBelow.test(message) ? "rebase" : (kindsByWord[word] ?? "other"),
    from: commitOrNull(from),
    to: commitOrNull(to),
  };
}

/** All the lines of a log. Lines that are none are counted. */
export function parseMovements(
  lines: string,
  log: "head" | "stash" = "head",
): { readonly movements: Movement[]; readonly unreadable: number } {
  const entries = lines.split("\n").filter((line) => line !== "");
  const movements = entries.flatMap((line) => parseMovement(line, log) ?? []);
  return { movements, unreadable: entries.length - movements.length };
}

function commitOrNull(id: string): string | null {
  return /^0+$/.test(id) ? null : id;
}

/**
 * `switched`: another branch, a stash or a rebase put other texts in place, and these may come back. `brought`: new
 * commits did, or a reset, and what they took out is out.
 */
export type TextMovement = "switched" | "brought";

const textMovements: Readonly<Partial<Record<MovementKind, TextMovement>>> = {
  checkout: "switched",
  stash: "switched",
  rebase: "switched",
  reset: "brought",
  merge: "brought",
  pull: "brought",
  cherryPick: "brought",
  revert: "brought",
  other: "brought",
};

/** Git writes its log after the files, and says the time in whole seconds. */
const longestMovementMs = 60_000;
const clockStepMs = 2_000;

/**
 * Whether one of the movements wrote a file, by when it was written last. A file that is gone may have been taken away
 * by any of them.
 */
export function movementOfFile(
  movements: readonly Movement[],
  writtenAt: number | undefined,
): TextMovement | undefined {
  const kinds = movements
    .filter(
      ({ at }) =>
        writtenAt === undefined || (writtenAt >= at - longestMovementMs && writtenAt <= at + clockStepMs),
    )
    .flatMap(({ kind }) => textMovements[kind] ?? []);
  // What one of several steps took out may be out for good, and nobody can tell which did.
  return kinds.includes("brought") ? "brought" : kinds[0];
}
