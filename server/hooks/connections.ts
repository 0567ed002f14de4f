import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { reasonOf } from "../../protocol/errors.ts";
import type { Surroundings } from "../agents/agent.ts";
import { addHooks, hasHooks, removeHooks, type HookEntry } from "./jsonHooks.ts";

/** A tool whose hooks Kept can be put into. */
interface Connectable {
  readonly tool: string;
  readonly title: string;
  /** What is there when the tool is installed for this user. */
  readonly folder: (around: Surroundings) => string;
  readonly file: string;
  readonly entries: (command: string) => readonly HookEntry[];
}

const seconds = 5;

const connectables: readonly Connectable[] = [
  {
    tool: "claude-code",
    title: "Claude Code",
    folder: ({ userHome, environment }) =>
      environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude"),
    file: "settings.json",
    entries: (command) =>
      ["PreToolUse", "PostToolUse"].map((event) => ({
        list: ["hooks", event],
        value: {
          matcher: "Edit|MultiEdit|Write|NotebookEdit",
          hooks: [{ type: "command", command, timeout: seconds }],
        },
      })),
  },
  {
    tool: "gemini-cli",
    title: "Gemini CLI",
    folder: ({ userHome }) => path.join(userHome, ".gemini"),
    file: "settings.json",
    entries: (command) =>
      ["BeforeTool", "AfterTool"].map((event) => ({
        list: ["hooks", event],
        value: {
          matcher: "write_file|replace",
          hooks: [{ name: "kept", type: "command", command, timeout: seconds * 1000 }],
        },
      })),
  },
  {
    tool: "github-copilot",
    title: "GitHub Copilot in VS Code and on the command line",
    folder: ({ userHome }) => path.join(userHome, ".copilot"),
    file: "hooks/kept.json",
    entries: (command) =>
      ["PreToolUse", "PostToolUse"].map((event) => ({
        list: ["hooks", event],
        value: { type: "command", command, timeout: seconds },
      })),
  },
];

export const connectableTools: readonly string[] = connectables.map(({ tool }) => tool);

export interface Connection {
  readonly tool: string;
  readonly title: string;
  readonly file: string;
  readonly isInstalled: boolean;
  readonly isConnected: boolean;
}

/** What a change of a tool's configuration would be, or was. */
export type ConnectionChange =
  | {
      readonly tool: string;
      readonly file: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  | { readonly tool: string; readonly file: string; readonly reason: string };

/** Puts Kept into tools' own configuration and takes it out again. `shim` is what they are to call. */
export class Connections {
  readonly #around: Surroundings;
  readonly #shim: string;

  constructor(around: Surroundings, shim: string) {
    this.#around = around;
    this.#shim = shim;
  }

  list(): Connection[] {
    return connectables.map((each) => {
      const { tool, title } = each;
      const file = this.#fileOf(each);
      const text = readIfThere(file);
      const isConnected =
        text !== undefined && hasHooks(text, each.entries(this.#command(tool)), this.#command(tool));
      return { tool, title, file, isInstalled: existsSync(each.folder(this.#around)), isConnected };
    });
  }

  /** Undefined for a tool that cannot be connected. */
  connecting(tool: string): ConnectionChange | undefined {
    return this.#changing(tool, (text, entries, command) => addHooks(text, entries, command));
  }

  disconnecting(tool: string): ConnectionChange | undefined {
    return this.#changing(tool, (text, entries, command) =>
      text === undefined ? undefined : removeHooks(text, entries, command),
    );
  }

  /** Writes what `connecting` or `disconnecting` said. A file that is left with nothing but what Kept made goes. */
  write({ file, after }: { readonly file: string; readonly after: string | undefined }): void {
    if (after === undefined) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    // A link stays one, and whoever reads the file meanwhile finds all of it.
    const real = existsSync(file) ? realpathSync(file) : file;
    const mode = statSync(real, { throwIfNoEntry: false })?.mode ?? 0o600;
    const fresh = `${real}.${randomBytes(6).toString("hex")}`;
    writeFileSync(fresh, after, { mode: mode & 0o777 });
    renameSync(fresh, real);
  }

  #changing(
    tool: string,
    change: (
      text: string | undefined,
      entries: readonly HookEntry[],
      command: string,
    ) => ReturnType<typeof removeHooks>,
  ): ConnectionChange | undefined {
    const found = connectables.find((each) => each.tool === tool);
    if (!found) return undefined;
    const file = this.#fileOf(found);
    const command = this.#command(tool);
    try {
      const before = readIfThere(file);
      const changed = change(before, found.entries(command), command);
      if (changed && "reason" in changed) return { tool, file, reason: changed.reason };
      const text = changed ? changed.text : before;
      const isOwn = path.basename(file) === "kept.json" && /^\s*\{\s*\}\s*$/.test(text ?? "");
      return { tool, file, before, after: isOwn ? undefined : text };
    } catch (thrown) {
      return { tool, file, reason: reasonOf(thrown) };
    }
  }

  #fileOf({ folder, file }: Connectable): string {
    return path.join(folder(this.#around), ...file.split("/"));
  }

  #command(tool: string): string {
    const quoted = /[^\w@%+=:,./\\-]/.test(this.#shim) ? `"${this.#shim}"` : this.#shim;
    return `${quoted} ${tool}`;
  }
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
