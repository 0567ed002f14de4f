import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const longestActivationMs = 50;

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

  test(`takes ${longestActivationMs} ms at most, loading included`, async () => {
    const milliseconds = await workbench.activationTime("Kept");
    console.log(`The editor says that Kept was activated in ${milliseconds} ms.`);
    assert.ok(milliseconds <= longestActivationMs, `It took ${milliseconds} ms.`);
  });
});
