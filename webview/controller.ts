import type { Coach, TipAnswer } from "../protocol/coaching.ts";
import type { CommandId } from "../protocol/commandIds.ts";
import type { Reply } from "../protocol/errors.ts";
import type { EditsBehind } from "../protocol/editsBehind.ts";
import type { PanelParams } from "../protocol/panel.ts";
import type { Passage } from "../protocol/seen.ts";
import type { Bridge } from "./bridge.ts";
import type { Remembered, ViewId } from "./memory.ts";
import {
  isGoneOn,
  reduce,
  remembered,
  sameQuestion,
  startingModel,
  type Moment,
  type PanelEvent,
  type PanelModel,
} from "./state.ts";

/** What the controller needs of the page it runs in. */
export interface Surroundings {
  startTimer(afterMs: number, run: () => void): () => void;
  now(): Moment;
  /** Whether anybody can see the panel. */
  isVisible(): boolean;
  remember(value: Remembered): void;
}

/** What a person does in the panel. */
export type Act =
  | Extract<
      PanelEvent,
      {
        type:
          "viewChosen" | "periodChosen" | "scopeChosen" | "tableToggled" | "behindOpened" | "behindClosed";
      }
    >
  | { readonly type: "tryAgain" }
  | { readonly type: "moreBehind" }
  | { readonly type: "openSettings" }
  | { readonly type: "openEdit"; readonly place: PanelParams<"openEdit"> }
  | { readonly type: "openCommit"; readonly place: PanelParams<"openCommit"> }
  | { readonly type: "openUnread"; readonly passage: Passage }
  | { readonly type: "answerTip"; readonly answer: TipAnswer }
  | { readonly type: "takeTip"; readonly tip: string }
  | { readonly type: "markFolder"; readonly mark: PanelParams<"markFolder"> }
  | { readonly type: "connectTool"; readonly tool: string }
  | { readonly type: "runCommand"; readonly command: CommandId };

/** Notices that the numbers changed come with every edit; asking again for each would only warm the machine. */
const restMs = 1000;
/** Advice is worked out anew no more often than that while numbers change. */
const coachRestMs = { inView: 5_000, elsewhere: 60_000 };

const showsCoach: readonly ViewId[] = ["today", "coach", "team"];

/** Keeps the model up to date: asks the host, passes on what a person does, and tells whoever draws. */
export class Controller {
  readonly #bridge: Bridge;
  readonly #surroundings: Surroundings;
  readonly #draw = new Set<() => void>();
  #model: PanelModel;
  #stale = false;
  #resting = false;
  #coachRests = false;

  constructor(bridge: Bridge, surroundings: Surroundings, start: Remembered) {
    this.#bridge = bridge;
    this.#surroundings = surroundings;
    this.#model = startingModel(start);
  }

  get model(): PanelModel {
    return this.#model;
  }

  onChange(draw: () => void): () => void {
    this.#draw.add(draw);
    return () => this.#draw.delete(draw);
  }

  async start(): Promise<void> {
    this.#bridge.on("state", (host) => void this.#takeHost(host));
    this.#bridge.on("changed", () => {
      this.#stale = true;
      void this.#fetchIfStale();
    });
    await this.#askHost();
  }

  /** The panel came into view: what changed meanwhile is fetched now. */
  async shown(): Promise<void> {
    await this.#fetchIfStale();
  }

  async act(act: Act): Promise<void> {
    switch (act.type) {
      case "runCommand":
        return this.#run(act.command);
      case "openSettings":
        return this.#openSettings();
      case "openEdit":
        return this.#openEdit(act.place);
      case "openCommit":
        return void (await this.#bridge.ask("openCommit", act.place));
      case "openUnread":
        return void (await this.#bridge.ask("openUnread", act.passage));
      case "answerTip":
        return this.#takeCoach(await this.#bridge.ask("answerTip", act.answer));
      case "takeTip":
        await this.#bridge.ask("takeTip", { tip: act.tip });
        return this.#fetchCoach();
      case "markFolder":
        return this.#mark(act.mark);
      case "connectTool":
        await this.#bridge.ask("connectTool", { tool: act.tool });
        return this.#fetchTools();
      case "tryAgain":
        return this.#askHost();
      case "moreBehind":
        return this.#fetchEdits(this.#model.edits?.next);
      default:
        return this.#choose(act);
    }
  }

  async #choose(event: PanelEvent): Promise<void> {
    const before = this.#model.question;
    this.#apply(event);
    this.#surroundings.remember(remembered(this.#model));
    if (!sameQuestion(before, this.#model.question)) await this.#fetch();
    else if (event.type === "behindOpened") await this.#fetchEdits();
    if (event.type === "viewChosen") await this.#fetchOfView();
  }

  async #askHost(): Promise<void> {
    const reply = await this.#bridge.ask("state", {});
    if (reply.ok) await this.#takeHost(reply.value, true);
    else this.#apply({ type: "requestFailed", problem: reply.problem });
  }

  async #takeHost(host: NonNullable<PanelModel["host"]>, ask = false): Promise<void> {
    const ranBefore = this.#model.host?.state === "running";
    this.#apply({ type: "hostChanged", host });
    if (host.state === "running" && (ask || !ranBefore)) await this.#fetch();
  }

  async #fetchIfStale(): Promise<void> {
    if (!this.#stale || this.#resting || !this.#surroundings.isVisible()) return;
    await this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#model.host?.state !== "running") return;
    this.#stale = false;
    this.#rest();
    const { question } = this.#model;
    const reply = await this.#bridge.ask("summary", question);
    if (reply.ok) {
      this.#apply({ type: "summaryCame", summary: reply.value, moment: this.#surroundings.now() });
      // The numbers do not wait for it, and stand without it.
      const unread = await this.#bridge.ask("unread", {});
      if (unread.ok) this.#apply({ type: "unreadCame", unread: unread.value });
      // Whoever went on in a list keeps it as it was read.
      if (!isGoneOn(this.#model)) await this.#fetchEdits();
      await this.#fetchOfView(this.#coachRests);
    } else if (sameQuestion(question, this.#model.question)) {
      this.#apply({ type: "requestFailed", problem: reply.problem });
    }
  }

  async #fetchEdits(after?: EditsBehind["next"]): Promise<void> {
    const { behind, question, host } = this.#model;
    if (!behind || host?.state !== "running") return;
    const reply = await this.#bridge.ask("edits", { question, ...behind, ...(after ? { after } : {}) });
    if (reply.ok) this.#apply({ type: "editsCame", behind, edits: reply.value, ...(after ? { after } : {}) });
    else this.#apply({ type: "requestFailed", problem: reply.problem });
  }

  /** Configurations of tools are files: they are looked at for who looks at them. */
  async #fetchTools(): Promise<void> {
    if (this.#model.view !== "data" || this.#model.host?.state !== "running") return;
    const reply = await this.#bridge.ask("tools", {});
    if (reply.ok) this.#apply({ type: "toolsCame", tools: reply.value.tools });
  }

  /** A document that is no longer there is said; one that opens needs no word. */
  async #openEdit(place: PanelParams<"openEdit">): Promise<void> {
    const reply = await this.#bridge.ask("openEdit", place);
    if (!reply.ok)
      this.#apply({ type: "commandDone", done: { command: "openEdit", problem: reply.problem } });
  }

  async #fetchCoach(): Promise<void> {
    if (this.#model.host?.state !== "running") return;
    this.#coachRests = true;
    const rest = this.#model.view === "coach" ? coachRestMs.inView : coachRestMs.elsewhere;
    this.#surroundings.startTimer(rest, () => (this.#coachRests = false));
    this.#takeCoach(await this.#bridge.ask("coach", {}));
    await this.#noteSeen();
  }

  /** What one view alone shows is asked for when it is looked at. */
  async #fetchOfView(withoutCoach = false): Promise<void> {
    const { view, host } = this.#model;
    if (host?.state !== "running") return;
    if (view === "team") {
      const reply = await this.#bridge.ask("team", {});
      if (reply.ok) this.#apply({ type: "teamCame", team: reply.value });
    }
    if (view === "data") {
      const reply = await this.#bridge.ask("sharing", {});
      if (reply.ok) this.#apply({ type: "sharingCame", sharing: reply.value });
      await this.#fetchTools();
    }
    if (view === "coach") await this.#fetchDigest();
    // Advice takes the longest to work out: what does not show it does not ask, and nothing else waits for it.
    if (!withoutCoach && showsCoach.includes(view)) await this.#fetchCoach();
    // So that the view of advice need not wait for it when it is chosen.
    if (view === "today" && this.#model.digest === undefined) await this.#fetchDigest();
  }

  async #fetchDigest(): Promise<void> {
    const reply = await this.#bridge.ask("digest", {});
    if (reply.ok) this.#apply({ type: "digestCame", digest: reply.value });
  }

  async #mark(mark: PanelParams<"markFolder">): Promise<void> {
    const reply = await this.#bridge.ask("markFolder", mark);
    if (!reply.ok) {
      this.#apply({ type: "commandDone", done: { command: "markFolder", problem: reply.problem } });
    }
    await this.#fetchOfView(true);
  }

  #takeCoach(reply: Reply<Coach>): void {
    if (reply.ok) this.#apply({ type: "coachCame", coach: reply.value });
  }

  /** A tip that is on screen was seen. */
  async #noteSeen(): Promise<void> {
    const { coach, view } = this.#model;
    const tips = [coach?.tip, ...(view === "coach" ? (coach?.waiting ?? []) : [])];
    if ((view !== "coach" && view !== "today") || !this.#surroundings.isVisible()) return;
    for (const tip of tips) {
      if (tip?.state !== "new") continue;
      this.#takeCoach(await this.#bridge.ask("answerTip", { answer: "seen", tip: tip.id }));
    }
  }

  #rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#surroundings.startTimer(restMs, () => {
      this.#resting = false;
      void this.#fetchIfStale();
    });
  }

  async #run(command: CommandId): Promise<void> {
    const reply = await this.#bridge.ask("runCommand", { command });
    const problem = reply.ok ? undefined : reply.problem;
    this.#apply({ type: "commandDone", done: { command, problem } });
  }

  async #openSettings(): Promise<void> {
    const reply = await this.#bridge.ask("openSettings", {});
    const problem = reply.ok ? undefined : reply.problem;
    this.#apply({ type: "commandDone", done: { command: "settings", problem } });
  }

  #apply(event: PanelEvent): void {
    const before = this.#model;
    this.#model = reduce(before, event);
    if (this.#model === before) return;
    for (const draw of this.#draw) draw();
  }
}
