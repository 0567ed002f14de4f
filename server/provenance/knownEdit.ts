import type { KnownEdit } from "../../core/provenance/provenanceLines.ts";
import { originSchema, type Evidence, type Origin } from "../../protocol/origin.ts";
import type { EditRow, EvidenceRow, OriginRow } from "../store/store.ts";

export function knownEdit(row: EditRow): KnownEdit {
  return {
    id: row.id,
    at: row.at,
    utcOffsetMinutes: row.utcOffsetMinutes,
    insertedChars: row.insertedChars,
    origin: originOf(row.origin),
    strength: row.origin.strength ?? undefined,
    conflict: row.origin.conflict,
    evidence: evidenceOf(row.evidence),
  };
}

/** What another version of Kept may have written in another form is passed over. */
export function evidenceOf(rows: readonly EvidenceRow[]): Evidence[] {
  return rows.flatMap(({ source, strength, origin, at }) => {
    const parsed = originSchema.safeParse(JSON.parse(origin));
    return parsed.success ? [{ source, strength, origin: parsed.data, at }] : [];
  });
}

function originOf({ kind, tool, model, mode }: OriginRow): Origin {
  if (kind !== "ai") return { kind };
  return {
    kind,
    ...(tool !== null && { tool }),
    ...(model !== null && { model }),
    ...(mode !== null && { mode }),
  };
}

/** Reads the origins of all that may be asked for at once, when the first is asked for. */
export function readTogether(
  ids: () => readonly string[],
  read: (ids: readonly string[]) => Map<string, OriginRow>,
): (id: string) => Origin | undefined {
  let origins: Map<string, Origin> | undefined;
  return (id) => {
    origins ??= new Map([...read(ids())].map(([known, row]) => [known, originOf(row)]));
    return origins.get(id);
  };
}

/** Reads each edit once, however many stretches of text come from it. */
export function readOnce(read: (id: string) => EditRow | undefined): (id: string) => KnownEdit | undefined {
  const known = new Map<string, KnownEdit | undefined>();
  return (id) => {
    if (!known.has(id)) {
      const row = read(id);
      known.set(id, row && knownEdit(row));
    }
    return known.get(id);
  };
}
