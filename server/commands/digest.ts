import type { Host } from "../host.ts";
import { digestMarkdown } from "../../core/report/digest.ts";
import { readDigest } from "../numbers/readDigest.ts";
import type { Store } from "../store/store.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

/** `kept digest`: the week as Markdown, or as one JSON document that holds its numbers and that page. */
export async function digestCommand(
  args: readonly string[],
  { host, openStore }: { readonly host: Host; readonly openStore: () => Store },
): Promise<CommandResult> {
  const [other] = args.filter((arg) => arg !== "--json");
  if (other !== undefined) return badInput("kept digest", `it takes no ${other}`);
  const store = openStore();
  try {
    const digest = await readDigest(store, host);
    const markdown = digestMarkdown(digest);
    return done(args.includes("--json") ? `${JSON.stringify({ ...digest, markdown })}\n` : markdown);
  } finally {
    store.close();
  }
}
