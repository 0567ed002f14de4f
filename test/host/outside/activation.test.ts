import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

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

  test("is measured by the editor itself, and said", async () => {
    await workbench.statusBarEntry("Kept").waitFor({ timeout: longestStartMs });
    const { load, activate } = await workbench.activationOf("kept.kept");
    console.log(
      `activate returned in ${activate} ms (bar 50), after ${load} ms of loading beside all other extensions`,
    );
    assert.ok(Number.isFinite(activate) && Number.isFinite(load));
  });
});
