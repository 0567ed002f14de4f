import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ToldBy } from "../../../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../../../core/tools/toolRecords.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { agents } from "../../../../server/agents/registry.ts";
import { RecordFile, type FileSink } from "../../../../server/agents/reading/recordFile.ts";
import { readHookPayload } from "../../../../server/hooks/payload.ts";
import type { DocumentForm } from "./documentForms.ts";
import type { HookForm } from "./hookForms.ts";
import type { LineForm } from "./lineForms.ts";
import type { MadeCall, Moment } from "./made.ts";

/** One way in which a tool tells of its edits, from what it leaves to what Kept's reader makes of that. */
export interface Voice {
  readonly by: ToldBy;
  /** The tool leaves what it leaves at such a moment. */
  leave(moment: Moment): void;
  /** What Kept reads that was not there the last time. */
  read(): readonly ToolEdit[];
  close(): void;
}

/** A tool calls its hooks. */
export class HookVoice implements Voice {
  readonly by = "hook";
  readonly #form: HookForm;
  #left: { readonly text: string; readonly at: number }[] = [];

  constructor(form: HookForm) {
    this.#form = form;
  }

  leave({ edit, at, outcome }: Moment): void {
    const payload =
      outcome === "proposed"
        ? this.#form.before?.(edit)
        : outcome === "applied"
          ? this.#form.after(edit)
          : undefined;
    // A hook is for editing tools alone, and is not called after what was refused or failed.
    if (payload) this.#left.push({ text: JSON.stringify(payload), at });
  }

  read(): readonly ToolEdit[] {
    const left = this.#left;
    this.#left = [];
    return left.flatMap(({ text, at }) => {
      const edits = readHookPayload(this.#form.calledAs, text, at);
      if (edits === undefined) throw new Error(`A payload of ${this.#form.calledAs} was not understood`);
      return edits;
    });
  }

  close(): void {
    this.#left = [];
  }
}

/** A tool keeps a record in a file, which is read as it grows. */
export abstract class FileVoice implements Voice {
  readonly by = "log";
  protected readonly path: string;
  readonly #agent: Agent;
  #file: RecordFile | undefined;

  constructor(agent: Agent, file: string) {
    this.#agent = agent;
    this.path = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  abstract leave(moment: Moment): void;

  read(): readonly ToolEdit[] {
    const edits: ToolEdit[] = [];
    const sink: FileSink = {
      request: () => undefined,
      edit: (edit) => edits.push(edit),
      problem: (line, reason) => {
        if (reason.startsWith("ENOENT")) return;
        throw new Error(`A record of ${this.#agent.title} was not understood: ${line}: ${reason}`);
      },
    };
    this.#file ??= new RecordFile(this.path, this.#agent, { databases: { nativeBinding: undefined } });
    this.#file.read(sink);
    return edits;
  }

  close(): void {
    this.#file = undefined;
  }
}

const agentOf = (tool: string) => agents.find((agent) => agent.tool === tool)!;

export class LineVoice extends FileVoice {
  readonly #form: LineForm;
  #isStarted = false;

  constructor(form: LineForm, folder: string) {
    super(agentOf(form.tool), path.join(folder, form.file));
    this.#form = form;
  }

  leave(moment: Moment): void {
    const { edit, at } = moment;
    const start = this.#isStarted ? [] : (this.#form.start?.(edit.session, at) ?? []);
    const lines = [...start, ...this.#form.lines(moment)];
    if (lines.length === 0) return;
    this.#isStarted = true;
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    appendFileSync(this.path, texts.map((text) => `${text}\n`).join(""));
    utimesSync(this.path, at / 1000, at / 1000);
  }
}

export class DocumentVoice extends FileVoice {
  readonly #form: DocumentForm;
  readonly #calls = new Map<string, MadeCall>();

  constructor(form: DocumentForm, folder: string) {
    super(form.agent ?? agentOf(form.tool), path.join(folder, form.file));
    this.#form = form;
  }

  leave({ edit, at, outcome }: Moment): void {
    this.#calls.set(edit.call, { edit, at: this.#calls.get(edit.call)?.at ?? at, outcome });
    const document = this.#form.document(edit.session, [...this.#calls.values()]);
    writeFileSync(this.path, JSON.stringify(document));
    utimesSync(this.path, at / 1000, at / 1000);
  }
}
