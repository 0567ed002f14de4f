import type { KnownEdit, ReadEdit, ReadOrigin } from "../../../../core/provenance/provenanceLines.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import type { Evidence, Origin } from "../../../../protocol/origin.ts";

export const noon = Date.UTC(2026, 0, 31, 12);

export const claude: Origin = { kind: "ai", tool: "claude-code", mode: "agent", model: "claude-sonnet-4" };
export const human: Origin = { kind: "human" };

/** An edit as the store would give it, its origin proved by one reason. */
export function knownEdit(
  id: string,
  origin: Origin,
  insertedChars: number,
  rest: Partial<KnownEdit> = {},
): KnownEdit {
  const evidence: Evidence[] =
    origin.kind === "unknown" ? [] : [{ source: "detailedReason", strength: "exact", origin, at: noon }];
  return {
    id,
    at: noon,
    utcOffsetMinutes: 60,
    insertedChars,
    origin,
    strength: origin.kind === "unknown" ? undefined : "exact",
    conflict: false,
    evidence,
    ...rest,
  };
}

/** A text put together from pieces, each with the edit it comes from; null for a text that nobody is known for. */
export function written(...pieces: readonly (readonly [text: string, edit: KnownEdit | null])[]): {
  readonly text: string;
  readonly spans: Spans;
  readonly readEdit: ReadEdit;
  readonly readOrigin: ReadOrigin;
} {
  const edits = new Map(pieces.flatMap(([, edit]) => (edit ? [[edit.id, edit]] : [])));
  return {
    text: pieces.map(([text]) => text).join(""),
    spans: Spans.ofRuns(
      pieces.map(([text, edit]) => ({ owner: edit?.id, length: text.length, restored: false })),
    ),
    readEdit: (id) => edits.get(id),
    readOrigin: (id) => edits.get(id)?.origin,
  };
}
