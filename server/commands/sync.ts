import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { reasonOf } from "../../protocol/errors.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { exampleBatch } from "../sync/exampleBatch.ts";
import { textOf } from "../sync/freeze.ts";
import { nextBatches } from "../sync/nextBatches.ts";
import { refusedCommand } from "./refusedBatches.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

/**
 * `kept sync --dry-run`: the exact text that would leave; `--refused`: what a collector refused for good. It sends nothing:
 * that is for an editor that is open.
 */
export function syncCommand(
  args: readonly string[],
  {
    host,
    folder,
    openStore,
  }: { readonly host: Host; readonly folder: string; readonly openStore: () => Store },
): CommandResult {
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (thrown) {
    return badInput("kept sync", reasonOf(thrown));
  }
  const wanted = [values["dry-run"], values.refused].filter((each) => each === true).length;
  if (wanted !== 1)
    return badInput("kept sync", "expected --dry-run or --refused; editors send by themselves");
  if (values.delete && !values.refused) return badInput("kept sync", "--delete is of --refused alone");
  const store = openStore();
  try {
    if (values.refused) return refusedCommand(store, values);
    const run = dryRun(store, host, folder);
    return done(values.json ? `${JSON.stringify(run)}\n` : words(run));
  } finally {
    store.close();
  }
}

const options = {
  "dry-run": { type: "boolean" },
  refused: { type: "boolean" },
  delete: { type: "boolean" },
  json: { type: "boolean" },
} as const;

interface DryRun {
  /** Null where nobody agreed to send anything. */
  readonly endpoint: string | null;
  /** `sink`: a collector that is not Kept's. */
  readonly mode?: Consent["mode"];
  /** Frozen: these very bytes. */
  readonly batches: readonly unknown[];
  /** What waits for its day to end, as it would be frozen now; ids are made anew each time. */
  readonly waiting: readonly unknown[];
  /** Where nobody agreed: what agreeing would have let leave of a day, were every folder work. Null without anything recorded. */
  readonly example?: { readonly day: string; readonly batch: unknown } | null;
}

function dryRun(store: Store, host: Host, folder: string): DryRun {
  const { sync } = store;
  const consent = sync.readConsent();
  if (!consent) return { endpoint: null, batches: [], waiting: [], example: exampleOf(store, host) };
  const { endpoint, mode } = consent;
  return {
    ...{ endpoint, mode },
    batches: sync
      .readBatches()
      .filter(({ state }) => state === "waiting")
      .map((batch) => JSON.parse(textOf(batch)) as unknown),
    waiting: nextBatches(store, host, folder),
  };
}

function exampleOf(store: Store, host: Host): NonNullable<DryRun["example"]> | null {
  // A person that nobody is: the real one is made when somebody agrees.
  const person = { mode: "collector", org: host.uuid(), secret: randomBytes(32).toString("hex") } as const;
  const example = exampleBatch(store, host, person);
  return example ? { day: example.day, batch: JSON.parse(example.text) as unknown } : null;
}

function words({ endpoint, mode, batches, waiting, example }: DryRun): string {
  if (endpoint === null) {
    const nobody = "Nothing leaves this machine: nobody agreed to send anything.\n";
    return example
      ? `${nobody}\nAn example: had somebody agreed, this would have left of ${example.day}, were every folder work:\n\n${JSON.stringify(example.batch, null, 2)}\n`
      : nobody;
  }
  const list = (title: string, texts: readonly unknown[]) =>
    texts.length === 0
      ? ""
      : `\n${title}\n\n${texts.map((text) => JSON.stringify(text, null, 2)).join("\n")}\n`;
  const nothing = batches.length + waiting.length === 0 ? "\nNothing waits.\n" : "";
  return `To ${endpoint}\n${nothing}${list("Frozen, to leave next:", batches)}${list(`When its ${mode === "sink" ? "week" : "day"} is over:`, waiting)}`;
}
