import { languageOfFile } from "../../core/languageOfFile.ts";
import { textsAsOpened } from "../retention/closedSampling.ts";
import type { Hashes } from "../deviceKey.ts";
import type { Store } from "../store/store.ts";
import type { ReadFile } from "./textFile.ts";

/** A file as an editor would open it. */
export interface ClosedFile {
  readonly languageId: string;
  readonly text: string;
  /** The text on disk, where `text` is what was recorded and was there before. */
  readonly after: string | undefined;
}

/** Undefined where there is no file, or none that can be read. */
export function readAsOpened(
  uri: string,
  textsBefore: (text: string) => string[],
  options: {
    readonly store: Pick<Store, "readDocument">;
    readonly readFile: ReadFile;
    readonly hashes: Pick<Hashes, "text">;
  },
): ClosedFile | undefined {
  const file = options.readFile(uri);
  if (file === "missing" || file === "unreadable") return undefined;
  const row = options.store.readDocument(uri);
  const languageId = row?.languageId ?? languageOfFile(uri);
  const texts = textsAsOpened(file.text);
  const isRecorded = (text: string) => options.hashes.text(text) === row?.spans.textHash;
  const known = texts.find(isRecorded);
  if (known !== undefined || !row) return { languageId, text: known ?? texts[0]!, after: undefined };
  for (const after of texts) {
    const text = textsBefore(after).find(isRecorded);
    if (text !== undefined) return { languageId, text, after };
  }
  return { languageId, text: texts[0]!, after: undefined };
}
