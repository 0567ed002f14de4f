import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { sinkRequestSchema } from "../../../protocol/sink.ts";
import { today } from "../../org/support/batches.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Person, until } from "../../support/editor/person.ts";
import { startStockCollector } from "../../support/sync/stockCollector.ts";

const { vsix, flavour } = packageUnderTest();
const weekMs = 7 * 86_400_000;

suite(`Sharing with a stock collector (${flavour} package)`, function () {
  this.timeout(180_000);
  let collector: Awaited<ReturnType<typeof startStockCollector>>;
  let ada: Person;

  suiteSetup(async () => {
    collector = await startStockCollector("/otlp");
    ada = await Person.arrive(vsix);
  });
  suiteTeardown(async () => {
    await ada?.leave();
    await collector?.close();
  });

  test("shows what would leave, and asks for what the collector wants of each request", async () => {
    await ada.offer(`${collector.address}/v1/logs`);
    await ada.workbench.page.locator(".quick-input-widget", { hasText: "Header Fields" }).waitFor();
    await ada.workbench.screenshot(`${flavour}/sink-header-fields`);
    await ada.answer("x-scope-orgid=team-a");
    await ada.readsWhatLeaves();
    await ada.workbench.screenshot(`${flavour}/sink-consent`);
    assert.equal(ada.inDatabase("UPDATE consents SET id = 1"), 0);
    await ada.choose("Agree and Join");
    await ada.notified("a week at a time");
    await ada.chooseWork();
  });

  test("sends nothing of a week that goes on, and its sums once it is over", async () => {
    await ada.work("let shared = 2;");
    await ada.sendNow();
    assert.equal(collector.taken.length, 0);
    ada.inDatabase(`UPDATE edits SET at = at - ${weekMs}`);
    await ada.sendNow();
    await until("the week arrived", () => collector.taken.length > 0);
    assert.deepEqual(collector.refused, []);
    const [{ path, headers, bytes }] = collector.taken as [(typeof collector.taken)[number]];
    assert.deepEqual([path, headers["x-scope-orgid"]], ["/otlp/v1/logs", "team-a"]);
    const text = gunzipSync(bytes).toString("utf8");
    const records = sinkRequestSchema.parse(JSON.parse(text)).resourceLogs[0]!.scopeLogs[0]!.logRecords;
    const week = records.find(({ eventName }) => eventName === "kept.week");
    const values = Object.fromEntries(week?.attributes.map(({ key, value }) => [key, value]) ?? []);
    assert.deepEqual(
      [values["week"], values["origin.kind"]],
      [{ stringValue: isoWeekOf(today - 7) }, { stringValue: "human" }],
    );
    for (const canary of ["shared", "sample", ada.session.workspace])
      assert.ok(!text.includes(canary), canary);
    await ada.workbench.runCommand("Kept: Show What Was Sent");
    await ada.workbench.page
      .locator(".monaco-editor .view-lines", { hasText: "kept.week" })
      .first()
      .waitFor();
    await ada.workbench.screenshot(`${flavour}/sink-sent`);
  });

  test("says on leaving that nobody there can take it back, and sends no more", async () => {
    await ada.workbench.runCommand("Kept: Stop Sharing and Delete");
    await ada.workbench.page
      .locator(".monaco-dialog-box", { hasText: "What was sent stays there" })
      .waitFor();
    await ada.workbench.screenshot(`${flavour}/sink-leave`);
    await ada.button("Stop").click();
    await ada.notified("Sharing has ended");
    assert.equal(ada.inDatabase("UPDATE consents SET id = 1"), 0);
    assert.equal(collector.taken.length, 1);
  });
});
