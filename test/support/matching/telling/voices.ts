import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import type Database from "better-sqlite3";
import type { ToldBy } from "../../../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../../../core/tools/toolRecords.ts";
import { agents } from "../../../../server/agents/registry.ts";
import { RecordFile, type FileSink } from "../../../../server/agents/reading/recordFile.ts";
import { readHookPayload } from "../../../../server/hooks/payload.ts";
import { addPart, makeOpenCode } from "../../agents/toolDatabases.ts";
import type { DocumentForm, MadeCall } from "./documentForms.ts";
import type { HookForm } from "./hookForms.ts";
import type { LineForm } from "./lineForms.ts";
import { nameOf, workFolder, type Moment } from "./made.ts";

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
abstract class FileVoice implements Voice {
  readonly by = "log";
  protected readonly path: string;
  readonly #tool: string;
  #file: RecordFile | undefined;

  constructor(tool: string, file: string) {
    this.#tool = tool;
    this.path = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  abstract leave(moment: Moment): void;

  read(): readonly ToolEdit[] {
    const agent = agents.find(({ tool }) => tool === this.#tool)!;
    const edits: ToolEdit[] = [];
    const sink: FileSink = {
      request: () => undefined,
      edit: (edit) => edits.push(edit),
      problem: (line, reason) => {
        if (reason.startsWith("ENOENT")) return;
        throw new Error(`A record of ${this.#tool} was not understood: ${line}: ${reason}`);
      },
    };
    this.#file ??= new RecordFile(this.path, agent, { databases: { nativeBinding: undefined } });
    this.#file.read(sink);
    return edits;
  }

  close(): void {
    this.#file = undefined;
  }
}

export class LineVoice extends FileVoice {
  readonly #form: LineForm;
  #isStarted = false;

  constructor(form: LineForm, folder: string) {
    super(form.tool, path.join(folder, form.file));
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
    super(form.tool, path.join(folder, form.file));
    this.#form = form;
  }

  leave({ edit, at, outcome }: Moment): void {
    this.#calls.set(edit.call, { edit, at: this.#calls.get(edit.call)?.at ?? at, outcome });
    const document = this.#form.document(edit.session, [...this.#calls.values()]);
    writeFileSync(this.path, JSON.stringify(document));
    utimesSync(this.path, at / 1000, at / 1000);
  }
}

/** OpenCode's database, which says of an edit what the file held before and after it. */
export class OpenCodeVoice extends FileVoice {
  readonly #database: Database.Database;

  constructor(folder: string) {
    const file = path.join(folder, "opencode.db");
    super("opencode", file);
    this.#database = makeOpenCode(file);
  }

  leave({ edit, at, outcome }: Moment): void {
    const status = { proposed: "running", applied: "completed", failed: "error", rejected: "error" }[outcome];
    const { before, after, textAfter } = edit;
    const [tool, input] =
      edit.madeBy === "passage"
        ? ["edit", { filePath: nameOf(edit), oldString: before, newString: after }]
        : ["write", { filePath: nameOf(edit), content: textAfter }];
    const filediff = {
      file: `${workFolder}/${nameOf(edit)}`,
      before: edit.textBefore ?? "",
      after: textAfter,
    };
    const state = {
      status,
      input,
      time: { start: at, ...(outcome !== "proposed" && { end: at }) },
      ...(outcome === "applied" && { metadata: { filediff } }),
    };
    const data = { type: "tool", tool, callID: edit.call, state };
    addPart(this.#database, { id: `part of ${edit.call}`, message: "message", at, data });
  }

  override close(): void {
    super.close();
    this.#database.close();
  }
}
