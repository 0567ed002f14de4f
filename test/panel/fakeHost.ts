import type { Page } from "playwright-core";
import type { Coach } from "../../protocol/coaching.ts";
import type { ToolHealth } from "../../protocol/connections.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { Problem, Reply } from "../../protocol/errors.ts";
import { answer, type Handlers } from "../../protocol/messages.ts";
import {
  requestsFromPanel,
  type NotificationToPanel,
  type PanelNotice,
  type PanelResult,
  type PanelState,
} from "../../protocol/panel.ts";
import type { EditsBehind, EditsQuestion } from "../../protocol/editsBehind.ts";
import type { TeamState } from "../../protocol/heeding.ts";
import type { Unread } from "../../protocol/seen.ts";
import type { Question, Summary } from "../../protocol/summary.ts";
import { someDigest } from "./digests.ts";
import { quietCoach } from "./coaches.ts";
import { notSharing, noTeam } from "./teams.ts";
import { someTools } from "./tools.ts";

const noon = Date.UTC(2026, 10, 20, 12);

/** The same file over and over, one that is gone, and one with a name that nobody should run. */
export const someEdits = [
  { uri: "file:///projects/shop/src/basket%20total.ts", lines: { first: 11, last: 18 }, strength: "exact" },
  { uri: "file:///projects/shop/src/orders.ts", lines: { first: 3, last: 3 }, strength: "matched" },
  { uri: "file:///projects/shop/%3Cimg%20src=x%20onerror=alert(1)%3E.ts", lines: null, strength: null },
].map((edit, index) => ({
  ...edit,
  origin: index === 2 ? { kind: "ai" } : { kind: "ai", tool: "claude-code" },
  id: `edit-${index}`,
  at: noon - index * 86_400_000,
  insertedChars: 120 * (index + 1),
  keptChars: 40 * index,
})) as EditsBehind["edits"];

/** Answers the panel as the extension would, from what a test sets. */
export class FakeHost {
  state: PanelState = { state: "running", store: "disk", problems: [] };
  summary: (question: Question) => Reply<Summary>;
  /** Answers to everything but `state` wait until this is settled. */
  gate: Promise<void> = Promise.resolve();
  commandProblem: Problem | undefined;
  unread: Unread = {
    files: [
      {
        uri: "file:///projects/shop/basket%20total.ts",
        lines: 9,
        ranges: [
          { firstLine: 11, lastLine: 18 },
          { firstLine: 40, lastLine: 40 },
        ],
      },
      { uri: "file:///projects/shop/%FF.ts", lines: 3, ranges: [{ firstLine: 0, lastLine: 2 }] },
    ],
  };
  edits: EditsBehind = { edits: someEdits };
  /** What comes after the place at which those go on. */
  moreEdits: EditsBehind = { edits: [] };
  readonly listed: EditsQuestion[] = [];
  coach: Coach = quietCoach;
  digest: Digest = someDigest;
  team: TeamState = noTeam;
  sharing: PanelResult<"sharing"> = notSharing;
  tools: readonly ToolHealth[] = someTools;
  readonly questions: Question[] = [];
  readonly commands: string[] = [];
  /** Messages that were no request. */
  malformed = 0;
  #page: Page | undefined;

  constructor(summaryOf: (question: Question) => Summary) {
    this.summary = (question) => ({ ok: true, value: summaryOf(question) });
  }

  async attach(page: Page): Promise<void> {
    this.#page = page;
    await page.exposeFunction("tellHost", async (message: unknown) => {
      const answered = await answer(requestsFromPanel, this.#handlers, message);
      if (answered) await this.post(answered);
      else this.malformed += 1;
    });
  }

  /** Posts whatever is given, agreed form or not. */
  async post(message: unknown): Promise<void> {
    await this.#page?.evaluate((value) => window.postMessage(value, "*"), message);
  }

  async notify<Method extends NotificationToPanel>(
    method: Method,
    params: PanelNotice<Method>,
  ): Promise<void> {
    await this.post({ type: "notice", method, params });
  }

  readonly #handlers: Handlers<typeof requestsFromPanel> = {
    state: () => Promise.resolve({ ok: true, value: this.state }),
    summary: async (question) => {
      this.questions.push(question);
      await this.gate;
      return this.summary(question);
    },
    edits: (question) => {
      this.listed.push(question);
      return Promise.resolve({ ok: true, value: question.after ? this.moreEdits : this.edits });
    },
    openEdit: ({ uri, firstLine }) => Promise.resolve(this.#did(`${uri} ${firstLine}`)),
    openCommit: ({ commit, folder }) => Promise.resolve(this.#did(`${commit} ${folder}`)),
    unread: () => Promise.resolve({ ok: true, value: this.unread }),
    coach: () => Promise.resolve({ ok: true, value: this.coach }),
    answerTip: (given) => {
      this.commands.push(Object.values(given).join(" "));
      return Promise.resolve({ ok: true, value: this.coach });
    },
    takeTip: ({ tip }) => Promise.resolve(this.#did(`take ${tip}`)),
    openUnread: ({ uri, firstLine }) => Promise.resolve(this.#did(`${uri} ${firstLine}`)),
    digest: () => Promise.resolve({ ok: true, value: this.digest }),
    team: () => Promise.resolve({ ok: true, value: this.team }),
    sharing: () => Promise.resolve({ ok: true, value: this.sharing }),
    markFolder: ({ folder, mark }) => Promise.resolve(this.#did(`mark ${folder} ${mark}`)),
    tools: () => Promise.resolve({ ok: true, value: { tools: [...this.tools] } }),
    connectTool: ({ tool }) => Promise.resolve(this.#did(`connect ${tool}`)),
    runCommand: ({ command }) => Promise.resolve(this.#did(command)),
    openSettings: () => Promise.resolve(this.#did("settings")),
  };

  #did(command: string): Reply<Record<never, never>> {
    this.commands.push(command);
    return this.commandProblem ? { ok: false, problem: this.commandProblem } : { ok: true, value: {} };
  }
}
