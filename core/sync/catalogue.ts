import { eventSchemas, type EventName } from "../../protocol/collector.ts";
import { fields } from "../../protocol/field.ts";
import type { CatalogueField } from "../../protocol/sync.ts";

/** Every field that can leave, with what it means: what a person agrees to. */
export function catalogue(): CatalogueField[] {
  return Object.entries(eventSchemas).flatMap(([event, schema]) =>
    Object.entries(schema.shape).map(([name, field]) => {
      const about = fields.get(field);
      return {
        name: `${event}/${name}`,
        meaning: about?.meaning ?? "",
        sensitivity: about?.sensitivity ?? "personal",
        retention: about?.retention ?? "",
      };
    }),
  );
}

/** Fields that came after the person agreed. As long as there are some, the records they belong to stay at home. */
export function notAgreed(agreed: readonly string[]): CatalogueField[] {
  const known = new Set(agreed);
  return catalogue().filter(({ name }) => !known.has(name));
}

/** The records that may leave: those of which every field was agreed to. */
export function agreedEvents(agreed: readonly string[]): ReadonlySet<EventName> {
  const missing = new Set(notAgreed(agreed).map(({ name }) => name.slice(0, name.indexOf("/"))));
  return new Set((Object.keys(eventSchemas) as EventName[]).filter((event) => !missing.has(event)));
}
