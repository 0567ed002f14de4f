import type { Host } from "../host.ts";
import { readDigest } from "../numbers/readDigest.ts";
import type { Store } from "../store/store.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

/** `kept digest`: the week as Markdown, or as one JSON document that holds it. */
export async function digestCommand(
  args: readonly string[],
  { host, openStore }: { readonly host: Host; readonly openStore: () => Store },
): Promise<CommandResult> {
  const [other] = args.filter((arg) => arg !== "--json");
  if (other !== undefined) return badInput("kept digest", `it takes no ${other}`);
  const store = openStore();
  try {
    const markdown = await readDigest(store, host);
    return done(args.includes("--json") ? `${JSON.stringify({ markdown })}\n` : markdown);
  } finally {
    store.close();
  }
}
