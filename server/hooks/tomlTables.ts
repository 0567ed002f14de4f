import { parse } from "smol-toml";
import { reasonOf } from "../../protocol/errors.ts";

/** Why nothing is put into a text or taken out: what its own tool would not understand is not touched. */
export function whyNoToml(text: string): string | undefined {
  const found = tablesIn(text);
  return typeof found === "string" ? found : undefined;
}

/** The same, and where it has a table of that name. */
export function whyNoTable(text: string, table: string): string | undefined {
  const found = tablesIn(text);
  if (typeof found === "string") return found;
  return Object.hasOwn(found, table) ? `${table} is set there already` : undefined;
}

function tablesIn(text: string): object | string {
  try {
    return parse(text);
  } catch (thrown) {
    return `it is no sound TOML: ${reasonOf(thrown).split("\n")[0]}`;
  }
}
