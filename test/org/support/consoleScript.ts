import path from "node:path";
import { build } from "esbuild";
import { onPage } from "../../../esbuild.page.mjs";

const root = path.resolve(import.meta.dirname, "../../..");

/** The console's script as it is shipped, made from the sources as they are now. */
export async function bundleConsoleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, "org/console/script/main.ts")],
    bundle: true,
    minify: true,
    write: false,
    ...onPage,
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]!.text;
}
