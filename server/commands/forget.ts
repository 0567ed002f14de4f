import { parseArgs } from "node:util";
import { countOf } from "../../core/countOf.ts";
import { isEverything } from "../../core/forgetting.ts";
import { whyInvalid, reasonOf } from "../../protocol/errors.ts";
import { forgetScopeSchema, type Forgotten } from "../../protocol/forget.ts";
import { forgetData } from "../forgetData.ts";
import type { Host } from "../host.ts";
import { addressesOfFile } from "../provenance/fileAddress.ts";
import type { Store } from "../store/store.ts";
import { badInput, done, failed, type CommandResult } from "./usage.ts";

const options = {
  all: { type: "boolean" },
  repository: { type: "string" },
  tool: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** `kept forget`: deletes what was recorded, all of it or what fits every part that is given. */
export async function forgetCommand(
  args: readonly string[],
  {
    host,
    folder,
    openStore,
  }: { readonly host: Host; readonly folder: string; readonly openStore: () => Store },
): Promise<CommandResult> {
  let given: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    given = parseArgs({ args: [...args], options }).values;
  } catch (thrown) {
    return badInput("kept forget", reasonOf(thrown));
  }
  const parsed = forgetScopeSchema.safeParse({
    repository: given.repository === undefined ? null : addressesOfFile(given.repository),
    tool: given.tool ?? null,
    from: given.from ?? null,
    to: given.to ?? null,
  });
  if (!parsed.success) return badInput("kept forget", whyInvalid(parsed.error));
  const scope = parsed.data;
  if (given.all === true && !isEverything(scope)) {
    return badInput("kept forget", "--all goes with no other part of a scope");
  }
  if (given.all !== true && isEverything(scope)) {
    return badInput("kept forget", "say what: --all, or --repository, --tool, --from and --to");
  }
  const dryRun = given["dry-run"] ?? false;
  const store = openStore();
  try {
    const forgetting = await forgetData(store, { host, folder }, { scope, dryRun });
    if (forgetting.outcome === "retry") {
      return failed(1, forgetting.problem.code, forgetting.problem.details);
    }
    if (forgetting.outcome === "readOnly") return failed(1, "store.forgetNewer", {});
    const { ownFile, ...forgotten } = forgetting.result;
    const stdout = given.json
      ? `${JSON.stringify({ dryRun, forgotten, ownFile })}\n`
      : forgottenInWords(forgotten, dryRun);
    if (ownFile !== "failed") return done(stdout);
    return { ...failed(1, "ownFolder.notCleaned", {}), stdout };
  } finally {
    store.close();
  }
}

export function forgottenInWords(forgotten: Forgotten, dryRun: boolean): string {
  const { edits, evidence, samples, documents, requests, sums, undivided } = forgotten;
  const lines = [
    dryRun ? "This would be deleted:" : "Deleted:",
    `- ${countOf(edits, "edit")}, with ${countOf(evidence, "piece")} of evidence and ${countOf(samples, "sample")}`,
    `- ${countOf(documents, "document")}`,
    `- ${countOf(requests, "request")} to models`,
    `- ${countOf(sums, "row")} of sums`,
    ...(undivided === 0
      ? []
      : [
          `- ${undivided.toLocaleString("en")} of these rows held other things too, whose single edits are gone: ${undivided === 1 ? "it" : "they"} cannot be divided`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
