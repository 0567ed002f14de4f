/**
 * The bundles, in one table. `--watch` rebuilds on change, `--minify` is what a package gets, `--into=FOLDER` writes
 * somewhere else than into the clone, `--metafile` says what is in each bundle, `--sizes` how large it is.
 */
import { cp, mkdir, rename, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { context } from "esbuild";
import { onPage } from "./esbuild.page.mjs";

const root = import.meta.dirname;
const flags = new Set(process.argv.slice(2));
const minify = flags.has("--minify");
const into = path.resolve(
  root,
  [...flags].find((flag) => flag.startsWith("--into="))?.slice("--into=".length) ?? ".",
);

/** The oldest editor's Node is 22; the panel runs in its Chromium. */
const onNode = {
  platform: "node",
  format: "cjs",
  target: "node22",
  // Its main file is of a form that cannot be bundled.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
};
const production = { "process.env.NODE_ENV": '"production"' };
/** The editor notes an error of whatever asks there for a browser's `navigator`, as zod does when it is loaded. */
const inEditor = { ...onNode, external: ["vscode"], define: { ...production, navigator: "undefined" } };

const bundles = [
  { entry: "extension/main.ts", outfile: "dist/extension.js", ...inEditor },
  // Loaded after `activate` has returned, so that the editor does not wait for a megabyte of language client.
  { entry: "extension/client.ts", outfile: "dist/client.js", ...inEditor },
  { entry: "server/main.ts", outfile: "dist/server.js", ...onNode },
  // A thread of the server's: reading a gigabyte of tools' records keeps nobody waiting.
  { entry: "server/agents/worker.ts", outfile: "dist/records.js", ...onNode },
  // An old Node must be able to read it as far as the sentence that says what to do.
  { entry: "server/cli.ts", outfile: "dist/cli.js", ...onNode, target: "node16", executable: true },
  { entry: "webview/main.ts", outfile: "dist/panel.js", ...onPage },
  // A package of its own, installed with its dependencies; its database driver and web framework stay outside.
  {
    entry: "org/main.ts",
    outfile: "org/dist/kept-org.js",
    ...onNode,
    format: "esm",
    packages: "external",
    executable: true,
  },
  { entry: "org/console/script/main.ts", outfile: "org/dist/console/console.js", ...onPage },
];

/** Copied as they are. */
const files = [
  ["l10n", "dist/l10n"],
  ["node_modules/@vscode/codicons/dist/codicon.css", "dist/codicon.css"],
  ["node_modules/@vscode/codicons/dist/codicon.ttf", "dist/codicon.ttf"],
  ["org/console/styles", "org/dist/console/styles"],
  ["org/console/icon.svg", "org/dist/console/icon.svg"],
];

/** `import("./client.ts")` stays a call that loads the other bundle when it runs. */
const clientIsABundleOfItsOwn = {
  name: "client-is-a-bundle-of-its-own",
  setup(build) {
    build.onResolve({ filter: /^\.\/client\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./client.js", external: true } : undefined,
    );
  },
};

function optionsOf({ entry, outfile, executable, plugins = [], ...platform }) {
  return {
    entryPoints: [path.join(root, entry)],
    outfile: path.join(into, outfile),
    bundle: true,
    minify,
    sourcemap: minify ? false : "linked",
    metafile: true,
    plugins: [clientIsABundleOfItsOwn, ...plugins],
    legalComments: "none",
    logLevel: "warning",
    loader: { ".ttf": "file", ".svg": "text" },
    define: production,
    ...(executable ? { banner: { js: "#!/usr/bin/env node" } } : {}),
    ...platform,
  };
}

async function copyFiles() {
  for (const [from, to] of files) await cp(path.join(root, from), path.join(into, to), { recursive: true });
  // The root is an ES module package, these bundles are not.
  await writeFile(path.join(into, "dist/package.json"), '{ "type": "commonjs" }\n');
  // A package for another platform takes its own instead: see scripts/package.
  const binary = nativeBinary();
  await mkdir(path.join(into, "dist/native"), { recursive: true });
  await replaceFile(binary, path.join(into, "dist/native", path.basename(binary)));
}

/** The one that this platform's better-sqlite3 would load itself. */
function nativeBinary() {
  const binding = createRequire(import.meta.url)(
    path.join(root, "node_modules/better-sqlite3/lib/binding.js"),
  );
  const found = binding.getPrebuildPath();
  if (found === null)
    throw new Error(`better-sqlite3 has no binary for ${process.platform}-${process.arch}.`);
  return found;
}

/** Never writes into a file that a running server has mapped: that would crash it. */
async function replaceFile(from, to) {
  const temporary = `${to}.${process.pid}`;
  await cp(from, temporary);
  await rename(temporary, to);
}

async function printSizes() {
  for (const { outfile } of bundles) {
    const { size } = await stat(path.join(into, outfile));
    console.log(`${String(Math.ceil(size / 1024)).padStart(6)} KiB  ${outfile}`);
  }
}

async function writeMetafile(outfile, metafile) {
  await writeFile(path.join(into, `${outfile}.meta.json`), JSON.stringify(metafile));
}

await mkdir(path.join(into, "dist"), { recursive: true });
await copyFiles();
const contexts = await Promise.all(bundles.map((bundle) => context(optionsOf(bundle))));
try {
  if (flags.has("--watch")) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log("Watching. Ctrl+C ends it.");
    await new Promise((resolve) => process.once("SIGINT", resolve));
  } else {
    const results = await Promise.all(contexts.map((each) => each.rebuild()));
    if (flags.has("--metafile")) {
      await Promise.all(results.map((each, index) => writeMetafile(bundles[index].outfile, each.metafile)));
    }
    if (flags.has("--sizes")) await printSizes();
  }
} catch (error) {
  // esbuild has already printed its findings.
  if (!Array.isArray(error.errors)) throw error;
  process.exitCode = 1;
} finally {
  await Promise.all(contexts.map((each) => each.dispose()));
}
