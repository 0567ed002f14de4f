import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../../scripts/browser/launch.ts";
import { artifactsFolder } from "../../../scripts/paths.ts";
import { teamAnswerSchema } from "../../../protocol/enrolment.ts";
import { isoWeekOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import { today } from "../../org/support/batches.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Person, until } from "../../support/editor/person.ts";
import { Organisation } from "../../support/org/organisation.ts";

const { vsix, flavour } = packageUnderTest();
/** The one before this week: all of its days are over. */
const week = isoWeekOf(today - 7);
const prompt = "Name one example file in the prompt before you ask for a test.";

suite(`Two people in an organisation (${flavour} package)`, function () {
  this.timeout(240_000);
  let org: Organisation;
  let browser: Browser;
  let ada: Person;
  let bo: Person;
  let people: Map<string, string[]>;

  suiteSetup(async () => {
    org = await Organisation.make();
    await org.command("keys", "--new");
    people = new Map();
    for (const [team, count] of [
      ["Payments", 6],
      ["Search", 3],
      // Hidden too, because the small one could be worked out from it.
      ["Support", 5],
      ["Platform", 9],
    ] as const)
      people.set(team, await org.people(team, count));
    // So that whoever joins is there before the week begins.
    await org.standAt(-21);
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

  test("have a day's sums arrive, beside those of others", async () => {
    // The last day of that week, before it is published.
    await org.standAt(mondayOf(week) + 6 - today);
    for (const who of [ada, bo]) {
      await who.workbench.openFile("sample.ts");
      await who.workbench.type("export const shared = 2;\n");
      await until("the edits wait", () => who.inDatabase("UPDATE outbox SET edit_number = edit_number") > 0);
      await pause(1_500);
      who.inDatabase("UPDATE edits SET at = at - 7 * 86400000");
      const before = await org.heldEvents();
      await who.sendNow();
      await until("they arrived", async () => (await org.heldEvents()) > before);
    }
    for (const [team, credentials] of people) await org.write(team, credentials, week);
  });

  test("are in their team's numbers when the week is over, and a small team is hidden", async () => {
    await org.standAt(9);
    const lead = await inConsole("Cy", "coeLead");
    await lead.goto(`${org.address}/adoption`);
    await lead
      .getByRole("heading", { name: /Adoption|Active use/ })
      .first()
      .waitFor();
    await picture(lead, "organisation-adoption");
    const small = await fetch(`${org.address}/v1/team`, {
      headers: { authorization: `Bearer ${people.get("Search")?.[0]}` },
    });
    const { weeks } = teamAnswerSchema.parse(await small.json());
    assert.deepEqual(weeks[0]?.team.all, { state: "hidden", why: "fewPeople" });
    const words = (await lead.locator("main").innerText()).replaceAll(/\s+/g, " ");
    assert.match(words, /Payments/);
    assert.match(words, /Platform/);
    await lead.close();
    for (const [who, name] of [
      [ada, "Ada"],
      [bo, "Bo"],
    ] as const) {
      await who.workbench.openContainer("Kept");
      const panel = who.workbench.webview("view");
      await panel.getByRole("tab", { name: "Team" }).click();
      await panel.getByText("Team Payments").waitFor();
      const heading = panel.getByRole("heading", { name: `Week ${week}`, exact: true });
      await until("the team's week is there", () => heading.isVisible());
      const shown = await panel.locator("kept-team .rows").innerText();
      assert.match(shown.replaceAll(/\s+/g, " "), /Kept, all text team \d+/);
      await who.workbench.screenshot(`${flavour}/organisation-team-${name}`);
    }
  });

  test("get a prompt that was written, approved and published in the console", async () => {
    await org.standAt(0);
    const writer = await inConsole("Di", "coeLead");
    await writer.goto(`${org.address}/coaching/write`);
    await writer.getByLabel("The default text", { exact: true }).fill(prompt);
    await writer.getByLabel("Whom to ask").fill("coaching@example.org");
    await writer.getByLabel(/Suggested prompt/).fill("Write tests like those in FILE.");
    await writer.getByRole("button", { name: "Save", exact: true }).click();
    await writer.getByRole("button", { name: "Propose to a second person" }).click();
    await writer.getByText("Approved by").waitFor();
    const address = writer.url();
    const second = await inConsole("Ed", "security");
    await second.goto(`${org.address}/coaching`);
    await second.getByRole("link", { name: prompt }).first().click();
    await second.getByRole("button", { name: "Approve", exact: true }).click();
    assert.ok(address.startsWith(org.address));
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

  test("say whether it helped, and that is counted", async () => {
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
      // As if its day were over.
      who.inDatabase("UPDATE outbox_tips SET day = date('now', '-1 day')");
      const before = await org.heldEvents();
      await who.sendNow();
      await until("the count arrived", async () => (await org.heldEvents()) > before);
    }
  });
});
