import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { insertedChars } from "../../support/editor/report.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

suite(`Pausing and policies (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      files: { "a.txt": "", ".kept/policy.json": '{"record":false}' },
      settings: { "files.autoSave": "off" },
    });
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
    await workbench.openFile("a.txt");
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  const policy = () => path.join(session.workspace, ".kept", "policy.json");
  const allChars = async () =>
    Object.values(await insertedChars(session)).reduce((sum, chars) => sum + chars, 0);
  const recordedChars = async () => {
    await workbench.page.waitForTimeout(1500);
    return allChars();
  };
  /** Types until it is recorded: a watcher may be late. */
  const untilRecorded = async () => {
    const before = await allChars();
    const deadline = Date.now() + 20_000;
    do {
      assert.ok(Date.now() < deadline, "Nothing was recorded");
      await workbench.type("x");
    } while ((await recordedChars()) === before);
  };

  test("nothing is recorded where a policy forbids it, from the first key on, until it allows it", async () => {
    await workbench.type("never recorded");
    await recordedChars();
    assert.deepEqual(await insertedChars(session), {});
    await rm(policy());
    await untilRecorded();
    await mkdir(path.dirname(policy()), { recursive: true });
    await writeFile(policy(), '{"recrod":false}');
    await workbench.page.getByText("policy.json cannot be read").first().waitFor();
    const before = await recordedChars();
    await workbench.type("nobody knows whether this may be recorded");
    assert.equal(await recordedChars(), before);
    await writeFile(policy(), "{}");
    await untilRecorded();
  });

  test("nothing is recorded while the window is paused, and the status bar says so", async () => {
    await workbench.page.keyboard.press("F1");
    await workbench.page.keyboard.type("Kept: Pause Recording");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.getByText("For an hour").click();
    const item = workbench.page
      .getByRole("button", { name: /Kept paused|records nothing in this window/ })
      .first();
    await item.waitFor();
    await workbench.screenshot("paused");
    const before = await recordedChars();
    await workbench.openFile("a.txt");
    await workbench.type("not recorded");
    assert.equal(await recordedChars(), before);
    await item.click();
    await workbench.statusBarEntry("Kept").waitFor();
    await workbench.openFile("a.txt");
    await untilRecorded();
    assert.deepEqual(workbench.refused, []);
  });
});
