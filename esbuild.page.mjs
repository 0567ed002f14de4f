/** How what runs on a page is bundled: the panel, the console's script, and both in tests. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

const charts = path.join(import.meta.dirname, "webview/charts");

/**
 * A page writes no schema in another language. zod's methods for it hang on every schema, so that no bundler sees that
 * nobody calls them.
 */
const withoutJsonSchema = {
  name: "without-json-schema",
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/ }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/**
 * A page carries the contracts that it asks for and no others. No bundler leaves out a constant that a call made, as
 * it cannot see that the call does nothing else; in `protocol/` and `core/` none does.
 */
const withoutUnusedContracts = {
  name: "without-unused-contracts",
  setup(build) {
    build.onLoad({ filter: inFolders("protocol", "core") }, async ({ path: file }) => ({
      contents: markConstants(await readFile(file, "utf8")),
      loader: "ts",
    }));
  },
};

function markConstants(source) {
  const { statements } = ts.createSourceFile("", source, ts.ScriptTarget.Latest);
  return statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer && isMade(initializer) ? [initializer] : []))
    .reduceRight(
      (text, { pos, end }) =>
        `${text.slice(0, pos)} /* @__PURE__ */ (() => (${text.slice(pos, end)}))()${text.slice(end)}`,
      source,
    );
}

/** Values of other kinds are left out as they are. */
function isMade(initializer) {
  const value = ts.isAsExpression(initializer) ? initializer.expression : initializer;
  return (
    ts.isCallExpression(value) || ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value)
  );
}

/** How the source is indented is a fiftieth of the panel: its markup and styles stand in literals, which nothing minifies. */
const withoutIndentation = {
  name: "without-indentation",
  setup(build) {
    if (!build.initialOptions.minify) return;
    build.onLoad({ filter: inFolders("webview") }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace(/\n +/g, "\n"),
      loader: "ts",
    }));
  },
};

function inFolders(...names) {
  const folders = names.map((name) => path.join(import.meta.dirname, name) + path.sep);
  return new RegExp(`^(${folders.map((folder) => RegExp.escape(folder)).join("|")}).*\\.ts$`);
}

export const onPage = {
  platform: "browser",
  format: "iife",
  target: "chrome134",
  // What no scale here uses of them is a twentieth of the panel.
  alias: {
    "d3-interpolate": path.join(charts, "numbersOnly.ts"),
    "d3-format": path.join(charts, "unwritten.ts"),
  },
  plugins: [withoutJsonSchema, withoutUnusedContracts, withoutIndentation],
};
