import assert from "node:assert/strict";
import { html } from "../../../../org/console/html.ts";
import { serviceBody } from "../../../../org/console/pages/service.ts";

const state: Parameters<typeof serviceBody>[0] = {
  version: "1.2.3",
  engine: "SQLite 3.53.0",
  whyNotReady: undefined,
  weeks: [
    { week: "2026-W47", arrived: { batches: 1, events: 1200 } },
    { week: "2026-W46", arrived: { batches: 3, events: 2400 } },
    { week: "2026-W45", arrived: null },
  ],
  needed: 9,
};

const bodyWith = (given: typeof state): string => serviceBody(given).text;

/** What a reader sees, without markup. */
function textOf(page: string): string {
  return page
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

suite("The console's page", () => {
  test("says what had arrived of each week that was published, and not of a few devices", () => {
    const text = textOf(bodyWith(state));
    assert.match(text, /● ready/);
    assert.match(text, /3,600 events arrived 4 batches over 2 weeks that were published\./);
    assert.match(text, /16–22 Nov 1,200 1 9–15 Nov 2,400 3 2–8 Nov not told: of fewer than 9/);
    assert.match(text, /Version 1\.2\.3 Store SQLite 3\.53\.0 Contract version 1/);
  });

  test("counts in good English", () => {
    const weeks = [{ week: "2026-W47", arrived: { batches: 1, events: 1 } }];
    assert.match(
      textOf(bodyWith({ ...state, weeks })),
      /1 event arrived 1 batch over 1 week that was published\./,
    );
  });

  test("says when something will be told, and shows no table before", () => {
    const page = bodyWith({ ...state, weeks: [] });
    assert.match(
      textOf(page),
      /Nothing is told yet of what arrived It is told with the numbers of a week that is over\./,
    );
    assert.ok(!page.includes("<table"));
  });

  test("says why it is not ready, and shows no number", () => {
    const page = bodyWith({ ...state, whyNotReady: "The store is <gone>." });
    assert.match(page, /The store is &lt;gone&gt;\./);
    assert.match(textOf(page), /▲ not ready/);
    assert.ok(!page.includes("figure"));
  });

  test("shows twelve weeks and says that there are more", () => {
    const weeks = Array.from({ length: 20 }, (_, index) => ({
      week: `2026-W${20 + index}`,
      arrived: { batches: 1, events: 1 },
    })).reverse();
    const page = bodyWith({ ...state, weeks });
    assert.equal(page.match(/<th scope="row">/g)?.length, 12);
    assert.match(textOf(page), /The newest 12 of 20 weeks are shown\./);
    assert.match(textOf(page), /20 events arrived/);
  });

  test("has no code and no style of its own", () => {
    assert.doesNotMatch(bodyWith(state), /<script|<style|\sstyle=|\son[a-z]+=/i);
  });

  test("has the ISO name of a week, which exports have, where a pointer rests", () => {
    assert.match(bodyWith(state), /<span title="2026-W47">16–22 Nov<\/span>/);
  });

  test("never lets a value become markup", () => {
    const value = `<b title='x' id="y">&`;
    assert.equal(
      html`<i title="${value}">${[html`${value}`, html`<u></u>`]}${7}</i>`.text,
      '<i title="&lt;b title=&#39;x&#39; id=&quot;y&quot;&gt;&amp;">' +
        "&lt;b title=&#39;x&#39; id=&quot;y&quot;&gt;&amp;<u></u>7</i>",
    );
  });
});
