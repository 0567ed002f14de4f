import { seededRandom } from "../../../core/seededRandom.ts";
import type { ToldBy } from "../../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../../core/tools/toolRecords.ts";
import type { Observation } from "../../../protocol/observation.ts";
import { noGit } from "../../../server/gitView.ts";
import { Ledger } from "../../../server/edits/ledger.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import { plainHashes } from "../../unit/server/desk.ts";

/** Who really wrote a character. */
export type Truth = "claude-code" | "codex" | "human" | "external" | "tooling" | "before";

interface File {
  readonly uri: string;
  readonly path: string;
  text: string;
  /** One for each code unit. */
  truth: Truth[];
  /** Undefined while it is closed. */
  version: number | undefined;
}

interface Waiting {
  readonly at: number;
  readonly record: ToolEdit;
  readonly by: ToldBy;
}

interface Plan {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** One that hooks and keeps a log, one that keeps a log alone. */
const agents = ["claude-code", "codex"] as const;

/** A day at work with people, agents and other programs in a few files, and who wrote each character of them. */
export class World {
  now = Date.UTC(2026, 0, 5, 9);
  readonly ledger: Ledger;
  readonly files: File[];
  readonly #random: () => number;
  #waiting: Waiting[] = [];
  #sequence = 0;
  #ids = 0;
  #words = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    const store = new MemoryStore({ now: () => this.now, problems: [] });
    this.files = Array.from({ length: 5 }, (_, index): File => {
      const text = Array.from({ length: 12 }, (_, line) => `const first${index}_${line} = ${line};\n`).join(
        "",
      );
      const path = `/work/file${index}.ts`;
      return { uri: `file://${path}`, path, text, truth: [...text].map(() => "before"), version: undefined };
    });
    this.ledger = new Ledger({
      window: "window",
      store,
      now: () => this.now,
      utcOffsetMinutes: () => 0,
      uuid: () => `edit-${++this.#ids}`,
      hashes: plainHashes,
      git: noGit,
      readFile: (uri) => {
        const file = this.files.find((each) => each.uri === uri);
        return file ? { text: file.text } : "missing";
      },
      workspaceOf: () => "file:///work",
    });
    this.#commit = () => void this.ledger.commit((batch) => store.write(batch));
  }

  readonly #commit: () => void;

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

  /** Whose Kept says that each character is. */
  attributed(file: File): { readonly kind: string; readonly tool: string | null; readonly source: string }[] {
    if (file.version === undefined) this.#open(file);
    const { spans } = this.ledger.look(file.uri)!;
    return spans.runs().flatMap(({ owner, length }) => {
      const edit = owner === undefined ? undefined : this.ledger.readEdit(owner);
      const { kind, tool } = edit?.origin ?? { kind: "unknown", tool: null };
      const source = edit?.evidence.some((each) => each.source === "hook") ? "hook" : "log";
      return Array.from({ length }, () => ({ kind, tool, source }));
    });
  }

  #upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<Thing>(things: readonly Thing[]): Thing {
    return things[this.#upTo(things.length)]!;
  }

  /** Time goes by, and what tools have to say comes in. */
  #pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const [next] = this.#waiting.toSorted((one, other) => one.at - other.at);
      if (!next || next.at > until) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.now = Math.max(this.now, next.at);
      this.ledger.tell([`file://${next.record.path}`], next.record, next.by);
      this.#commit();
    }
    this.now = until;
    this.#commit();
  }

  #toggle(): void {
    const file = this.#pick(this.files);
    if (file.version === undefined) this.#open(file);
    else {
      this.ledger.close(file.uri);
      file.version = undefined;
    }
  }

  #open(file: File): void {
    file.version = 1;
    this.#ids++;
    this.ledger.opening(file.uri, this.#ids);
    this.#sessions.set(file.uri, this.#ids);
    this.ledger.open({ uri: file.uri, languageId: "typescript", version: 1, text: file.text });
  }

  readonly #sessions = new Map<string, number>();

  #openFile(): File {
    const open = this.files.filter(({ version }) => version !== undefined);
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
  #lineStart(file: File): number {
    const starts = [0, ...[...file.text.matchAll(/\n/g)].map(({ index }) => index + 1)].slice(0, -1);
    return this.#pick(starts);
  }

  #put(file: File, start: number, end: number, text: string, who: Truth): void {
    file.text = file.text.slice(0, start) + text + file.text.slice(end);
    file.truth.splice(start, end - start, ...Array.from({ length: text.length }, () => who));
  }

  #change(file: File, start: number, end: number, text: string, known: Partial<Observation>): void {
    const before = file.text;
    const at = (offset: number) => {
      const lines = before.slice(0, offset).split("\n");
      return { line: lines.length - 1, character: lines.at(-1)!.length };
    };
    file.version!++;
    this.ledger.observe({
      sequence: ++this.#sequence,
      uri: file.uri,
      languageId: "typescript",
      session: this.#sessions.get(file.uri)!,
      version: file.version!,
      at: this.now,
      utcOffsetMinutes: 0,
      changes: [{ offset: start, deletedLength: end - start, insertedLength: text.length }],
      reloaded: false,
      focused: true,
      active: true,
      carets: 1,
      pending: [],
      ...known,
    });
    const range = { start: at(start), end: at(end) };
    this.ledger.change({ uri: file.uri, version: file.version!, contentChanges: [{ range, text }] });
  }

  /** Another program wrote the file; an editor that has it open reads it again. */
  #writeToDisk(file: File, write: () => void): void {
    const before = file.text;
    write();
    if (file.version === undefined || before === file.text) return;
    const after = file.text;
    file.text = before;
    this.#change(file, 0, before.length, after, { reloaded: true });
    file.text = after;
  }

  #type(): void {
    const file = this.#openFile();
    let at = this.#lineStart(file);
    for (const key of `${this.#word()};`) {
      this.#change(file, at, at, key, {});
      this.#put(file, at, at, key, "human");
      at++;
      this.now += 120;
    }
  }

  #paste(): void {
    const file = this.#openFile();
    const at = this.#lineStart(file);
    const text = this.#newLines();
    this.#change(file, at, at, text, { pending: ["paste"] });
    this.#put(file, at, at, text, "human");
  }

  #otherProgram(): void {
    const file = this.#pick(this.files);
    const at = this.#lineStart(file);
    this.#writeToDisk(file, () => this.#put(file, at, at, this.#newLines(), "external"));
  }

  /** What an agent does to a file, with what it replaces told as it tells it. */
  #planned(file: File): Plan {
    const start = this.#lineStart(file);
    const end = file.text.indexOf("\n", start) + 1;
    const before = file.text.slice(start, end);
    return { start, end, before, after: this.#upTo(3) === 0 ? this.#newLines() : before + this.#newLines() };
  }

  #record(tool: Truth, file: File, { before, after }: { before: string; after: string }): ToolEdit {
    return {
      tool,
      mode: "agent",
      model: undefined,
      session: `session of ${tool}`,
      call: `call-${++this.#words}`,
      at: this.now,
      path: file.path,
      text: { kind: "pieces", pieces: [{ before, after }] },
      outcome: "applied",
    };
  }

  /** A hook before and after it, some time or never, and a log later. */
  #announce(record: ToolEdit): void {
    const hooks = record.tool === "claude-code" && this.#upTo(4) > 0;
    if (hooks) this.ledger.tell([`file://${record.path}`], { ...record, outcome: "proposed" }, "hook");
    if (hooks) this.#waiting.push({ at: this.now + 50 + this.#upTo(400), record, by: "hook" });
    const logged = { ...record, model: "a-model" };
    if (this.#upTo(10) > 0)
      this.#waiting.push({ at: this.now + 500 + this.#upTo(5000), record: logged, by: "log" });
  }

  #agentEdits(): void {
    const tool = this.#pick(agents);
    const file = this.#pick(this.files);
    const plan = this.#planned(file);
    // An edit whose passage stands twice cannot be made by these agents.
    if (file.text.split(plan.before).length !== 2) return;
    this.#announce(this.#record(tool, file, plan));
    this.now += 30;
    this.#writeToDisk(file, () => this.#replace(file, plan, tool));
    // A formatter of the project's sets another blank line.
    if (this.#upTo(6) > 0) return;
    this.now += 300;
    const at = plan.start + plan.after.length;
    this.#writeToDisk(file, () => this.#put(file, at, at, "\n", "tooling"));
  }

  #replace(file: File, { start, end, before, after }: Plan, who: Truth): void {
    const kept = after.startsWith(before) ? before.length : 0;
    this.#put(file, start + kept, end, after.slice(kept), who);
  }

  #agentIsRefused(): void {
    const tool = this.#pick(agents);
    const file = this.#pick(this.files);
    const record = this.#record(tool, file, this.#planned(file));
    this.ledger.tell([file.uri], { ...record, outcome: "proposed" }, "hook");
    this.#waiting.push({ at: this.now + 2000, record: { ...record, outcome: "rejected" }, by: "log" });
  }

  /** Two agents write the same file, and the editor reads it again only then. */
  #agentsTogether(): void {
    const file = this.#pick(this.files);
    this.#writeToDisk(file, () => {
      for (const tool of agents) {
        const plan = this.#planned(file);
        if (file.text.split(plan.before).length !== 2) continue;
        this.#announce(this.#record(tool, file, plan));
        this.#replace(file, plan, tool);
        this.now += 20;
      }
    });
  }

  /** As above, and another program writes to it as well: before, between or after them, sometimes into what they wrote. */
  #agentsAndAnotherTogether(): void {
    const file = this.#pick(this.files);
    this.#writeToDisk(file, () => {
      const when = this.#upTo(3);
      for (const [index, tool] of [...agents, undefined].entries()) {
        if (index === when) {
          const at = this.#lineStart(file);
          this.#put(file, at, at, this.#newLines(), "external");
        }
        const plan = this.#planned(file);
        if (tool === undefined || file.text.split(plan.before).length !== 2) continue;
        this.#announce(this.#record(tool, file, plan));
        this.#replace(file, plan, tool);
        this.now += 20;
      }
    });
  }

  /** An agent of the editor's streams into an open document, and the editor gives no account of it. */
  #agentThroughTheEditor(): void {
    const file = this.#openFile();
    const plan = this.#planned(file);
    if (file.text.split(plan.before).length !== 2 || !plan.after.startsWith(plan.before)) return;
    const added = plan.after.slice(plan.before.length);
    this.#announce(this.#record("claude-code", file, plan));
    let at = plan.end;
    for (const part of added.match(/[^]{1,25}/g)!) {
      this.#change(file, at, at, part, { active: false });
      this.#put(file, at, at, part, "claude-code");
      at += part.length;
      this.now += 150;
    }
  }
}
