import { readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { root } from "../paths.ts";
import { findOnPath, isExecutable } from "../process/findOnPath.ts";
import { run } from "../process/run.ts";

/** Names the browser to use, where the right one would not be found. */
const variable = "KEPT_BROWSER";

const namesOnPath = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

const aptGet = "/usr/bin/apt-get";

const installedPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge"],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"].map((file) =>
      path.join(folder, file),
    );
  }),
};

let found: Promise<string> | undefined;

/** The executable of a Chromium, found or installed. */
export function ensureBrowser(): Promise<string> {
  found ??= findOrInstall();
  return found;
}

async function findOrInstall(): Promise<string> {
  const named = process.env[variable];
  if (named !== undefined) return named;
  const installed = await findInstalled();
  if (installed !== undefined) return installed;
  if (await canInstallWithApt()) {
    console.log("Installing Chromium …");
    await installWithApt();
    const now = await findInstalled();
    if (now !== undefined) return now;
  }
  if (isExecutable(chromium.executablePath())) return chromium.executablePath();
  console.log("Downloading Chromium …");
  const cli = path.join(root, "node_modules", "playwright-core", "cli.js");
  // As root, the libraries it needs are installed from the distribution.
  const options = process.platform === "linux" && isRoot() ? ["--with-deps"] : [];
  const download = await run(process.execPath, [cli, "install", ...options, "chromium"]);
  if (download.code === 0 && isExecutable(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    "The tests drive VS Code in a browser, and there is none. " +
      `Install Chromium, Google Chrome or Microsoft Edge, or name its executable in ${variable}.\n` +
      download.stderr,
  );
}

async function findInstalled() {
  const onPath = namesOnPath.flatMap(findOnPath);
  for (const file of [...onPath, ...(installedPlaces[process.platform] ?? [])]) {
    if (isExecutable(file) && (await isBrowser(file))) return file;
  }
  return undefined;
}

/** Ubuntu puts a script of that name on the path which only says that there is a snap. */
async function isBrowser(file: string) {
  if (process.platform !== "linux") return true;
  return (await run(file, ["--version"], { env: withSystemTools() })).code === 0;
}

/** Not on Ubuntu, whose package of that name is a stub for a snap, which a container cannot run. */
async function canInstallWithApt() {
  if (process.platform !== "linux" || !isRoot() || !isExecutable(aptGet)) return false;
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID="?debian"?$/m.test(release);
}

/** The environment for a browser: on Linux it is a shell script first, which needs the system's own commands. */
export function withSystemTools(): NodeJS.ProcessEnv {
  if (process.platform !== "linux") return process.env;
  const folders = [process.env["PATH"] ?? "", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return { ...process.env, PATH: folders.join(path.delimiter) };
}

function isRoot() {
  return process.getuid?.() === 0;
}

async function installWithApt() {
  const env = { ...withSystemTools(), DEBIAN_FRONTEND: "noninteractive" };
  const steps = [["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"]];
  for (const step of steps) {
    const { code, stderr } = await run(aptGet, ["-qq", ...step], { env });
    if (code !== 0) console.error(`apt-get ${step.join(" ")} ended with code ${code}\n${stderr}`);
  }
}
