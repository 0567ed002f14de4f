import assert from "node:assert/strict";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { readSettings } from "../../../org/env.ts";
import { openStore } from "../../../org/store/open.ts";
import { today } from "../../org/support/batches.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { freePort } from "../../org/support/postgres.ts";
import { heldIn, startService, type RunningService } from "../../org/support/service.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Person, until } from "../../support/editor/person.ts";
import { invite } from "../../support/sync/invite.ts";

const { vsix, flavour } = packageUnderTest();

suite(`A second machine of one person (${flavour} package)`, function () {
  this.timeout(240_000);
  let org: ReturnType<typeof makeFolder>;
  let environment: Record<string, string>;
  let service: RunningService;
  let desk: Person;
  let laptop: Person;

  suiteSetup(async () => {
    org = makeFolder();
    environment = { KEPT_ORG_DATA: org.folder, KEPT_ORG_PORT: String(await freePort()) };
    service = await startService(environment);
    desk = await Person.arrive(vsix);
    laptop = await Person.arrive(vsix);
  });
  suiteTeardown(async () => {
    await desk?.leave();
    await laptop?.leave();
    await service?.stop();
    org?.remove();
  });

  const isKnown = (who: Person) => () =>
    who.inDatabase("UPDATE consents SET id = 1 WHERE body ->> '$.membership.team' = 'Team'") === 1;

  test("joins with a code of the first, and sees what leaves before it agrees", async () => {
    await desk.offer(await invite(environment, service.address));
    await desk.readsWhatLeaves();
    await desk.choose("Agree and Join");
    await desk.notified("You joined");
    await desk.chooseWork();
    await until("the first was let in", isKnown(desk));
    const { page } = desk.workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await desk.workbench.runCommand("Kept: Add Another Machine of Mine");
    await desk.button("Copy the Code").waitFor();
    await desk.workbench.screenshot(`${flavour}/machine-code`);
    await desk.button("Copy the Code").click();
    await desk.notified("The code is in the clipboard");
    const code = await page.evaluate(() => navigator.clipboard.readText());
    await laptop.offer(code);
    await laptop.readsWhatLeaves();
    await laptop.workbench.screenshot(`${flavour}/machine-consent`);
    assert.equal(laptop.inDatabase("UPDATE consents SET id = 1"), 0);
    await laptop.choose("Agree and Join");
    await laptop.notified("You joined");
    await laptop.chooseWork();
    await until("the second was let in", isKnown(laptop));
  });

  test("is counted as the same person", async () => {
    for (const who of [desk, laptop]) {
      await who.work("let shared = 2;");
      who.inDatabase("UPDATE edits SET at = at - 7 * 86400000");
      const before = (await heldIn(environment)).events;
      await who.sendNow();
      await until("it arrived", async () => (await heldIn(environment)).events > before);
    }
    const read = readSettings(environment, { homeFolder: org.folder, platform: process.platform });
    assert.ok(read.ok);
    const { store } = await openStore(read.settings);
    try {
      const contributions = await store.contributions(isoWeekOf(today - 7));
      assert.ok(contributions.length > 0);
      assert.equal(new Set(contributions.map(({ pseudonym }) => pseudonym)).size, 1);
    } finally {
      await store.close();
    }
  });
});
