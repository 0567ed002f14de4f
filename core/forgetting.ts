import type { OriginKind } from "../protocol/origin.ts";
import type { Forgotten, ForgetScope } from "../protocol/forget.ts";

interface Made {
  readonly day: string;
  readonly kind: OriginKind;
  readonly tool: string | null;
}

/** What sums become: all of a row is in the scope, some of it may be, or none is. */
export type SumFate = "whole" | "part" | "none";

export const nothingForgotten: Forgotten = {
  edits: 0,
  evidence: 0,
  samples: 0,
  documents: 0,
  requests: 0,
  sums: 0,
  undivided: 0,
};

export function isEverything({ repository, tool, from, to }: ForgetScope): boolean {
  return repository === null && tool === null && from === null && to === null;
}

/** Whether nothing is to be left of a repository, its documents included. */
export function isWholeRepository({ repository, tool, from, to }: ForgetScope): boolean {
  return repository !== null && tool === null && from === null && to === null;
}

/** Whether an edit is in the scope; `places` are its document, and every folder it was counted under. */
export function isForgotten(edit: Made, places: readonly (string | null)[], scope: ForgetScope): boolean {
  const { repository } = scope;
  return (
    isMadeIn(edit, scope) && (repository === null || places.some((place) => liesInAny(place, repository)))
  );
}

/** Whether a note goes with a repository that goes whole: the names of notes about a folder end with its address. */
export function isNoteForgotten(name: string, scope: ForgetScope): boolean {
  const [, folder] = / of (file:.*)$/.exec(name) ?? [];
  return isWholeRepository(scope) && folder !== undefined && liesInAny(folder, scope.repository!);
}

/** A row of sums knows its folder alone: one above the repository, or none, may hold edits of the repository. */
export function sumFate(sum: Made & { readonly workspace: string | null }, scope: ForgetScope): SumFate {
  if (!isMadeIn(sum, scope)) return "none";
  const { repository } = scope;
  if (repository === null || liesInAny(sum.workspace, repository)) return "whole";
  const { workspace } = sum;
  return workspace === null || repository.some((folder) => liesIn(folder, workspace)) ? "part" : "none";
}

export function toolOf({ kind, tool }: Pick<Made, "kind" | "tool">): string | undefined {
  return kind === "ai" ? (tool ?? "unknown") : undefined;
}

function isMadeIn(made: Made, { tool, from, to }: ForgetScope): boolean {
  return (
    (tool === null || toolOf(made) === tool) &&
    (from === null || from <= made.day) &&
    (to === null || made.day <= to)
  );
}

function liesInAny(place: string | null, folders: readonly string[]): boolean {
  return place !== null && folders.some((folder) => liesIn(place, folder));
}

function liesIn(place: string, folder: string): boolean {
  const bare = folder.replace(/\/+$/, "");
  return place === bare || place.startsWith(`${bare}/`);
}
