import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { isolation, type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

/** With a history in the store, as a person sees it after some weeks. The README's picture is one of these. */
suite(`The demonstration (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  /** The command line of the installed package. */
  const runKept = (...args: string[]): string => {
    const extensions = path.join(session.folder, "ext");
    const installed = readdirSync(extensions).find((name) => name.startsWith("kept.kept-"));
    assert.ok(installed, "the package is installed");
    return execFileSync(process.execPath, [path.join(extensions, installed, "dist", "cli.js"), ...args], {
      env: { ...process.env, ...isolation(session) },
      encoding: "utf8",
    });
  };

  suiteSetup(async () => {
    session = await startSession({ vsix });
    const workspace = pathToFileURL(session.workspace).href;
    runKept("demo", "--workspace", workspace);
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
    const report = JSON.parse(runKept("report", "--json")) as {
      metrics: { id: string; value: number; n: number }[];
    };
    const kept = report.metrics.find(({ id }) => id === "keptAi")!;
    const panel = workbench.webview("view");
    await panel
      .getByText(`${kept.n.toLocaleString("en")} AI edits`, { exact: false })
      .first()
      .waitFor();
    await panel
      .locator(`text=/${Math.round(kept.value * 100)}\\s*%/ >> visible=true`)
      .first()
      .waitFor();
  });
});
