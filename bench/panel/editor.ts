import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { installExtension, startEditor } from "../../scripts/editor/serve.ts";
import { isolation } from "../../scripts/editor/session.ts";
import { buildForPackaging, makePackage } from "../../scripts/package/make.ts";
import { targetOfThisMachine } from "../../scripts/package/target.ts";
import { shortTemporaryFolder } from "../../scripts/paths.ts";
import { Workbench } from "../../test/support/editor/workbench.ts";
import type { YearOfEdits } from "./store.ts";
import { watchPanel } from "./watch.ts";

export interface OpenEditor {
  readonly workbench: Workbench;
  stop(): Promise<void>;
}

/** The packaged extension in VS Code, as the host tests have it, over a store that is there already. */
export async function openEditor({ home, workspace }: YearOfEdits): Promise<OpenEditor> {
  await buildForPackaging();
  const { file } = await makePackage({ target: targetOfThisMachine(), proposed: false });
  const folder = await mkdtemp(path.join(shortTemporaryFolder(), "kept-"));
  const within = (name: string) => path.join(folder, name);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await mkdir(within("home"));
    const env = isolation({ home: within("home"), keptHome: home });
    const folders = { extensionsDir: within("ext"), userDataDir: within("user"), env };
    await installExtension(file, folders);
    const settings = { "kept.retention.editDays": 730, "kept.retention.sumMonths": 25 };
    const editor = await startEditor({ ...folders, workspace, settings });
    const viewport = { width: 1400, height: 1600 };
    const workbench = await Workbench.open({ url: editor.url }, viewport, async (page) => {
      await page.addInitScript(watchPanel);
    });
    return {
      workbench,
      stop: async () => {
        await workbench.close();
        await editor.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
