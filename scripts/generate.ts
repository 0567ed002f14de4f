/**
 * Writes what is declared once in protocol/ to everywhere it has to stand: the manifest, its texts, and the documents.
 * `--check` writes nothing and fails where a file differs.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { coachingDocument, rulesSchema } from "./generate/coaching.ts";
import { dataDocument, errorsDocument, settingsDocument } from "./generate/documents.ts";
import { kpiDocument } from "./generate/kpiDocument.ts";
import { privacyDocument } from "./generate/privacyDocument.ts";
import { manifestTexts, rulesSchemaFile, withContributions } from "./generate/manifest.ts";
import { translatableTexts } from "./generate/texts.ts";

const root = path.resolve(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");

async function main(): Promise<void> {
  const manifest = JSON.parse(await read("package.json")) as Record<string, unknown>;
  const texts = JSON.parse(await read("package.nls.json")) as Record<string, string>;
  const files: Record<string, string> = {
    "package.json": json(withContributions(manifest)),
    "package.nls.json": json(manifestTexts(texts)),
    "l10n/bundle.l10n.json": json(await translatableTexts(path.join(root, "extension"))),
    "protocol/version.ts": `/** Generated from package.json by \`npm run generate\`. */\nexport const version = ${JSON.stringify(manifest.version)};\n`,
    "docs/settings.md": settingsDocument(),
    "docs/data.md": dataDocument(),
    "docs/errors.md": errorsDocument(),
    "docs/kpis.md": kpiDocument(),
    "docs/privacy.md": privacyDocument(),
    "docs/coaching.md": coachingDocument(),
    [rulesSchemaFile]: json(rulesSchema()),
  };
  const stale: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    if ((await read(name)) === text) continue;
    stale.push(name);
    if (!isCheck) await writeFile(path.join(root, name), text);
  }
  if (!isCheck) {
    if (stale.length > 0) console.log(`Written: ${stale.join(", ")}`);
  } else if (stale.length > 0) {
    console.error(`Out of date: ${stale.join(", ")}. Run: npm run generate`);
    process.exitCode = 1;
  }
}

async function read(name: string): Promise<string> {
  return readFile(path.join(root, name), "utf8").catch(() => "");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

await main();
