import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

suite(`The margin (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      files: { "sample.ts": "export const before = 1;\n\nexport const after = 2;\n" },
    });
    workbench = await Workbench.open(session);
    // What is typed before Kept is there is nobody's.
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** The pictures in the margin, from the first line on. */
  const pictures = () =>
    workbench.page.evaluate(() =>
      [...document.querySelectorAll(".monaco-editor .glyph-margin-widgets .cgmr")]
        .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
        .map((element) => getComputedStyle(element).backgroundImage),
    );
  const until = async (what: string, condition: () => Promise<boolean>) => {
    const deadline = Date.now() + 30_000;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  /** Written again and again: the editor does not watch its files yet when it is first seen. */
  const untilPicturesWith = (enabled: boolean, count: number) =>
    until(`${count} pictures in the margin`, async () => {
      await session.changeSettings({ "kept.gutter.enabled": enabled });
      await workbench.page.waitForTimeout(1_000);
      return (await pictures()).length === count;
    });

  test("is empty while the setting is off", async () => {
    await workbench.openFile("sample.ts");
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.type("typed");
    assert.deepEqual(await pictures(), []);
  });

  test("has a mark of its own shape for each origin once it is on, and follows labels", async () => {
    await untilPicturesWith(true, 1);
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.press("Enter");
    await workbench.type("labelled");
    await workbench.runCommand("Kept: AI Wrote This");
    await until("two kinds of pictures", async () => new Set(await pictures()).size === 2);
    const shapes = (await pictures()).map((picture) =>
      Buffer.from(/base64,([^"]+)/.exec(picture)![1]!, "base64").toString(),
    );
    assert.match(shapes[0]!, /<circle/);
    assert.match(shapes[1]!, /<rect/);
    for (const theme of Object.keys(themes) as Theme[]) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${flavour}/margin-${theme}`);
    }
  });

  test("has its legend in the language status", async () => {
    await workbench.page.locator('.statusbar-item[id="status.languageStatus"]').click();
    await workbench.page
      .getByText(/■ AI \d+ %.*○ Human \d+ %.*the marks beside the lines/)
      .first()
      .waitFor();
    await workbench.screenshot(`${flavour}/margin-legend`);
    await workbench.page.keyboard.press("Escape");
  });

  test("is empty again when the setting is off", async () => {
    await untilPicturesWith(false, 0);
  });

  test("and a hover says who wrote the text there", async () => {
    await workbench.page.getByText("labelled").first().hover();
    await workbench.page.locator(".monaco-hover", { hasText: "You said so" }).first().waitFor();
    await workbench.screenshot(`${flavour}/provenance-hover`);
  });
});
