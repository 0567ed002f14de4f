import assert from "node:assert/strict";
import { bundleItemSchema } from "../../../protocol/bundle.ts";
import { visibleTextSchema } from "../../../protocol/visibleText.ts";

const isVisible = (text: string) => visibleTextSchema.safeParse(text).success;

suite("A text that people are shown", () => {
  test("is in any language, with line ends, tabs and pictures", () => {
    const texts = [
      "",
      'Ask for tests first.\r\n\tThen "run" them: 100 % – really…',
      "Prüfe, что 测试 テスト परीक्षा 시험 اختبار",
      "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
      "\u{1F469}\u200D\u{1F4BB} \u{1F469}\u{1F3FD}\u200D\u{1F4BB} \u2764\uFE0F \u2764\uFE0F\u200D\u{1F525} e\u0301",
    ];
    for (const text of texts) assert.equal(isVisible(text), true, JSON.stringify(text));
  });

  test("has no character that cannot be seen", () => {
    const hidden = [
      ...[
        "\0",
        "\b",
        "\x1b",
        "\x7f",
        "\x85",
        "\u00AD",
        "\u034F",
        "\u061C",
        "\u115F",
        "\u180E",
        "\u200B",
        "\u200C",
        "\u200D",
      ],
      ...[
        "\u200E",
        "\u202A",
        "\u202E",
        "\u2060",
        "\u2062",
        "\u2066",
        "\u2069",
        "\u3164",
        "\uFEFF",
        "\uFFF9",
        "\uE000",
      ],
      ...["\uD800", "\u{E0001}", "\u{E0041}", "\u{E007F}", "\u{E0100}"],
    ];
    for (const each of hidden) {
      assert.equal(isVisible(`Write${each}tests`), false, JSON.stringify(each));
      assert.equal(isVisible(each), false, JSON.stringify(each));
    }
    for (const each of ["\u200D\u200D", "\u200C\u200B", "\uFE0F\uFE0F"])
      assert.equal(isVisible(`\u{1F469}${each}\u{1F4BB}`), false, JSON.stringify(each));
  });

  test("is what a prompt, what it suggests and whom to ask are made of", () => {
    const item = {
      ...{
        id: "0b8a5f0e-6f0e-4d3a-9a1c-1d2e3f4a5b6c",
        audience: { kind: "everyone" },
        contact: "coaching@example.org",
      },
      ...{ defaultLocale: "en", texts: { en: "Write tests." }, suggestion: "Write tests for FILE." },
    };
    assert.equal(bundleItemSchema.safeParse(item).success, true);
    for (const change of [{ contact: "a\u202E" }, { texts: { en: "a\u{E0041}" } }, { suggestion: "a\u200B" }])
      assert.equal(bundleItemSchema.safeParse({ ...item, ...change }).success, false);
  });
});
