import { hookCallOf, readingHook } from "./hookCall.ts";
import { entriesFor, homeFolder } from "../hooks/connectable.ts";
import { existsSync } from "node:fs";
import path from "node:path";
import { writtenFiles } from "./writtenText.ts";
import type { Agent, RecordReader, Sink, Surroundings } from "./agent.ts";
import { seemsToCall, seemsToEdit } from "./drift.ts";
import { cursorStorage } from "./editorFolders.ts";
import { fieldsOf, listOf, nameOf } from "./fields.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "cursor";
const editing = new Set(["Write", "StrReplace", "Delete", "ApplyPatch", "MultiEdit"]);

const readHook = readingHook(tool, (payload) => {
  const event = payload["hook_event_name"];
  const common = {
    session: nameOf(payload["conversation_id"] ?? payload["session_id"]),
    model: nameOf(payload["model"]),
    cwd: payload["cwd"] ?? listOf(payload["workspace_roots"])[0],
  };
  // In which folder its shell was it does not say, unless it names one.
  if (event === "afterShellExecution")
    return { ...common, name: "shell", input: payload, id: undefined, cwd: payload["cwd"] };
  const isTab = event === "afterTabFileEdit";
  if (!isTab && event !== "afterFileEdit") return hookCallOf(payload, common);
  // What it puts in where nothing was is no new file, as it is elsewhere.
  const edits = listOf(payload["edits"]).map((each) => {
    const { old_string: before, ...edit } = fieldsOf(each);
    return before === "" ? edit : { ...edit, old_string: before };
  });
  const input = { file_path: payload["file_path"], edits };
  // One generation edits several times; each is told once.
  return { ...common, name: "edit", input, id: undefined, ...(isTab && { mode: "completion" }) };
});

/**
 * Its agent's transcripts, which have neither times nor models, nor say what became of a call. Where the editor keeps its
 * conversations, these say all of that of the same calls, but not by which name a transcript would know them.
 */
export const cursor: Agent = {
  tool,
  title: "Cursor",
  homes: ({ userHome }) => [path.join(userHome, ".cursor", "projects")],
  within: ["*/agent-transcripts"],
  isRecord: (file) => file.endsWith(".jsonl"),
  form: () => "lines",
  marks: ['"tool_use"'],
  isUndated: true,
  makeReader: (file, writtenAt, around) => new CursorReader(file, writtenAt, around),
  readHook,
  hookEvents: {
    preToolUse: "proposed",
    postToolUse: "applied",
    afterFileEdit: "applied",
    afterTabFileEdit: "applied",
    // How a command ended it does not say.
    afterShellExecution: "unknown",
  },
  ranHook: (payload) =>
    payload["cursor_version"] !== undefined ||
    (nameOf(payload["transcript_path"])?.replaceAll("\\", "/") ?? "").includes("/.cursor/"),
  connections: [
    {
      tool,
      title: "Cursor",
      folder: homeFolder(".cursor"),
      file: "hooks.json",
      holds: entriesFor(["afterFileEdit", "afterTabFileEdit", "afterShellExecution"], (command) => ({
        command,
      })),
      fresh: '{\n  "version": 1\n}\n',
    },
  ],
};

/** Of what is in a home directory, on each system, or where this machine's environment says. */
function editorKeeps(file: string, around: Surroundings | undefined): boolean {
  const userHome = file.slice(0, Math.max(0, file.lastIndexOf(`${path.sep}.cursor${path.sep}`)));
  const isOwn = around !== undefined && path.resolve(around.userHome) === userHome;
  const environment = isOwn ? around.environment : {};
  return ["linux", "darwin", "win32"].some((platform) =>
    existsSync(path.join(cursorStorage({ platform, userHome, environment }), "state.vscdb")),
  );
}

class CursorReader implements RecordReader {
  readonly #session: string;
  readonly #writtenAt: () => number;
  readonly #isEvidenceAlone: boolean;

  constructor(file: string, writtenAt: () => number, around: Surroundings | undefined) {
    this.#session = path.basename(file, ".jsonl");
    this.#writtenAt = writtenAt;
    this.#isEvidenceAlone = editorKeeps(file, around);
  }

  read(record: unknown, sink: Sink): void {
    const { content } = fieldsOf(fieldsOf(record)["message"]);
    if (content === undefined) sink.problem("an answer without content");
    for (const part of listOf(content).map(fieldsOf)) {
      const name = nameOf(part["name"]);
      if (part["type"] !== "tool_use" || name === undefined) {
        if (part["type"] === "tool_use" || seemsToCall(part)) sink.problem("a call of an unknown form");
        continue;
      }
      if (!editing.has(name)) {
        if (seemsToEdit(name, part["input"])) sink.problem("an edit by a tool of an unknown name");
        continue;
      }
      const files = writtenFiles(name, part["input"], {});
      if (files.length === 0) sink.problem("an edit of unknown form");
      const known = {
        tool,
        model: undefined,
        session: this.#session,
        call: undefined,
        at: this.#writtenAt(),
      };
      const told = { ...known, ...(this.#isEvidenceAlone && { isEvidenceAlone: true as const }) };
      tellFiles(files, undefined, { ...told, outcome: "unknown" }, sink);
    }
  }
}
