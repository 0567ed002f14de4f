import type * as z from "zod";

/**
 * A value in which every text that may be anything is the next of a list, and still of the schema's form. What may be
 * anything is found by trying it, once for all members of a list.
 */
export function plant<Value>(schema: z.ZodType<Value>, value: Value, next: () => string): Value {
  const planted = structuredClone(value);
  const isFree = new Map<string, boolean>();
  visit(planted, "");
  return schema.parse(planted);

  function visit(node: unknown, place: string): void {
    if (typeof node !== "object" || node === null) return;
    const fields = node as Record<string, unknown>;
    for (const [name, field] of Object.entries(fields)) {
      const at = `${place}/${Array.isArray(node) ? "*" : name}`;
      if (typeof field !== "string") {
        visit(field, at);
        continue;
      }
      const text = next();
      fields[name] = text;
      const isKept = isFree.get(at) ?? schema.safeParse(planted).success;
      isFree.set(at, isKept);
      if (!isKept) fields[name] = field;
    }
  }
}
