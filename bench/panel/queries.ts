import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Reply } from "../../protocol/errors.ts";
import type { PanelParams, PanelResult, RequestFromPanel } from "../../protocol/panel.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient } from "../../test/support/wire/languageClient.ts";
import { workspace } from "./store.ts";

type Asked = Extract<RequestFromPanel, "summary" | "edits" | "unread" | "coach">;

export interface Answered {
  readonly name: string;
  readonly method: Asked;
  readonly params: unknown;
  readonly value: unknown;
  /** Milliseconds, from the question to the whole answer, in the order in which it was asked. */
  readonly times: readonly number[];
  /** Of these the server's own processor time, a question, where the system tells: other programs do not lengthen it. */
  readonly processorMs: number | undefined;
}

const rounds = 9;

/** Everything the panel asks, of the real server over its own protocol. */
export async function askServer(home: string): Promise<readonly Answered[]> {
  const client = await TestClient.start({
    ...{ home, userHome: path.join(home, "home"), folders: [workspace] },
    initializationOptions: {
      window: "11111111-1111-4111-8111-111111111111",
      settings: { editDays: 730, sumMonths: 25 },
    },
  });
  await client.until(() => client.statuses.length > 0, "the server runs");
  const answers: Answered[] = [];
  const ask = async <Method extends Asked>(name: string, method: Method, params: PanelParams<Method>) => {
    const times: number[] = [];
    const before = processorMs(client.processId);
    let value: PanelResult<Method> | undefined;
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      // The window asks for the panel what came before, too.
      const asked = method === "summary" ? { ...params, isCompared: true } : params;
      const reply = await client.ask<Reply<PanelResult<Method>>>(`kept/${method}`, asked);
      times.push(performance.now() - began);
      if (!reply.ok) throw new Error(`${name}: ${reply.problem.code}`);
      value = reply.value;
    }
    const after = processorMs(client.processId);
    const each = before === undefined || after === undefined ? undefined : (after - before) / rounds;
    answers.push({ name, method, params, value, times, processorMs: each });
    return value!;
  };
  let month: Summary | undefined;
  for (const scope of ["workspace", "all"] as const) {
    for (const days of [30, 7, 90]) {
      const summary = await ask(`numbers of ${days} days, ${scope}`, "summary", { days, scope });
      if (days === 30) month = summary;
    }
  }
  const question = month!.question;
  for (const order of ["leastLeft", "newest"] as const) {
    const origin = { kind: "ai" } as const;
    await ask(`edits behind AI, ${order}`, "edits", { question, origin, of: "kind", order });
    const largest = month!.origins.find((row) => row.origin.kind === "ai")!.origin;
    await ask(`edits behind one tool, ${order}`, "edits", { question, origin: largest, of: "origin", order });
  }
  await ask("unread code", "unread", {});
  await ask("tips", "coach", {});
  await client.stop();
  return answers;
}

/** Linux alone tells it, in hundredths of a second. */
function processorMs(processId: number): number | undefined {
  const file = `/proc/${processId}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]!;
}
