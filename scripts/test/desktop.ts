import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from "@vscode/test-electron";
import { isolation } from "../editor/session.ts";
import { readManifest } from "../package/manifest.ts";
import { cacheFolder, shortTemporaryFolder } from "../paths.ts";
import { runOrThrow } from "../process/run.ts";
import { buildCompanion } from "./companion.ts";
import { companionEnvironment } from "./companionEnvironment.ts";
import type { Flavour } from "./flavour.ts";
import type { DesktopOptions } from "./options.ts";
import type { SuiteResult } from "./result.ts";

export interface DesktopRun extends DesktopOptions {
  readonly vsix: string;
  readonly flavour: Flavour;
  readonly grep: string | undefined;
}

/** Runs the suites of test/host/inside in a desktop VS Code. On Linux it needs a display: xvfb-run gives one. */
export async function runInDesktop({ vsix, flavour, grep, ...desktop }: DesktopRun): Promise<SuiteResult> {
  const executable = desktop.executable ?? (await download(desktop.version));
  const companion = await buildCompanion(flavour);
  // Short: the editor makes sockets in it.
  const folder = await mkdtemp(path.join(shortTemporaryFolder(), "kept-"));
  const [home, workspace, keptHome] = ["home", "work", "kept"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  const resultFile = path.join(folder, "result.json");
  const folders = [
    `--extensions-dir=${path.join(folder, "ext")}`,
    `--user-data-dir=${path.join(folder, "user")}`,
  ];
  try {
    await mkdir(home);
    await mkdir(workspace);
    await writeFile(path.join(workspace, "sample.ts"), "export const sample = 1;\n");
    await install(vsix, executable, folders);
    // It throws when tests fail, which the result says better, and when there is none, which `readFile` says.
    const ended = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: companion,
      extensionTestsPath: path.join(companion, "companion.js"),
      extensionTestsEnv: {
        ...isolation({ home, keptHome }),
        ...companionEnvironment(resultFile, flavour, grep),
      },
      launchArgs: [
        workspace,
        ...folders,
        "--disable-telemetry",
        ...(flavour === "proposed"
          ? ["--enable-proposed-api=kept.kept", "--enable-proposed-api=kept-test.companion"]
          : []),
      ],
    }).catch((error: unknown) => error);
    const text = await readFile(resultFile, "utf8").catch(() => undefined);
    if (text === undefined) throw new Error("VS Code ended without a result.", { cause: ended });
    return JSON.parse(text) as SuiteResult;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function download(version: string) {
  const wanted = version === "minimum" ? await oldestSupported() : version;
  return await downloadAndUnzipVSCode({ version: wanted, cachePath: path.join(cacheFolder, "desktop") });
}

async function oldestSupported() {
  const { engines } = (await readManifest()) as unknown as { engines: { vscode: string } };
  return engines.vscode.replace(/^\D+/, "");
}

async function install(vsix: string, executable: string, folders: readonly string[]) {
  // It adds folders of its own choice, which the run would not use.
  const [command, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable).filter(
    (each) => !each.startsWith("--extensions-dir") && !each.startsWith("--user-data-dir"),
  );
  if (command === undefined) throw new Error(`${executable} has no command line.`);
  await runOrThrow(command, [...args, ...folders, "--install-extension", vsix, "--force"]);
}
