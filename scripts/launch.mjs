/**
 * `node scripts/launch.mjs FILE …` sets up what is missing and runs the file with the project's own Node, the
 * project's tools first on the path.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { SetUpFailed, setUp } from "./setup.mjs";

const parentPollMs = 1_000;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

export async function launch(file, args) {
  try {
    const node = await setUp();
    process.exitCode = await runWith(node, [path.join(root, file), ...args]);
  } catch (error) {
    if (!(error instanceof SetUpFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function runWith(node, args) {
  const tools = path.join(root, "node_modules", ".bin");
  const child = spawn(node, args, {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: [tools, path.dirname(node), process.env.PATH].join(path.delimiter),
    },
  });
  // The child ends in its own time, and more than one signal does it no harm.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** npm tells a shell to end, which does not pass it on. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, parentPollMs);
  child.once("close", () => clearInterval(watch));
}

const calledAs = process.argv[1] === undefined ? "" : path.resolve(process.argv[1]);
if (calledAs === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    console.error("Say which file to run: node scripts/launch.mjs FILE …");
    process.exitCode = 2;
  } else {
    await launch(file, args);
  }
}
