import { readFile } from "node:fs/promises";
import path from "node:path";
import { namesInArchive } from "./archive.ts";
import { documentsInPackage } from "./documents.ts";
import { nativeBinaryOf, type Target } from "./target.ts";

const largestPackage = 4 * 1024 * 1024;

/** Everything a package may hold, below its `extension/` folder. */
const allowed = [
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^telemetry\.json$/,
  /^(readme|changelog|security)\.md$/i,
  /^license(\.txt|\.md)?$/i,
  new RegExp(`^docs/(${documentsInPackage.join("|")})\\.md$`),
  /^dist\/l10n\/[\w.-]+\.json$/,
  /^media\/[\w./-]+\.(svg|png|md)$/,
  /^media\/rules\.schema\.json$/,
  /^dist\/(extension|client|server|records|cli|panel)\.js$/,
  /^dist\/(panel|codicon)\.css$/,
  /^dist\/codicon\.ttf$/,
  /^dist\/package\.json$/,
  /^dist\/native\/[\w-]+\.node$/,
];

/** What makes the extension run at all. */
const required = [
  "package.json",
  "dist/extension.js",
  "dist/client.js",
  "dist/server.js",
  "dist/records.js",
  "dist/cli.js",
  "dist/panel.js",
];

/** What is wrong with the package, in sentences. None when it may be shipped. */
export async function findingsOf(vsix: string, target: Target): Promise<string[]> {
  const archive = await readFile(vsix);
  const names = namesInArchive(archive)
    .filter((name) => name.startsWith("extension/") && !name.endsWith("/"))
    .map((name) => name.slice("extension/".length));
  const binaries = names.filter((name) => name.endsWith(".node"));
  const binary = `dist/native/${nativeBinaryOf[target]}`;
  return [
    ...names
      .filter((name) => !allowed.some((pattern) => pattern.test(name)))
      .map((name) => `${name} does not belong in it.`),
    ...required.filter((name) => !names.includes(name)).map((name) => `${name} is missing.`),
    ...(binaries.length === 1 && binaries[0] === binary
      ? []
      : [`It has to hold one native binary, ${binary}, and holds ${binaries.join(", ") || "none"}.`]),
    ...(archive.length > largestPackage
      ? [`${path.basename(vsix)} has ${archive.length} bytes, ${archive.length - largestPackage} too many.`]
      : []),
  ];
}
