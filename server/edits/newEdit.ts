import { resolveOrigin } from "../../core/origin/origin.ts";
import { originSchema, type Evidence } from "../../protocol/origin.ts";
import type { AppliedChange } from "./openDocument.ts";
import type { EditRow, EvidenceRow, OriginRow } from "../store/store.ts";

/** What an edit is called by, beside its id. */
export interface Place {
  readonly uri: string;
  readonly session: number;
}

export interface NewEdit extends Place {
  readonly id: string;
  readonly version: number;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly texts: AppliedChange["texts"];
  readonly insertedChars: number;
  readonly deletedChars: number;
  /** Of its own text; what later edits took out is taken off when the batch is made. */
  readonly keptChars: number;
  readonly window: string;
  readonly evidence: Evidence[];
}

/** As it is stored. */
export function editRowOf(edit: NewEdit, keptChars: number): EditRow {
  const { id, uri, window, session, version, at, utcOffsetMinutes, insertedChars, deletedChars } = edit;
  return {
    id,
    uri,
    at,
    utcOffsetMinutes,
    window,
    session,
    version,
    insertedChars,
    deletedChars,
    keptChars,
    origin: originRow(edit, edit.evidence),
    evidence: edit.evidence.map(evidenceRow),
  };
}

/** What the evidence comes to. */
export function originRow(edit: { readonly at: number }, evidence: readonly Evidence[]): OriginRow {
  const { origin, strength, conflict } = resolveOrigin(edit, evidence);
  const ai = origin.kind === "ai" ? origin : undefined;
  return {
    kind: origin.kind,
    tool: ai?.tool ?? null,
    model: ai?.model ?? null,
    mode: ai?.mode ?? null,
    strength: strength ?? null,
    conflict: conflict !== undefined,
  };
}

export function evidenceRow({ source, strength, origin, at }: Evidence): EvidenceRow {
  return { source, strength, origin: JSON.stringify(origin), at };
}

export function evidenceOfRow({ source, strength, origin, at }: EvidenceRow): Evidence {
  return { source, strength, origin: originSchema.parse(JSON.parse(origin)), at };
}
