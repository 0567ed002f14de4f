import path from "node:path";
import { ensureEditor } from "../editor/install.ts";
import { installExtension, type RunningEditor, startEditor } from "../editor/serve.ts";
import { isolation } from "../editor/session.ts";
import { cacheFolder } from "../paths.ts";
import type { Demo } from "./demo.ts";
import { freePort } from "./port.ts";

const usualPort = 8390;

/** Real VS Code with the package, served to a browser on this machine. */
export async function serveInBrowser(
  vsix: string,
  demo: Demo | undefined,
  port: number | undefined,
): Promise<RunningEditor> {
  await ensureEditor();
  const folder = demo === undefined ? path.join(cacheFolder, "start") : path.join(demo.folder, "profile");
  const shared = {
    extensionsDir: path.join(folder, "extensions"),
    userDataDir: path.join(folder, "user"),
    ...(demo === undefined ? {} : { env: isolation({ home: demo.userHome, keptHome: demo.keptHome }) }),
  };
  await installExtension(vsix, shared);
  return await startEditor({
    ...shared,
    // npm changes into the clone, and says where it was called.
    workspace: demo?.workspace ?? process.env["INIT_CWD"] ?? process.cwd(),
    port: port ?? (await freePort(usualPort)),
    marketplace: true,
  });
}
