import { leastEdits } from "../core/summary/ratio.ts";
import type { Origin } from "../protocol/origin.ts";
import type { Summary } from "../protocol/summary.ts";
import type { Language } from "./language.ts";

/** Several origins together have no interval of their own. */
type OriginSums = Omit<Summary["origins"][number], "kept"> &
  Partial<Pick<Summary["origins"][number], "kept">>;

/** One row of the table of origins. */
export interface OriginRow extends Omit<OriginSums, "origin"> {
  readonly kind: Origin["kind"];
  readonly name: string;
  /** None where several are in one row. */
  readonly origin?: Origin;
  /** Mode and model, where the tool said them. */
  readonly detail: string;
  /** Undefined where too few edits, or no text, stand behind it. */
  readonly keptShare: number | undefined;
}

/** Origins within AI are told apart by place and word; beyond this many they can no longer be. */
const mostTools = 5;

/** The table of origins: the AI origins that inserted most one by one, the rest of AI in one row. */
export function originRows(origins: readonly OriginSums[], language: Language): readonly OriginRow[] {
  const ai = origins.filter(({ origin }) => origin.kind === "ai");
  // One row more is better than a row that says "1 other".
  const shown = ai.length === mostTools + 1 ? ai : ai.slice(0, mostTools);
  const rest = ai.slice(shown.length);
  const others = origins.filter(({ origin }) => origin.kind !== "ai");
  const rows = [...shown, ...others].map((sums) => row(sums, nameOf(sums.origin, language), language));
  if (rest.length === 0) return rows;
  const merged = rest.reduce(addSums);
  rows.splice(shown.length, 0, row(merged, language.plural(language.text.otherTools, rest.length)));
  return rows;
}

function row(sums: OriginSums, name: string, language?: Language): OriginRow {
  const { origin, edits, insertedChars, deletedChars, keptChars } = sums;
  const enough = edits >= leastEdits && insertedChars > 0;
  return {
    kind: origin.kind,
    ...(language ? { origin } : {}),
    name,
    detail: language ? detailOf(origin, language) : "",
    edits,
    insertedChars,
    deletedChars,
    keptChars,
    ...(sums.kept && { kept: sums.kept }),
    keptShare: enough ? Math.min(1, keptChars / insertedChars) : undefined,
  };
}

export function nameOf(origin: Origin, { text }: Language): string {
  if (origin.kind !== "ai") return text.kinds[origin.kind];
  const tool = origin.tool?.trim() ?? "";
  return tool === "" ? text.unknownTool : properName(tool);
}

export function detailOf(origin: Origin, { text }: Language): string {
  if (origin.kind !== "ai") return "";
  const mode = origin.mode === undefined ? [] : [text.modes[origin.mode]];
  return [...mode, ...(origin.model === undefined ? [] : [origin.model])].join(" · ");
}

export function properName(tool: string): string {
  return properNames.get(tool) ?? tool;
}

/** How makers write the names of their tools. Any other name is shown as the tool gave it. */
const properNames: ReadonlyMap<string, string> = new Map([
  ["claude-code", "Claude Code"],
  ["codex", "Codex"],
  ["cursor", "Cursor"],
  ["gemini-cli", "Gemini CLI"],
  ["github-copilot", "GitHub Copilot"],
  ["windsurf", "Windsurf"],
]);

function addSums(left: OriginSums, right: OriginSums): OriginSums {
  return {
    origin: { kind: "ai" },
    edits: left.edits + right.edits,
    insertedChars: left.insertedChars + right.insertedChars,
    deletedChars: left.deletedChars + right.deletedChars,
    keptChars: left.keptChars + right.keptChars,
  };
}
