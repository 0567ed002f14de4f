import assert from "node:assert/strict";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { waitDays } from "../../../core/protection/publish.ts";
import { daysWriter, weekDays } from "../../../core/weekDays.ts";
import { launchBrowser } from "../../../scripts/browser/launch.ts";
import { artifactsFolder } from "../../../scripts/paths.ts";
import { hiddenSentences } from "../../../protocol/protection.ts";
import { dateOf, isoWeekOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import { today } from "../../org/support/batches.ts";
import { tallyRecordOf } from "../../org/support/tallyRecords.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Person, until } from "../../support/editor/person.ts";
import { editsAWeek, Organisation } from "../../support/org/organisation.ts";

const { vsix, flavour } = packageUnderTest();
/** The two before this week: all of their days are over. */
const week = isoWeekOf(today - 14);
const weekAfter = isoWeekOf(today - 7);
/** Days on which each of the two works; on fewer nobody is counted. */
const workDays = (name: string) => [0, 1, 3].map((day) => mondayOf(name) + day);
/** When the service may tell of a week, in days from now. */
const publishedAt = (name: string) => mondayOf(name) + 7 + waitDays - today;
const prompt = "Name one example file in the prompt before you ask for a test.";

suite(`Two people in an organisation (${flavour} package)`, function () {
  this.timeout(300_000);
  let org: Organisation;
  let browser: Browser;
  let ada: Person;
  let bo: Person;
  let people: Map<string, string[]>;
  let promptId: string;

  suiteSetup(async () => {
    org = await Organisation.make();
    await org.command("keys", "--new");
    // So that whoever joins is there before the week begins.
    await org.standAt(-21);
    people = new Map();
    for (const [team, count] of Object.entries({ Payments: 8, Search: 3, Support: 5, Platform: 9 }))
      people.set(team, await org.people(team, count));
    browser = await launchBrowser();
    ada = await Person.arrive(vsix);
    bo = await Person.arrive(vsix);
  });

  suiteTeardown(async () => {
    await ada?.leave();
    await bo?.leave();
    await browser?.close();
    await org?.stop();
  });

  /** Somebody who may open the console, in a browser of their own. */
  async function inConsole(name: string, role: string): Promise<Page> {
    const printed = await org.command("access", "--name", name, "--role", role);
    const key = /kept_console_\S+/.exec(printed)?.[0] ?? "";
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    await page.goto(`${org.address}/sign-in`);
    await page.getByLabel("Key").fill(key);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    return page;
  }
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: path.join(artifactsFolder, `${flavour}-${name}.png`), fullPage: true });

  test("read what would be shared, agree by a click, and say which folder is work", async () => {
    for (const [who, name] of [
      [ada, "Ada"],
      [bo, "Bo"],
    ] as const) {
      const invitation = await org.command("token", "--team", "Payments", "--people", "20");
      const { workbench } = who;
      await who.offer(invitation);
      await who.readsWhatLeaves();
      await workbench.screenshot(`${flavour}/organisation-consent-${name}`);
      await who.choose("Agree and Join");
      await who.notified("You joined");
      await who.chooseWork();
      await until(
        "the organisation answered",
        () =>
          who.inDatabase("UPDATE consents SET id = 1 WHERE body ->> '$.membership.team' = 'Payments'") === 1,
      );
    }
  });

  test("have the sums of three days arrive, beside those of others", async () => {
    // The last day of that week, before it is published.
    await org.standAt(mondayOf(week) + 6 - today);
    for (const who of [ada, bo]) {
      const before = await org.heldEvents();
      await who.workOn(workDays(week));
      await who.sendNow();
      await until("they arrived", async () => (await org.heldEvents()) >= before + 3);
    }
    for (const [team, credentials] of people) await org.write(team, credentials, week);
  });

  test("are in their team's row of the console when the week is over, and a small team's row is hidden", async () => {
    await org.standAt(publishedAt(week));
    for (const who of [ada, bo]) await who.workbench.openContainer("Kept");
    const lead = await inConsole("Cy", "coeLead");
    await lead.goto(`${org.address}/adoption?by=edits`);
    const map = lead.getByRole("region", { name: "by team and week" });
    const cellOf = (team: string) => map.getByRole("row", { name: team }).getByRole("cell").last();
    await map.waitFor();
    await picture(lead, "organisation-adoption");
    const [own, all] = [8 * editsAWeek.ai, 8 * editsAWeek.all];
    const monday = mondayOf(week);
    const both = [ada, bo].map((who) => who.editsOf(monday, monday + 7));
    assert.ok(both.every((edits) => edits > 0));
    assert.equal(
      await cellOf("Payments").getAttribute("title"),
      `${own.toLocaleString("en")} of ${(all + both[0]! + both[1]!).toLocaleString("en")} edits`,
    );
    assert.match(await cellOf("Payments").innerText(), /^\d+\s%$/);
    const hidden = cellOf("Search");
    await hidden.focus();
    assert.equal((await hidden.textContent())?.trim(), hiddenSentences.fewPeople);
    assert.ok(((await hidden.locator(".why").boundingBox())?.width ?? 0) > 100);
    await picture(lead, "organisation-adoption-why");
    await lead.goto(`${org.address}/adoption?team=Search&by=edits`);
    await picture(lead, "organisation-adoption-small");
    const told = await lead.getByRole("main").innerText();
    assert.doesNotMatch(told.replaceAll(/\s+/g, " "), /\d+ of \d+ edits/);
    await lead.close();
    for (const [who, name] of [
      [ada, "Ada"],
      [bo, "Bo"],
    ] as const) {
      const panel = who.workbench.webview("view");
      await panel.getByRole("tab", { name: "Team" }).click();
      await panel.getByText("Team Payments").waitFor();
      const title = `The week of ${weekDays(week, daysWriter("en"))}`;
      const heading = panel.getByRole("heading", { name: title, exact: true });
      await until("the team's week is there", () => heading.isVisible());
      const shown = await panel.locator("kept-team .rows").innerText();
      assert.match(shown.replaceAll(/\s+/g, " "), /Kept, all text(?: \d+ %)* team \d+ %/);
      await who.workbench.screenshot(`${flavour}/organisation-team-${name}`);
    }
  });

  test("get a prompt that was written, approved and published in the console", async () => {
    // Before the week after is told of, and never ahead of the editors' clocks.
    await org.standAt(Math.min(0, publishedAt(weekAfter) - 2));
    const writer = await inConsole("Di", "coeLead");
    await writer.goto(`${org.address}/coaching/write`);
    await writer.getByLabel("The default text", { exact: true }).fill(prompt);
    await writer.getByLabel("Whom to ask").fill("coaching@example.org");
    await writer.getByLabel(/Suggested prompt/).fill("Write tests like those in FILE.");
    await writer.getByRole("button", { name: "Save", exact: true }).click();
    await writer.getByRole("button", { name: "Propose to a second person" }).click();
    await writer.getByText("Approved by").waitFor();
    const address = new URL(writer.url());
    promptId = address.searchParams.get("prompt") ?? "";
    const second = await inConsole("Ed", "security");
    await second.goto(`${org.address}/coaching`);
    await second.getByRole("link", { name: prompt }).first().click();
    await second.getByRole("button", { name: "Approve", exact: true }).click();
    await writer.goto(`${org.address}/coaching`);
    await writer.getByRole("button", { name: "Sign and publish" }).click();
    await picture(writer, "organisation-published");
    for (const [who, name] of [
      [ada, "Ada"],
      [bo, "Bo"],
    ] as const) {
      await who.sendNow();
      const panel = who.workbench.webview("view");
      await panel.getByRole("tab", { name: "Team" }).click();
      await panel.getByText(prompt).first().waitFor();
      // Chance may have decided that nothing is said.
      who.inDatabase("UPDATE tips SET record = json_set(record, '$.isHeldOut', json('false'))");
      await panel.getByRole("tab", { name: "Coach" }).click();
      await panel.getByText("Suggested prompt", { exact: true }).waitFor();
      await who.workbench.screenshot(`${flavour}/organisation-prompt-${name}`);
    }
  });

  test("say whether it helped, and the console counts both answers when that week is over", async () => {
    const day = mondayOf(weekAfter) + 2;
    for (const [who, answer, name] of [
      [ada, "Helped", "helped"],
      [bo, "Not for me", "not.for.me"],
    ] as const) {
      const panel = who.workbench.webview("view");
      await panel.getByRole("button", { name: answer, exact: true }).first().click();
      await until(
        "it is noted",
        () => who.inDatabase(`UPDATE outbox_tips SET id = id WHERE name = '${name}'`) > 0,
      );
      // What is over is sent as it is found, some of it before all is done.
      const before = await org.heldEvents();
      who.inDatabase(`UPDATE outbox_tips SET day = '${dateOf(day)}'`);
      await who.workOn(workDays(weekAfter));
      await who.sendNow();
      await until("the counts arrived", async () => (await org.heldEvents()) >= before + 4);
    }
    // Four of the others answer one way and four the other: without either of the two, too few would have, and it is hidden.
    let answers = 0;
    for (const [team, credentials] of people)
      await org.write(team, credentials, weekAfter, (person) =>
        team === "Payments"
          ? [
              tallyRecordOf({
                ...{ name: `${person} tip`, day, person, table: "kept.tip" },
                keys: { tip: promptId, tool: "any", language: "any" },
                sums: { shown: 2, [answers++ % 2 === 0 ? "helped" : "not.for.me"]: 1 },
              }),
            ]
          : [],
      );
    await org.standAt(publishedAt(weekAfter));
    const lead = await inConsole("Flo", "coeLead");
    await lead.goto(`${org.address}/coaching/effect`);
    const row = lead
      .getByRole("region", { name: "Reach and effect of your prompts" })
      .getByRole("row")
      .last();
    await row.waitFor();
    await picture(lead, "organisation-effect");
    assert.equal(await row.getByRole("rowheader").innerText(), prompt);
    const [, helped, notForMe] = await row.getByRole("cell").allInnerTexts();
    assert.deepEqual([helped, notForMe], ["5", "5"]);
    await lead.close();
  });
});
