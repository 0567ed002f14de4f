import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { panelHandlers } from "../../extension/panelHandlers.ts";
import { answer } from "../../protocol/messages.ts";
import { requestsFromPanel, type PanelResult } from "../../protocol/panel.ts";
import { TestClient } from "../../test/support/wire/languageClient.ts";
import type { YearOfEdits } from "./store.ts";
import type { Asked } from "./watch.ts";

export interface AnswerTimes {
  /** Of the rows behind a number. */
  readonly isList: boolean;
  readonly name: string;
  /** Milliseconds, from the question to the whole answer, in the order in which it was asked. */
  readonly times: readonly number[];
  /** Of these the server's own processor time, a question, where the system tells: other programs do not lengthen it. */
  readonly processorMs: number | undefined;
  /** Of the answer. */
  readonly kilobytes: number;
}

const rounds = 15;
/** Of each of the many lists. */
const roundsOfLists = 5;
/** How far a list is read on. */
const pages = 100;

/** Asks the real server over its own protocol, what the panel asked, each as the extension passes it on. */
export async function askServer(
  { home, workspace }: YearOfEdits,
  questions: readonly Asked[],
): Promise<readonly AnswerTimes[]> {
  const client = await TestClient.start({
    ...{ home, userHome: path.join(home, "home"), folders: [pathToFileURL(workspace).href] },
    initializationOptions: {
      window: "11111111-1111-4111-8111-111111111111",
      settings: { editDays: 730, sumMonths: 25 },
    },
  });
  await client.until(() => client.statuses.length > 0, "the server runs");
  const handlers = panelHandlers(
    {
      state: { state: "running", store: "disk", problems: [] },
      ask: (method, params) => client.ask(method, params),
    },
    {
      run: () => Promise.resolve(),
      openEdit: () => Promise.resolve(),
      openCommit: () => Promise.resolve(),
    },
  );
  const answers: AnswerTimes[] = [];
  const ask = async (method: string, params: unknown) => {
    const began = performance.now();
    const answered = await answer(requestsFromPanel, handlers, { type: "ask", id: 1, method, params });
    const ms = performance.now() - began;
    if (!answered?.reply.ok) throw new Error(`${method}: ${JSON.stringify(answered)}`);
    return { ms, value: answered.reply.value };
  };
  for (const { method, params } of questions) {
    const times: number[] = [];
    const before = processorMs(client.processId);
    let kilobytes = 0;
    const often = method === "edits" ? roundsOfLists : rounds;
    for (let round = 0; round < often; round++) {
      const { ms, value } = await ask(method, params);
      times.push(ms);
      kilobytes = JSON.stringify(value).length / 1000;
    }
    const after = processorMs(client.processId);
    const each = before === undefined || after === undefined ? undefined : (after - before) / often;
    answers.push({
      isList: method === "edits",
      name: nameOf(method, params),
      times,
      processorMs: each,
      kilobytes,
    });
  }
  for (const order of ["newest", "leastLeft"] as const) {
    const whole = { question: { days: 90, scope: "all" }, origin: { kind: "ai" }, of: "kind", order };
    const times: number[] = [];
    let after: unknown;
    for (let page = 0; page < pages; page++) {
      const { ms, value } = await ask("edits", { ...whole, ...(after ? { after } : {}) });
      after = (value as PanelResult<"edits">).next;
      times.push(ms);
    }
    const name = `${pages} pages of all AI edits of 90 days, ${order}`;
    answers.push({ isList: false, name, times, processorMs: undefined, kilobytes: 0 });
  }
  await client.stop();
  return answers;
}

/** Short enough for a table: what is said in the question, without its punctuation. */
function nameOf(method: string, params: unknown): string {
  const said = JSON.stringify(params)
    .replace(/[{}"]/g, "")
    .replace(/question:|order:/g, "");
  return `${method} ${said}`.trim();
}

/** Linux alone tells it, in hundredths of a second. */
function processorMs(processId: number): number | undefined {
  const file = `/proc/${processId}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
