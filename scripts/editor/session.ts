import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { shortTemporaryFolder } from "../paths.ts";
import { installExtension, type RunningEditor, startEditor } from "./serve.ts";

export interface SessionOptions {
  /** The packaged extension, as a user would get it. */
  readonly vsix: string;
  /** A folder with an unpacked extension that stands beside it. */
  readonly companion?: string;
  /** The workspace's files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the editor lets anything be sent; off unless it is said. */
  readonly telemetry?: boolean;
}

export interface Session {
  readonly url: string;
  /** Holds everything of this session, and is removed with it. */
  readonly folder: string;
  readonly workspace: string;
  /** The home directory that every process of this session sees. */
  readonly home: string;
  /** Where Kept keeps its data. */
  readonly keptHome: string;
  readonly editor: RunningEditor;
  /** Changes the workspace's settings, which the editor watches; it does not watch the user's while it runs. */
  changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>;
  stop(): Promise<void>;
}

/** An editor with the packaged extension installed, in a home directory of its own, on a workspace of its own. */
export async function startSession(options: SessionOptions): Promise<Session> {
  // Short: the editor makes sockets in it.
  const folder = await mkdtemp(path.join(shortTemporaryFolder(), "kept-"));
  const [home, workspace, keptHome, extensionsDir, userDataDir] = ["home", "work", "kept", "ext", "user"].map(
    (name) => path.join(folder, name),
  ) as [string, string, string, string, string];
  try {
    await writeFiles(workspace, options.files ?? { "sample.ts": "export const sample = 1;\n" });
    // There from the start: the editor's watcher can miss for good what is written into a folder that has just been made.
    await changeSettings(settingsFileOf(workspace), {});
    await mkdir(home);
    if (options.companion !== undefined) {
      await cp(options.companion, path.join(extensionsDir, "kept-test.companion-1.0.0"), { recursive: true });
    }
    const env = { ...isolation({ home, keptHome }), ...options.env };
    await installExtension(options.vsix, { extensionsDir, userDataDir, env });
    const editor = await startEditor({
      extensionsDir,
      userDataDir,
      workspace,
      env,
      settings: {
        ...options.settings,
        ...(options.telemetry ? { "telemetry.telemetryLevel": "all" } : {}),
      },
      telemetry: options.telemetry ?? false,
    });
    return {
      url: editor.url,
      folder,
      workspace,
      home,
      keptHome,
      editor,
      changeSettings: (changes) => changeSettings(settingsFileOf(workspace), changes),
      stop: async () => {
        await editor.stop();
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Nothing of the user's is read and nothing is written there, whatever tools are installed on this machine. */
export function isolation({ home, keptHome }: { home: string; keptHome: string }): NodeJS.ProcessEnv {
  return {
    HOME: home,
    USERPROFILE: home,
    APPDATA: path.join(home, "AppData", "Roaming"),
    LOCALAPPDATA: path.join(home, "AppData", "Local"),
    XDG_CACHE_HOME: path.join(home, ".cache"),
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_DATA_HOME: path.join(home, ".local", "share"),
    XDG_RUNTIME_DIR: undefined,
    XDG_STATE_HOME: path.join(home, ".local", "state"),
    CLAUDE_CONFIG_DIR: undefined,
    CODEX_HOME: undefined,
    GIT_CONFIG_NOSYSTEM: "1",
    KEPT_HOME: keptHome,
  };
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>) {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function settingsFileOf(workspace: string) {
  return path.join(workspace, ".vscode", "settings.json");
}

async function changeSettings(file: string, changes: Readonly<Record<string, unknown>>) {
  const text = await readFile(file, "utf8").catch(() => "{}");
  const before = JSON.parse(text) as Record<string, unknown>;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...before, ...changes }, null, 2));
}
