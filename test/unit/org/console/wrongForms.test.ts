import assert from "node:assert/strict";
import { problemDocumentSchema } from "../../../../protocol/collector.ts";
import { makeApp, type AppForTest } from "../../../org/support/app.ts";
import { formHeaders, formTokenIn, signInAs, type Visitor } from "../../../org/support/visitor.ts";

suite("What is wrong in a form of the console", () => {
  let service: AppForTest;

  setup(async () => {
    service = await makeApp();
  });

  teardown(() => service.close());

  test("has its field named for a program", async () => {
    const lead = await signInAs(service, "coeLead");
    const security = await signInAs(service, "security");
    const prompt = {
      ...{ prompt: "", audience: "everyone", contact: "coaching@example.org" },
      ...{ from: "2026-11-21", until: "2026-12-19", locale: "en", text: "Name one example file." },
    };
    const wrong: readonly (readonly [Visitor, string, Record<string, string>, string, RegExp])[] = [
      [lead, "/coaching/save", { ...prompt, text: "" }, "texts", /first text is needed/],
      [lead, "/coaching/save", { ...prompt, locale: "english" }, "texts", /expected a language/],
      [lead, "/coaching/save", { ...prompt, audience: "team", team: "Nobody" }, "audience", /no such team/],
      [lead, "/coaching/save", { ...prompt, when: "((" }, "when", /character/],
      [lead, "/coaching/publish", { days: "x" }, "days", /^expected 1 to 14 days$/],
      [lead, "/coaching/publish", { days: "99" }, "days", /^expected 1 to 14 days$/],
      [lead, "/coaching/publish", { days: "1e1" }, "days", /^expected 1 to 14 days$/],
      [lead, "/coaching/export", { days: "0x7" }, "days", /^expected 1 to 14 days$/],
      [lead, "/coaching/save", { ...prompt, from: "2026-02-31" }, "from", /day of the calendar/],
      [lead, "/coaching/save", { ...prompt, until: "2026-99-99" }, "until", /day of the calendar/],
      [lead, "/export", { weeks: "abc", team: "" }, "weeks", /^expected 4, 13, 52$/],
      [lead, "/export", { weeks: "13", team: "Nope" }, "team", /is none that you see/],
      [lead, "/coaching/propose", { prompt: "x", seen: "" }, "prompt", /./],
      [
        security,
        "/settings/repositories",
        { sandbox: "a".repeat(301) },
        "sandbox",
        /^line 1 has more than 300/,
      ],
      [
        security,
        "/settings/repositories",
        { standard: "a\n".repeat(201) },
        "standard",
        /200 patterns at most/,
      ],
      [lead, "/settings/targets", { "Z9 requirement": "5" }, "Z9 requirement", /no such target/],
      [lead, "/settings/targets", { "A1 requirement": "101" }, "A1 requirement", /0 to 100/],
      [
        lead,
        "/settings/targets",
        { "A1 requirement": "50", "A1 ceiling": "10" },
        ...(["A1 ceiling", /below the requirement/] as const),
      ],
    ];
    for (const [visitor, path, fields, field, detail] of wrong) {
      const form = formTokenIn((await visitor.get("/audit")).body);
      const headers = { ...formHeaders, cookie: visitor.cookie, accept: "application/problem+json" };
      const body = new URLSearchParams({ form, ...fields }).toString();
      const answer = await service.app.inject({ method: "POST", url: path, headers, payload: body });
      assert.equal(answer.statusCode, 400, answer.body);
      const errors = problemDocumentSchema.parse(answer.json()).errors ?? [];
      const found = errors.find((each) => each.field === field);
      assert.match(found?.detail ?? "none", detail, `${path} ${field}: ${answer.body}`);
    }
  });
});
