import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const longestActivateMs = 50;
const longestStartMs = 60_000;

suite("Activation", () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({ vsix: packageUnderTest().vsix });
    workbench = await Workbench.open(session);
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  test(`calls activate for ${longestActivateMs} ms at most`, async () => {
    await workbench.statusBarEntry("Kept").waitFor({ timeout: longestStartMs });
    const { load, activate } = await workbench.activationOf("kept.kept");
    console.log(
      `activate returned in ${activate} ms, after ${load} ms of loading beside all other extensions`,
    );
    assert.ok(activate <= longestActivateMs, `It took ${activate} ms.`);
  });
});
