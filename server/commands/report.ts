import { parseArgs } from "node:util";
import { reportMarkdown, reportOf } from "../../core/report.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { FatesReader } from "../fate/fatesReader.ts";
import type { Host } from "../host.ts";
import { OthersReader } from "../ownFolder/otherMachines.ts";
import { readSummary } from "../readSummary.ts";
import type { Store } from "../store/store.ts";
import { daysOf, mostDays } from "./period.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

const fallbackDays = 30;

/** `kept report`: the same numbers as the panel, from the same code. */
export async function reportCommand(
  args: readonly string[],
  {
    host,
    folder,
    openStore,
  }: { readonly host: Host; readonly folder: string; readonly openStore: () => Store },
): Promise<CommandResult> {
  let values: { period?: string | undefined; json?: boolean | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { period: { type: "string" }, json: { type: "boolean" } },
    }));
  } catch (thrown) {
    return badInput("kept report", reasonOf(thrown));
  }
  const days = values.period === undefined ? fallbackDays : daysOf(values.period);
  if (days === undefined) {
    return badInput("--period", `expected a number of days such as 30d, at most ${mostDays}d`);
  }
  const store = openStore();
  try {
    const question = { days, scope: "all" } as const;
    const parts = { others: new OthersReader(), fates: new FatesReader(folder), isCompared: true };
    const summary = await readSummary(store, host, question, undefined, parts);
    return done(values.json ? `${JSON.stringify(reportOf(summary))}\n` : reportMarkdown(summary));
  } finally {
    store.close();
  }
}
