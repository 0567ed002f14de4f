import { seededRandom } from "../../../core/seededRandom.ts";
import type { ToolEdit } from "../../../core/tools/toolRecords.ts";
import type { MadeAgent } from "./madeAgent.ts";
import type { MadeBy, MadeEdit } from "./telling/made.ts";
import type { Voice } from "./telling/voices.ts";
import { Workplace, type Truth, type WorkFile } from "./workplace.ts";

interface Plan {
  readonly madeBy: MadeBy;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  /** Lines that come in elsewhere, behind the passage, where the whole file is written at once. */
  readonly more: { readonly start: number; readonly text: string } | undefined;
}

export interface WorldOptions {
  readonly seed: number;
  readonly agents: readonly MadeAgent[];
  /** What becomes of a record before Kept is told of it; what a corpus is worth shows where that is something wrong. */
  readonly spoil?: (record: ToolEdit, workplace: Workplace, random: () => number) => ToolEdit;
}

/** A day at work with people, agents and other programs in a few files, and who wrote each character of them. */
export class World {
  readonly place = new Workplace();
  readonly #agents: readonly MadeAgent[];
  readonly #spoil: NonNullable<WorldOptions["spoil"]>;
  readonly #random: () => number;
  #looks: { readonly at: number; readonly voice: Voice }[] = [];
  #numbers = 0;

  constructor({ seed, agents, spoil = (record) => record }: WorldOptions) {
    this.#agents = agents;
    this.#spoil = spoil;
    this.#random = seededRandom(seed);
  }

  live(steps: number): void {
    for (let step = 0; step < steps; step++) {
      this.#pass(this.#upTo(20_000) + 200);
      this.#pick([
        () => this.#type(),
        () => this.#type(),
        () => this.#paste(),
        () => this.#agentEdits(),
        () => this.#agentEdits(),
        () => this.#agentEdits(),
        () => this.#agentMakesAFile(),
        () => this.#agentIsRefused(),
        () => this.#agentsTogether(),
        () => this.#agentsAndAnotherTogether(),
        () => this.#agentThroughTheEditor(),
        () => this.#otherProgram(),
        () => this.#toggle(),
      ])();
    }
    this.#pass(60 * 60_000);
  }

  #upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<Thing>(things: readonly Thing[]): Thing {
    return things[this.#upTo(things.length)]!;
  }

  /** Time goes by, and Kept reads what tools left. */
  #pass(ms: number): void {
    const { place } = this;
    const until = place.now + ms;
    for (;;) {
      const [next] = this.#looks.toSorted((one, other) => one.at - other.at);
      if (!next || next.at > until) break;
      this.#looks = this.#looks.filter((each) => each !== next);
      place.now = Math.max(place.now, next.at);
      this.#look(next.voice);
    }
    place.now = until;
    place.commit();
  }

  #toggle(): void {
    const file = this.#pick(this.place.files);
    if (file.version === undefined) this.place.open(file);
    else this.place.close(file);
  }

  #openFile(): WorkFile {
    const open = this.place.files.filter(({ version }) => version !== undefined);
    if (open.length > 0) return this.#pick(open);
    this.#toggle();
    return this.#openFile();
  }

  #newLines(): string {
    const count = 1 + this.#upTo(4);
    return Array.from({ length: count }, () => `  ${this.#word()}(${this.#word()});\n`).join("");
  }

  /** No two are alike, so that no word can be taken for one that was there. */
  #word(): string {
    return Array.from({ length: 8 }, () => "abcdefghijklmnopqrstuvwxyz"[this.#upTo(26)]).join("");
  }

  /** Where a line begins. */
  #lineStart(file: WorkFile): number {
    const starts = [0, ...[...file.text.matchAll(/\n/g)].map(({ index }) => index + 1)].slice(0, -1);
    return this.#pick(starts);
  }

  #type(): void {
    const file = this.#openFile();
    let at = this.#lineStart(file);
    for (const key of `${this.#word()};`) {
      this.place.change(file, at, at, key, {});
      this.place.put(file, at, at, key, "human");
      at++;
      this.place.now += 120;
    }
  }

  #paste(): void {
    const file = this.#openFile();
    const at = this.#lineStart(file);
    const text = this.#newLines();
    this.place.change(file, at, at, text, { pending: ["paste"] });
    this.place.put(file, at, at, text, "human");
  }

  #otherProgram(): void {
    const file = this.#pick(this.place.files);
    this.place.writeToDisk(file, () => this.#putSomewhere(file, this.#newLines(), "external"));
  }

  #putSomewhere(file: WorkFile, text: string, who: Truth): void {
    const at = this.#lineStart(file);
    this.place.put(file, at, at, text, who);
  }

  /** What an agent does to a file; undefined where its passage stands twice: then these agents cannot. */
  #planned(agent: MadeAgent, file: WorkFile): Plan | undefined {
    const madeBy = this.#pick(agent.ways);
    const start = this.#lineStart(file);
    const end = file.text.indexOf("\n", start) + 1;
    const before = file.text.slice(start, end);
    const added = this.#upTo(3) === 0 ? this.#newLines() : before + this.#newLines();
    if (file.text.split(before).length !== 2) return undefined;
    const next = file.text.indexOf("\n", end) + 1;
    const more = this.#upTo(2) > 0 && next > end ? { start: next, text: this.#newLines() } : undefined;
    // By a command that puts one line in the place of another.
    const after = madeBy === "shell" && !more ? `${added.trimEnd().split("\n").at(-1)!}\n` : added;
    return { madeBy, start, end, before, after, more: isWhole(madeBy) ? more : undefined };
  }

  #edit(agent: MadeAgent, file: WorkFile, plan: Plan): MadeEdit {
    const { madeBy, start, end, before, after, more } = plan;
    const rest = more
      ? file.text.slice(end, more.start) + more.text + file.text.slice(more.start)
      : file.text.slice(end);
    const textAfter = file.text.slice(0, start) + after + rest;
    return this.#called(agent, { path: file.path, before, after, textBefore: file.text, textAfter, madeBy });
  }

  #called(agent: MadeAgent, edit: Omit<MadeEdit, "call" | "session">): MadeEdit {
    return { call: `call-${++this.#numbers}`, session: agent.session, ...edit };
  }

  /** It says before that it will and after how it went, in each of its ways or not. Some is read at once, all of it later. */
  #make(
    agent: MadeAgent,
    edit: MadeEdit,
    outcome: "applied" | "rejected" | "failed",
    write: () => void,
  ): void {
    const telling = agent.voices.filter(({ by }) => (by === "hook" ? this.#upTo(4) : this.#upTo(10)) > 0);
    const { place } = this;
    for (const voice of telling) {
      voice.leave({ edit, at: place.now, outcome: "proposed" });
      if (this.#upTo(2) === 0) this.#look(voice);
    }
    place.now += 30;
    write();
    for (const voice of telling) {
      voice.leave({ edit, at: place.now, outcome });
      const after = voice.by === "hook" ? 20 + this.#upTo(480) : 500 + this.#upTo(5000);
      this.#looks.push({ at: place.now + after, voice });
    }
  }

  #look(voice: Voice): void {
    for (const record of voice.read())
      this.place.ledger.tell(
        [`file://${record.path}`],
        this.#spoil(record, this.place, this.#random),
        voice.by,
      );
    this.place.commit();
  }

  #agentEdits(): void {
    const agent = this.#pick(this.#agents);
    const file = this.#pick(this.place.files);
    const plan = this.#planned(agent, file);
    if (!plan) return;
    this.#make(agent, this.#edit(agent, file, plan), "applied", () =>
      this.place.writeToDisk(file, () => this.#replace(file, plan, agent.tool)),
    );
    // A formatter of the project's sets another blank line.
    if (this.#upTo(6) > 0) return;
    this.place.now += 300;
    const at = plan.start + plan.after.length;
    this.place.writeToDisk(file, () => this.place.put(file, at, at, "\n", "tooling"));
  }

  #agentMakesAFile(): void {
    const agent = this.#pick(this.#agents);
    if (!agent.ways.some((way) => way !== "unsaid")) return;
    const text = this.#newLines() + this.#newLines();
    const path = `/work/made${++this.#numbers}.ts`;
    const madeBy: MadeBy = agent.ways.includes("patch") && this.#upTo(2) === 0 ? "patch" : "new";
    const texts = { before: "", after: text, textBefore: undefined, textAfter: text };
    const edit = this.#called(agent, { path, madeBy, ...texts });
    this.#make(agent, edit, "applied", () => {
      this.place.put(this.place.add(path), 0, 0, text, agent.tool);
    });
  }

  #replace(file: WorkFile, { start, end, before, after, more }: Plan, who: Truth): void {
    if (more) this.place.put(file, more.start, more.start, more.text, who);
    const kept = after.startsWith(before) ? before.length : 0;
    this.place.put(file, start + kept, end, after.slice(kept), who);
  }

  #agentIsRefused(): void {
    const agent = this.#pick(this.#agents);
    const file = this.#pick(this.place.files);
    const plan = this.#planned(agent, file);
    if (!plan) return;
    const outcome = this.#pick(["rejected", "failed"] as const);
    this.#make(agent, this.#edit(agent, file, plan), outcome, () => undefined);
  }

  /** Several agents write the same file, and the editor reads it again only then. */
  #agentsTogether(): void {
    const file = this.#pick(this.place.files);
    this.place.writeToDisk(file, () => {
      for (const agent of this.#agents) this.#writeInTurn(agent, file);
    });
  }

  /** As above, and another program writes to it as well: before, between or after them, sometimes into what they wrote. */
  #agentsAndAnotherTogether(): void {
    const file = this.#pick(this.place.files);
    this.place.writeToDisk(file, () => {
      const when = this.#upTo(this.#agents.length + 1);
      for (const [index, agent] of [...this.#agents, undefined].entries()) {
        if (index === when) this.#putSomewhere(file, this.#newLines(), "external");
        if (agent) this.#writeInTurn(agent, file);
      }
    });
  }

  #writeInTurn(agent: MadeAgent, file: WorkFile): void {
    const plan = this.#planned(agent, file);
    if (!plan) return;
    this.#make(agent, this.#edit(agent, file, plan), "applied", () => this.#replace(file, plan, agent.tool));
  }

  /** An agent of the editor's streams into an open document, and the editor gives no account of it. */
  #agentThroughTheEditor(): void {
    const agent = this.#pick(this.#agents);
    const file = this.#openFile();
    const plan = this.#planned(agent, file);
    if (!plan?.after.startsWith(plan.before) || plan.more) return;
    const added = plan.after.slice(plan.before.length);
    this.#make(agent, this.#edit(agent, file, plan), "applied", () => {
      let at = plan.end;
      for (const part of added.match(/[^]{1,25}/g)!) {
        this.place.change(file, at, at, part, { active: false });
        this.place.put(file, at, at, part, agent.tool);
        at += part.length;
        this.place.now += 150;
      }
    });
  }
}

function isWhole(madeBy: MadeBy): boolean {
  return madeBy === "whole" || madeBy === "shell";
}
