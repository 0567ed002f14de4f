import { passAtLength } from "../support/atLength.ts";
import { checkSyncKills } from "../support/sync/checkSyncKills.ts";

suite("Sending, at length", function () {
  this.timeout(3_600_000);
  /** On a machine that is busy with other things it can be done in parts. */
  const kills = Number(process.env["KEPT_SYNC_KILLS"] ?? 1_000);

  test("D1, H6: loses nothing and counts nothing twice while windows and service are killed a thousand times", () =>
    checkSyncKills({ windows: 4, kills, serviceKills: kills / 2 }));

  test("D4: sends nothing more when consent ends, 200 times in the middle of sending", () =>
    passAtLength({
      file: "test/unit/server/sync/sender.test.ts",
      titles: "D4: ",
      environment: { KEPT_STOPS: "200" },
    }));
});
