/** `npm start`: builds, packages, starts the org service and an editor with Kept in it, and says where to look. */
import path from "node:path";
import { buildForPackaging, makePackage } from "../package/make.ts";
import { targetOfThisMachine } from "../package/target.ts";
import { cacheFolder, root } from "../paths.ts";
import { orExit } from "../process/orExit.ts";
import { runOrThrow } from "../process/run.ts";
import { isEnding } from "../process/service.ts";
import { serveInBrowser } from "./browser.ts";
import { type Demo, makeDemo } from "./demo.ts";
import { type DesktopEditor, findDesktopEditor, installForUser, openDemo } from "./desktop.ts";
import { readOptions } from "./options.ts";
import { startOrg } from "./org.ts";

interface Shown {
  readonly what: string;
  readonly where: string;
  /** Resolves when it has ended; never for what is not this program's to end. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const options = orExit(() => readOptions(process.argv.slice(2)));
const desktop = options.browser ? undefined : findDesktopEditor();

console.log("Building …");
await runOrThrow(process.execPath, [path.join(root, "esbuild.config.mjs")]);
await buildForPackaging();
// VS Code in the browser grants the proposed interface that says what made a change; an installed editor need not.
const { file } = await makePackage({ target: targetOfThisMachine(), proposed: desktop === undefined });
const demo = options.demo ? await makeDemo(options.folder) : undefined;

console.log("Starting …");
const shown = [await showEditor(), await showOrg()];
const width = Math.max(...shown.map(({ what }) => what.length));
console.log(`\n${shown.map(({ what, where }) => `  ${what.padEnd(width)}  ${where}`).join("\n")}\n`);
console.log("Kept is the last icon of the activity bar, at the window's left.");
if (demo !== undefined) {
  console.log("The history in it is made up, and labelled so. Your own Kept data is not touched.");
}

if (options.once) {
  await stopAll();
} else {
  console.log("Ctrl+C ends it.");
  const ended = await Promise.race(shown.map(async (each) => each.ended.then(() => each.what)));
  if (!isEnding()) {
    console.error(`${ended} has ended by itself.`);
    await stopAll();
    process.exitCode = 1;
  }
}

async function stopAll() {
  await Promise.all(shown.map((each) => each.stop()));
}

async function showEditor(): Promise<Shown> {
  if (desktop !== undefined) return await showDesktop(desktop, demo);
  const editor = await serveInBrowser(file, demo, options.port);
  return {
    what: "VS Code in the browser",
    where: editor.url,
    ended: editor.ended,
    stop: () => editor.stop(),
  };
}

async function showDesktop(editor: DesktopEditor, shownDemo: Demo | undefined): Promise<Shown> {
  const own = { what: editor.name, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  if (shownDemo === undefined) {
    await installForUser(editor, file);
    return { ...own, where: "Kept is installed. Windows that are open show it after a reload." };
  }
  await openDemo(editor, file, shownDemo);
  return { ...own, where: "A window with the demonstration has been opened." };
}

async function showOrg(): Promise<Shown> {
  const { url, service } = await startOrg(demo?.orgData ?? path.join(cacheFolder, "start", "org"));
  return { what: "Org service", where: url, ended: service.ended, stop: () => service.stop() };
}
