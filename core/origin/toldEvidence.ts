import type { Evidence } from "../../protocol/origin.ts";
import type { ToolEdit } from "../tools/toolRecords.ts";

/** How a tool's record came: from the tool itself as it worked, or read later in what it keeps. */
const toldBy = ["hook", "telemetry", "log"] as const;
export type ToldBy = (typeof toldBy)[number];

/** Whether evidence is a tool's own record. */
export function isToldBy(source: string): source is ToldBy {
  return toldBy.some((each) => each === source);
}

export function evidenceOfRecord(record: ToolEdit, by: ToldBy): Evidence {
  const { tool, mode, model, at } = record;
  return {
    source: by,
    strength: by === "log" ? "matched" : "exact",
    origin: { kind: "ai", tool, mode, ...(model !== undefined && { model }) },
    at: Math.trunc(at),
  };
}

/** A record that comes twice, from a hook and from a log, has one name. */
export function nameOfRecord({ tool, session, call, path, text }: ToolEdit): string {
  return JSON.stringify([tool, session, path, call ?? text]);
}

/** What is known of a record by both: what the later one adds, and the text that the first one came with. */
export function mergeRecords(first: ToolEdit, later: ToolEdit): ToolEdit {
  const isSaid = first.text.kind !== "unsaid";
  const knowsMore = later.text.kind === "whole" && later.text.before !== undefined;
  return {
    ...first,
    model: first.model ?? later.model,
    text: isSaid && !knowsMore ? first.text : later.text,
    outcome: later.outcome === "unknown" || later.outcome === "proposed" ? first.outcome : later.outcome,
    ...((first.userModified ?? later.userModified) !== undefined && {
      userModified: (first.userModified ?? later.userModified)!,
    }),
  };
}
