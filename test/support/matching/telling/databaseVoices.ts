import { createHash } from "node:crypto";
import path from "node:path";
import type Database from "better-sqlite3";
import { cursorState } from "../../../../server/agents/cursorState.ts";
import { openCode } from "../../../../server/agents/openCode.ts";
import { bubble, bubbleCall, makeCursorState, putCursor } from "../../agents/cursorRecords.ts";
import { addPart, makeOpenCode } from "../../agents/toolDatabases.ts";
import { madeModel, nameOf, passageOf, workFolder, type MadeEdit, type Moment } from "./made.ts";
import { FileVoice } from "./voices.ts";

/** OpenCode's database, which says of an edit what the file held before and after it. */
export class OpenCodeVoice extends FileVoice {
  readonly #database: Database.Database;

  constructor(folder: string) {
    const file = path.join(folder, "opencode.db");
    super(openCode, file);
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

/** Cursor's database: a message for each call, beside it the files as they were before and after, where it keeps them. */
export class CursorStateVoice extends FileVoice {
  readonly #database: Database.Database;
  readonly #keepsFiles: boolean;

  constructor(folder: string, keepsFiles: boolean) {
    const file = path.join(folder, "globalStorage", "state.vscdb");
    super(cursorState, file);
    this.#database = makeCursorState(file);
    this.#keepsFiles = keepsFiles;
  }

  leave({ edit, at, outcome }: Moment): void {
    const status = { proposed: "loading", applied: "completed", failed: "error", rejected: "completed" }[
      outcome
    ];
    const result = outcome === "applied" && this.#keepsFiles ? this.#keepFiles(edit) : {};
    const call = {
      ...bubbleCall(edit.call, ...this.#called(edit, { status, result })),
      ...(outcome === "rejected" && { userDecision: "rejected" }),
    };
    const more = { workspaceUris: [`file://${workFolder}`] };
    putCursor(
      this.#database,
      `bubbleId:${edit.session}:bubble of ${edit.call}`,
      bubble({ at, model: madeModel, call, more }),
    );
  }

  /** With the files beside it, it is its own tool that edits, which says no more than which file. */
  #called(
    edit: MadeEdit,
    done: { readonly status: string; readonly result: object },
  ): [name: string, given: Parameters<typeof bubbleCall>[2]] {
    const { before, after } = passageOf(edit);
    const params = { relativeWorkspacePath: nameOf(edit) };
    if (this.#keepsFiles) return ["edit_file_v2", { params, ...done }];
    return edit.madeBy === "passage"
      ? ["search_replace", { args: { file_path: edit.path, old_string: before, new_string: after }, ...done }]
      : ["write", { args: { file_path: edit.path, contents: edit.textAfter }, ...done }];
  }

  #keepFiles({ textBefore = "", textAfter }: MadeEdit): object {
    const [beforeContentId, afterContentId] = [textBefore, textAfter].map((text) => {
      const name = `composer.content.${createHash("sha256").update(text).digest("hex")}`;
      // It keeps none of a file that is empty.
      if (text !== "") putCursor(this.#database, name, text);
      return name;
    });
    return { beforeContentId, afterContentId };
  }

  override close(): void {
    super.close();
    this.#database.close();
  }
}
