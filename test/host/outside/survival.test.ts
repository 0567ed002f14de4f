import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readSettings } from "../../../org/env.ts";
import { isoWeekOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import { openStore } from "../../../org/store/open.ts";
import { today } from "../../org/support/batches.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { freePort } from "../../org/support/postgres.ts";
import { startService, type RunningService } from "../../org/support/service.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Person, until } from "../../support/editor/person.ts";
import { invite } from "../../support/sync/invite.ts";

const { vsix, flavour } = packageUnderTest();
const dayMs = 86_400_000;
const week = isoWeekOf(today - 7);
/** Fourteen days old in the middle of that week. */
const bornAt = (mondayOf(week) + 2 - 14) * dayMs + dayMs / 2;

suite(`What survives in a repository (${flavour} package)`, function () {
  this.timeout(240_000);
  let org: ReturnType<typeof makeFolder>;
  let environment: Record<string, string>;
  let service: RunningService;
  let ada: Person;

  suiteSetup(async () => {
    org = makeFolder();
    environment = { KEPT_ORG_DATA: org.folder, KEPT_ORG_PORT: String(await freePort()) };
    service = await startService(environment);
    ada = await Person.arrive(vsix);
  });
  suiteTeardown(async () => {
    await ada?.leave();
    await service?.stop();
    org?.remove();
  });

  const git = (at: number, ...words: string[]) =>
    execFileSync("git", words, {
      cwd: ada.session.workspace,
      env: {
        ...process.env,
        HOME: ada.session.home,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_DATE: `${at / 1000} +0000`,
        GIT_COMMITTER_DATE: `${at / 1000} +0000`,
      },
      stdio: "ignore",
    });
  const lines = (from: number, to: number, say: string) =>
    Array.from({ length: to - from }, (_, index) => `export const ${say}${from + index} = ${index};\n`).join(
      "",
    );
  const commit = (at: number, text: string, message: string) => {
    writeFileSync(path.join(ada.session.workspace, "built.ts"), text);
    git(at, "add", "built.ts");
    git(at, "commit", "--quiet", "--message", message);
  };

  async function arrived() {
    const read = readSettings(environment, { homeFolder: org.folder, platform: process.platform });
    assert.ok(read.ok);
    const { store } = await openStore(read.settings);
    try {
      return (await store.tallyShares(week)).filter(({ table }) => table === "kept.survival");
    } finally {
      await store.close();
    }
  }

  test("arrives at the organisation once its week is over, counted from the commits themselves", async () => {
    git(bornAt, "init", "--quiet", "--initial-branch=main");
    git(bornAt, "config", "user.name", "Ada Example");
    git(bornAt, "config", "user.email", "ada@example.org");
    const trailer = "\n\nCo-authored-by: Claude <noreply@anthropic.com>";
    commit(bornAt, lines(0, 40, "kept"), `feat: build it${trailer}`);
    // Ten of them were written anew a week later.
    commit(
      bornAt + 7 * dayMs,
      lines(0, 30, "kept") + lines(30, 40, "other"),
      "fix: build the end of it otherwise",
    );

    await ada.offer(await invite(environment, service.address));
    await ada.readsWhatLeaves();
    await ada.choose("Agree and Join");
    await ada.notified("You joined");
    await ada.chooseWork();
    await until(
      "she was let in",
      () => ada.inDatabase("UPDATE consents SET id = 1 WHERE body ->> '$.membership.team' = 'Team'") === 1,
    );
    // As if she had agreed before she wrote it.
    const before = bornAt - dayMs;
    ada.inDatabase(`UPDATE work_folders SET since = ${before}`);
    ada.inDatabase(`UPDATE consents SET body = json_set(body, '$.givenAt', ${before})`);
    await ada.workbench.openFile("built.ts");
    let found = await arrived();
    await until("it arrived", async () => {
      await ada.sendNow();
      found = await arrived();
      return found.length > 0;
    });
    const [share, ...others] = found;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [share!.keys, share!.sums],
      [["ai", "claude-code", "14"], { lines: 40, surviving: 30, self: 10, corrective: 10 }],
    );
  });
});
