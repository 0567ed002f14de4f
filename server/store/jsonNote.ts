import type * as z from "zod";
import type { Store } from "./store.ts";

/** What a note says; undefined where there is none, or one of another version. */
export function readJsonNote<Schema extends z.ZodType>(
  store: Pick<Store, "readNote">,
  name: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  const text = store.readNote(name);
  if (text === undefined || text === "") return undefined;
  return schema.safeParse(JSON.parse(text)).data;
}
