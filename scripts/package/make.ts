import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { outFolder, root } from "../paths.ts";
import { runOrThrow } from "../process/run.ts";
import { findingsOf } from "./check.ts";
import { documentsInPackage } from "./documents.ts";
import { type Manifest, packagedManifest, readManifest } from "./manifest.ts";
import { nativeBinaryOf, type Target } from "./target.ts";

export interface Package {
  readonly file: string;
  readonly bytes: number;
}

export interface PackageOptions {
  readonly target: Target;
  /** For hosts that grant proposed interfaces. */
  readonly proposed: boolean;
}

/** Where the bundles are as they are shipped. */
export const buildFolder = path.join(outFolder, "build");

/** Copied when they exist; which of them have to is the check's business. */
const documents = [
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "SECURITY.md",
  "telemetry.json",
  ...documentsInPackage.map((name) => `docs/${name}.md`),
  "media",
];

/** Builds the bundles as they are shipped, beside the ones that are worked with. */
export async function buildForPackaging() {
  await rm(buildFolder, { recursive: true, force: true });
  await runOrThrow(process.execPath, [
    path.join(root, "esbuild.config.mjs"),
    "--minify",
    `--into=${buildFolder}`,
  ]);
}

/** Makes one package from what was built, and refuses one that may not be shipped. */
export async function makePackage({ target, proposed }: PackageOptions): Promise<Package> {
  const manifest = await readManifest();
  const flavour = proposed ? "-proposed" : "";
  const stage = path.join(outFolder, "stage", `${target}${flavour}`);
  const file = path.join(outFolder, `kept-${target}-${manifest.version}${flavour}.vsix`);
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await fill(stage, manifest, { target, proposed });
  await runOrThrow(
    process.execPath,
    [
      path.join(root, "node_modules", "@vscode", "vsce", "vsce"),
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--target",
      target,
      "--out",
      file,
    ],
    { cwd: stage },
  );
  const findings = await findingsOf(file, target);
  if (findings.length > 0) {
    await rm(file);
    throw new Error(`The package for ${target} may not be shipped:\n${findings.join("\n")}`);
  }
  return { file, bytes: (await stat(file)).size };
}

async function fill(stage: string, manifest: Manifest, { target, proposed }: PackageOptions) {
  const translations = (await readdir(root)).filter((name) => /^package\.nls(\.[\w-]+)?\.json$/.test(name));
  for (const name of [...documents, ...translations]) {
    const source = path.join(root, name);
    if (existsSync(source)) await cp(source, path.join(stage, name), { recursive: true });
  }
  await cp(path.join(buildFolder, "dist"), path.join(stage, "dist"), {
    recursive: true,
    filter: (source) => path.basename(source) !== "native",
  });
  const binary = nativeBinaryOf[target];
  await cp(
    path.join(root, "node_modules", "better-sqlite3", "prebuilds", binary),
    path.join(stage, "dist", "native", binary),
  );
  const packaged = packagedManifest(manifest, proposed);
  await writeFile(path.join(stage, "package.json"), `${JSON.stringify(packaged, null, 2)}\n`);
}
