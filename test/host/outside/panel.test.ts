import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();
const widths = { narrow: 300, wide: 760 };

suite(`The panel (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({ vsix });
    workbench = await Workbench.open(session);
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  test("opens from its icon in the activity bar", async () => {
    await workbench.openContainer("Kept");
    await workbench.webview("view").locator("body").filter({ hasText: /\w/ }).waitFor();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    test(`is shown in the ${theme} theme, narrow and wide`, async () => {
      await workbench.setTheme(theme);
      for (const [name, width] of Object.entries(widths)) {
        await workbench.setSideBarWidth(width);
        await workbench.screenshot(`${flavour}/panel-${theme}-${name}`);
      }
    });
  }

  test("asks for nothing that its content security policy refuses", () => {
    assert.deepEqual(workbench.refused, []);
  });
});
