import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { shortTemporaryFolder } from "../paths.ts";
import { runOrThrow } from "../process/run.ts";
import { startService } from "../process/service.ts";
import { type Editor, ensureEditor } from "./install.ts";

export interface EditorOptions {
  readonly extensionsDir: string;
  /** Settings, state and logs. */
  readonly userDataDir: string;
  /** The folder to open. */
  readonly workspace: string;
  /** 0, or none, takes a free one. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether extensions can be searched for and installed. */
  readonly marketplace?: boolean;
  /** Whether the editor lets anything be sent; off unless it is said. */
  readonly telemetry?: boolean;
}

export interface RunningEditor {
  /** The page that shows the workspace. */
  readonly url: string;
  readonly pid: number;
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

const startTimeoutMs = 30_000;

/** No marketplace: what is tested is here, and a closed network would fill the log. */
const noMarketplace = JSON.stringify({ serviceUrl: "" });

/** A quiet editor: nothing is fetched, nothing asks, nothing opens by itself. */
const quietSettings: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Serves the editor on this machine only. */
export async function startEditor(options: EditorOptions): Promise<RunningEditor> {
  const editor = await ensureEditor();
  await writeSettings(options);
  // Its sockets lie here, which it leaves behind. Short: their paths are limited to 103 bytes on some systems.
  const sockets = await mkdtemp(path.join(shortTemporaryFolder(), "kept-"));
  const service = startService(
    editor.node,
    [
      editor.entry,
      ...(await foldersOf(options)),
      "--auth=none",
      `--bind-addr=127.0.0.1:${options.port ?? 0}`,
      `--session-socket=${path.join(sockets, "session.sock")}`,
      ...(options.telemetry ? [] : ["--disable-telemetry"]),
      "--disable-update-check",
      "--disable-getting-started-override",
      "--disable-proxy",
      "--ignore-last-opened",
    ],
    {
      name: "VS Code in the browser",
      env: { TMPDIR: sockets, ...environment(options) },
      cleanUp: () => rmSync(sockets, { recursive: true, force: true }),
    },
  );
  try {
    const [, address] = await service.waitFor(
      /HTTP server listening on (http:\/\/[\w.]+:\d+)/,
      startTimeoutMs,
    );
    const url = new URL("/", address);
    url.searchParams.set("folder", options.workspace);
    return { ...service, url: url.href };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

type Folders = Pick<EditorOptions, "extensionsDir" | "userDataDir" | "env">;

/** Installs a packaged extension the way a user would. */
export async function installExtension(vsix: string, options: Folders) {
  await changeExtensions(["--force", "--install-extension", vsix], "was successfully installed", options);
}

/** The editor runs what the extension asks for then, and deletes its files, when it starts the next time. */
export async function uninstallExtension(id: string, options: Folders) {
  await changeExtensions(["--uninstall-extension", id], "was successfully uninstalled", options);
}

async function changeExtensions(args: readonly string[], success: string, options: Folders) {
  const editor: Editor = await ensureEditor();
  const finished = await runOrThrow(editor.node, [editor.entry, ...(await foldersOf(options)), ...args], {
    env: environment(options),
  });
  // The command ends with 0 whatever happened.
  if (!finished.stdout.includes(success)) {
    throw new Error(`${args.join(" ")} failed:\n${finished.stdout}\n${finished.stderr}`);
  }
}

async function foldersOf(options: Folders) {
  await mkdir(options.extensionsDir, { recursive: true });
  await mkdir(options.userDataDir, { recursive: true });
  // Without a file of its own the editor would write one into the user's configuration folder.
  const config = path.join(options.userDataDir, "server.yaml");
  await writeFile(config, "auth: none\n");
  return [
    `--config=${config}`,
    `--extensions-dir=${options.extensionsDir}`,
    `--user-data-dir=${options.userDataDir}`,
  ];
}

/** What a person has set in an earlier run stays. */
async function writeSettings(options: EditorOptions) {
  const folder = path.join(options.userDataDir, "User");
  const file = path.join(folder, "settings.json");
  if (existsSync(file)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
}

/** An editor started from another editor's terminal would answer to that one. */
function environment(options: Pick<EditorOptions, "env" | "marketplace">): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER|PORT$|NODE_OPTIONS$|TMPDIR$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    ...(options.marketplace === true ? {} : { EXTENSIONS_GALLERY: noMarketplace }),
    ...options.env,
  };
}
