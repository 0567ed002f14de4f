import { parseArgs } from "node:util";
import { addDays, localDay } from "../../core/day.ts";
import { exportFormatSchema, type ExportCursor } from "../../protocol/export.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { exportPart } from "../numbers/exportPart.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { exportTraces } from "./exportTraces.ts";
import type { RepositoryOptions } from "./notes.ts";
import { daysOf, mostDays } from "./period.ts";
import { badInput, failed, type CommandResult } from "./usage.ts";

/** Where a command writes as it goes; a file is there under its name only when it is complete. */
export interface Output {
  write(text: string): void;
  close(): void;
  discard(): void;
}

interface ExportOptions {
  readonly host: Host;
  readonly openStore: () => Store;
  /** Undefined for the standard output. */
  readonly openOutput: (file: string | undefined) => Output;
}

/** `kept export`: everything that is recorded, a part at a time. */
export function exportCommand(
  args: readonly string[],
  options: ExportOptions & RepositoryOptions,
): CommandResult | Promise<CommandResult> {
  let values: Readonly<Partial<Record<"format" | "period" | "out" | "repo", string | undefined>>>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        format: { type: "string" },
        period: { type: "string" },
        out: { type: "string" },
        repo: { type: "string" },
      },
    }));
  } catch (thrown) {
    return badInput("kept export", reasonOf(thrown));
  }
  if (values.format === "agent-trace") {
    if (values.period !== undefined) return badInput("--period", "a trace is of all commits that there are");
    return exportTraces({ repo: values.repo ?? ".", out: values.out }, options);
  }
  if (values.repo !== undefined) return badInput("--repo", "only --format agent-trace is of one repository");
  const format = exportFormatSchema.safeParse(values.format ?? "json");
  if (!format.success) return badInput("--format", "expected json, csv or agent-trace");
  const days = values.period === undefined ? null : daysOf(values.period);
  if (days === undefined) {
    return badInput("--period", `expected a number of days such as 30d, at most ${mostDays}d`);
  }
  const store = options.openStore();
  try {
    const from = days === null ? null : firstDayOf(days, options.host);
    return writeAll(store, { format: format.data, from }, values.out, options.openOutput);
  } finally {
    store.close();
  }
}

function writeAll(
  store: Store,
  question: Pick<Parameters<typeof exportPart>[1], "format" | "from">,
  file: string | undefined,
  openOutput: ExportOptions["openOutput"],
): CommandResult {
  let output: Output;
  try {
    output = openOutput(file);
  } catch (thrown) {
    return badInput(file ?? "the output", reasonOf(thrown));
  }
  let rows = 0;
  try {
    let cursor: ExportCursor | null = null;
    do {
      const part = exportPart(store, { ...question, cursor });
      output.write(part.text);
      rows += part.rows;
      cursor = part.next;
    } while (cursor);
    output.close();
  } catch (thrown) {
    output.discard();
    return failed(1, "request.failed", { reason: reasonOf(thrown) });
  }
  return { exitCode: 0, stdout: file === undefined ? "" : `Exported ${rows} rows to ${file}.\n`, stderr: "" };
}

function firstDayOf(days: number, host: Host): string {
  const at = host.now();
  return addDays(localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day, 1 - days);
}
