import path from "node:path";
import { build } from "esbuild";
import { onPage } from "../../esbuild.page.mjs";

const root = path.resolve(import.meta.dirname, "../..");

export interface PanelBundle {
  readonly script: string;
  readonly styles: string;
}

/** The panel as it is shipped, made from the sources as they are now. */
export async function bundlePanel(): Promise<PanelBundle> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, "webview/main.ts")],
    outfile: path.join(root, "dist/panel.js"),
    bundle: true,
    minify: true,
    write: false,
    ...onPage,
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const textOf = (extension: string) => outputFiles.find(({ path: name }) => name.endsWith(extension))!.text;
  return { script: textOf(".js"), styles: textOf(".css") };
}
