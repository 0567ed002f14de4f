import { parse } from "jsonc-parser";
import { settings } from "../../protocol/settings.ts";
import { readRegularFile } from "../regularFile.ts";
import type { Surroundings } from "./agent.ts";
import { editorSettings } from "./editorFolders.ts";
import { fieldsOf } from "./fields.ts";

const name = "kept.agents.homes";
const longestSettings = 16 * 1024 * 1024;

/** With the homes that the settings of an editor name: an editor says them itself, a command finds them there. */
export function withConfiguredHomes(around: Surroundings): Surroundings {
  const named = editorSettings(around).flatMap((file) => {
    const { data } = settings[name].schema.safeParse(fieldsOf(parse(textIn(file)))[name]);
    return data ?? [];
  });
  return { ...around, otherHomes: [...new Set([...(around.otherHomes ?? []), ...named])] };
}

/** Most of these editors are not there. */
function textIn(file: string): string {
  try {
    return readRegularFile(file, longestSettings).toString("utf8");
  } catch {
    return "";
  }
}
