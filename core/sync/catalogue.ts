import { eventSchemas } from "../../protocol/collector.ts";
import { fields } from "../../protocol/field.ts";
import { atSink, sinkEventSchemas } from "../../protocol/sink.ts";
import type { CatalogueField, Consent } from "../../protocol/sync.ts";
import type { DatedEvent } from "./dayEvents.ts";

type Mode = Consent["mode"];
export type LeavingName = DatedEvent["name"];

/** Every field that can leave, with what it means: what a person agrees to. */
export function catalogue(mode: Mode): CatalogueField[] {
  return Object.entries(schemasOf(mode)).flatMap(([event, schema]) =>
    Object.entries(schema.shape).map(([name, field]) => {
      const about = fields.get(field);
      return {
        name: `${event}/${name}`,
        meaning: about?.meaning ?? "",
        sensitivity: about?.sensitivity ?? "personal",
        retention: mode === "sink" ? atSink : (about?.retention ?? ""),
      };
    }),
  );
}

/** Fields that came after the person agreed. As long as there are some, the records they belong to stay at home. */
export function notAgreed({ agreed, mode }: Agreed): CatalogueField[] {
  const known = new Set(agreed);
  return catalogue(mode).filter(({ name }) => !known.has(name));
}

/** The records that may leave: those of which every field was agreed to. */
export function agreedEvents(consent: Agreed): ReadonlySet<LeavingName> {
  const missing = new Set(notAgreed(consent).map(({ name }) => name.slice(0, name.indexOf("/"))));
  return new Set(eventNames(consent.mode).filter((event) => !missing.has(event)));
}

/** Every record that a consent can be about. */
export function eventNames(mode: Mode): LeavingName[] {
  return Object.keys(schemasOf(mode)) as LeavingName[];
}

/** The record of edits, without which nothing else leaves. */
export function editsEvent(mode: Mode): LeavingName {
  return mode === "sink" ? "kept.week" : "kept.day";
}

type Agreed = Pick<Consent, "agreed" | "mode">;

function schemasOf(mode: Mode) {
  return mode === "sink" ? sinkEventSchemas : eventSchemas;
}
