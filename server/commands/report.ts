import { parseArgs } from "node:util";
import { plainText } from "../../core/report/plainText.ts";
import { reportMarkdown, reportOf } from "../../core/report/report.ts";
import { reportHtml } from "../../core/report/reportHtml.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { FatesReader } from "../fate/fatesReader.ts";
import type { Host } from "../host.ts";
import { OthersReader } from "../ownFolder/otherMachines.ts";
import { readSummary } from "../numbers/readSummary.ts";
import type { Store } from "../store/store.ts";
import { daysOf, mostDays } from "./period.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

const fallbackDays = 30;
const mostBudgetUsd = 1_000_000;

/** `kept report`: the same numbers as the panel, from the same code. */
export async function reportCommand(
  args: readonly string[],
  {
    host,
    folder,
    openStore,
  }: { readonly host: Host; readonly folder: string; readonly openStore: () => Store },
): Promise<CommandResult> {
  let values: { period?: string; budget?: string; json?: boolean; html?: boolean; markdown?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        period: { type: "string" },
        budget: { type: "string" },
        json: { type: "boolean" },
        html: { type: "boolean" },
        markdown: { type: "boolean" },
      },
    }));
  } catch (thrown) {
    return badInput("kept report", reasonOf(thrown));
  }
  const days = values.period === undefined ? fallbackDays : daysOf(values.period);
  if (days === undefined) {
    return badInput("--period", `expected a number of days such as 30d, at most ${mostDays}d`);
  }
  const budgetUsd = values.budget === undefined ? undefined : Number(values.budget);
  if (budgetUsd !== undefined && !(budgetUsd >= 0 && budgetUsd <= mostBudgetUsd)) {
    return badInput("--budget", `expected US dollars for a month, from 0 to ${mostBudgetUsd}`);
  }
  const forms = [values.json, values.html, values.markdown].filter((form) => form === true);
  if (forms.length > 1)
    return badInput("kept report", "--json, --html and --markdown are three forms of it: take one");
  const store = openStore();
  try {
    const question = { days, scope: "all" } as const;
    const parts = { others: new OthersReader(), fates: new FatesReader(folder), isCompared: true, budgetUsd };
    const summary = await readSummary(store, host, question, undefined, parts);
    const tips = store.coaching.readTips();
    if (values.json) return done(`${JSON.stringify(reportOf(summary, tips))}\n`);
    if (values.html) return done(reportHtml(summary, tips));
    const markdown = reportMarkdown(summary, tips);
    return done(values.markdown ? markdown : plainText(markdown));
  } finally {
    store.close();
  }
}
