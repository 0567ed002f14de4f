import assert from "node:assert/strict";
import { fill, makeLanguage } from "../../../webview/language.ts";
import { english } from "../../../webview/strings.ts";

const language = makeLanguage("en", english);
const thin = "\u202f";

suite("How numbers are written", () => {
  test("a share is rounded, and is 0 or 100 only when it is exactly that", () => {
    const written = [0, 0.0001, 0.005, 0.124, 0.125, 0.994, 0.995, 0.99999, 1].map(language.percent);
    const percents = ["0", "<1", "1", "12", "13", "99", ">99", ">99", "100"];
    assert.deepEqual(
      written,
      percents.map((percent) => `${percent}${thin}%`),
    );
  });

  test("what is no number is a dash", () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      assert.equal(language.percent(value), "–");
      assert.equal(language.count(value), "–");
      assert.equal(language.short(value), "–");
      assert.equal(language.tick(value), "–");
    }
  });

  test("money is written to the cent, and to a hundredth of one below ten cents", () => {
    const written = [0, 0.00001, 0.017, 0.0692, 0.1, 1, 12.345].map((amount) => language.money(amount));
    assert.deepEqual(written, [
      ...["$0.00", "<$0.0001", "$0.0170", "$0.0692", "$0.10"],
      ...["$1.00", "$12.35"],
    ]);
  });

  test("money beside an amount has as many digits as that", () => {
    assert.deepEqual(
      [0.0692, 0.13, 0.001].map((bound) => language.money(bound, 0.1)),
      ["$0.07", "$0.13", "<$0.01"],
    );
    assert.equal(language.money(0.134, 0.0912), "$0.1340");
  });

  test("an interval gives both bounds and one sign", () => {
    assert.equal(language.interval(0.744, 0.816), `74–82${thin}%`);
  });

  test("large counts are shortened in narrow places only", () => {
    assert.equal(language.count(1_234_567), "1,234,567");
    assert.equal(language.short(99_999), "99,999");
    assert.deepEqual(
      [123_456, 1_234_567].map((value) => language.short(value)),
      ["123,456", "1.23M"],
    );
    assert.equal(language.tick(5_000), "5K");
  });

  test("one is singular, zero and two are plural", () => {
    const edits = (count: number) => language.plural(english.counts.edits, count);
    assert.deepEqual([0, 1, 2, 1200].map(edits), ["0 edits", "1 edit", "2 edits", "1,200 edits"]);
  });

  test("a calendar day does not shift with the time zone", () => {
    assert.equal(language.day("2026-01-31"), "Jan 31");
    assert.equal(language.longDay("2026-01-31"), "Sat, Jan 31, 2026");
    assert.equal(language.period("2026-01-31", "2026-02-06"), "Jan 31 – Feb 6");
    assert.equal(language.period("2026-01-31", "2026-01-31"), "Jan 31");
    assert.equal(language.week("2026-W47"), "Nov 16–22");
    assert.equal(language.day("never"), "never");
  });

  test("the last hour ends at 24:00", () => {
    assert.equal(language.hour(0), "00:00–01:00");
    assert.equal(language.hour(23), "23:00–24:00");
  });

  test("a language tag that cannot be used falls back instead of failing", () => {
    for (const tag of ["", "not a tag", "x", "\u0000"]) {
      assert.equal(makeLanguage(tag, english).percent(0.5).endsWith(`${thin}%`), true);
    }
    assert.equal(makeLanguage("de", english).count(1_234_567), "1.234.567");
  });
});

suite("Filling a text", () => {
  test("puts values in by name and leaves what has none", () => {
    assert.equal(fill("{n} of {all}, {missing}", { n: 3, all: "ten" }), "3 of ten, {missing}");
  });

  test("does not fill in what a value itself says", () => {
    assert.equal(fill("{name}", { name: "{n} $& {name}", n: 1 }), "{n} $& {name}");
  });
});
