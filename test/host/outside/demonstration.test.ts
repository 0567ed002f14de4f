import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { isolation, type Session, startSession } from "../../../scripts/editor/session.ts";
import { root } from "../../../scripts/paths.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

/** With a history in the store, as a person sees it after some weeks. The README's picture is one of these. */
suite(`The demonstration (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({ vsix });
    const workspace = pathToFileURL(session.workspace).href;
    execFileSync(process.execPath, [path.join(root, "dist", "cli.js"), "demo", "--workspace", workspace], {
      env: { ...process.env, ...isolation(session) },
    });
    workbench = await Workbench.open(session);
    await workbench.openContainer("Kept");
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    test(`is shown as what it is in the ${theme} theme, in the side bar and as an editor`, async () => {
      await workbench.setTheme(theme);
      await workbench.setSideBarWidth(300);
      const panel = workbench.webview("view");
      await panel.getByText("Demonstration data").waitFor();
      await panel.getByText("of what AI wrote in the last 30 days is still there").waitFor();
      await workbench.screenshot(`${flavour}/demonstration-${theme}-narrow`);
      await workbench.runCommand("Kept: Open Panel as Editor");
      await workbench.webview("editor").getByText("Demonstration data").waitFor();
      await workbench.screenshot(`${flavour}/demonstration-${theme}-editor`);
      await workbench.runCommand("View: Close Editor");
    });
  }

  test("shows the same numbers as the report", async () => {
    const report = JSON.parse(
      execFileSync(process.execPath, [path.join(root, "dist", "cli.js"), "report", "--json"], {
        env: { ...process.env, ...isolation(session) },
        encoding: "utf8",
      }),
    ) as { metrics: { id: string; value: number; n: number }[] };
    const kept = report.metrics.find(({ id }) => id === "keptAi")!;
    const panel = workbench.webview("view");
    await panel.getByText(`${kept.n} AI edits`, { exact: false }).first().waitFor();
    const shown = await panel.locator("body").innerText();
    assert.match(
      shown.replaceAll("\u00a0", " ").replaceAll("\u202f", " "),
      new RegExp(`${Math.round(kept.value * 100)} ?%`),
    );
  });
});
