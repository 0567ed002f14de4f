import { isAmong, titleOfTool } from "../tools/toolTitle.ts";
import type { Part } from "./part.ts";
import { grouped } from "../grouped.ts";
import { isAi, type RecentEdit } from "./recentEdits.ts";

/** The tools that are allowed in a folder. */
export interface ApprovedTools {
  /** Address of the folder. */
  readonly folder: string;
  /** Address of the folder's own policy; null where the list is the organisation's alone. */
  readonly policy: string | null;
  readonly tools: readonly string[];
}

const weekMs = 7 * 86_400_000;
/** When it is looked how much of an edit is left. */
const untilLookedMs = 15 * 60_000;
const goneBelow = 0.5;

/** How often in a week another tool wrote into the same file before the first one's text was half gone. */
export function thrash(edits: readonly RecentEdit[], now: number): Part {
  const recent = edits.filter((edit) => isAi(edit) && edit.tool !== null && edit.at > now - weekMs);
  const files = new Map<string, number>();
  for (const [uri, own] of grouped(recent, (edit) => edit.uri)) {
    const inOrder = [...own].sort((one, other) => one.at - other.at);
    const times = inOrder.filter((edit, index) => isReplaced(edit, inOrder.slice(index + 1))).length;
    if (times > 0) files.set(uri, times);
  }
  const times = [...files.values()].reduce((sum, count) => sum + count, 0);
  const most = [...files].sort(([, one], [, other]) => other - one).map(([uri]) => uri);
  return { values: { "thrash.times": times }, files: most.slice(0, 3) };
}

function isReplaced({ at, tool, survival }: RecentEdit, later: readonly RecentEdit[]): boolean {
  if (survival === null || survival >= goneBelow) return false;
  return later.some((other) => other.tool !== tool && other.at - at <= untilLookedMs);
}

/** AI edits of a week by a tool that is not on the list for the folder. */
export function outside(edits: readonly RecentEdit[], approved: readonly ApprovedTools[], now: number): Part {
  if (approved.length === 0) return { values: {} };
  const own = edits.flatMap((edit) => {
    const policy = isAi(edit) && edit.at > now - weekMs ? policyOf(edit, approved) : undefined;
    return policy && !isApproved(edit, policy) ? [{ tool: edit.tool!, file: policy.policy ?? edit.uri }] : [];
  });
  const [most] = [...grouped(own, ({ tool }) => tool)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  if (!most) return { values: { "outside.edits": 0 } };
  const [tool, its] = most;
  return {
    values: { "outside.tool": titleOfTool(tool), "outside.edits": its.length },
    files: [...new Set(its.map(({ file }) => file))].slice(0, 3),
  };
}

/** Of a tool that nobody told, nobody can say whether it is allowed. */
export function policyOf(
  { uri, tool }: RecentEdit,
  approved: readonly ApprovedTools[],
): ApprovedTools | undefined {
  return tool === null ? undefined : approved.find(({ folder }) => uri.startsWith(`${folder}/`));
}

/** By the name that Kept uses, or the one that people do. */
export function isApproved({ tool }: RecentEdit, { tools }: ApprovedTools): boolean {
  return isAmong(tool!, tools);
}
