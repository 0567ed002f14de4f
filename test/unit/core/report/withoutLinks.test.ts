import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { withoutLinks } from "../../../../core/report/withoutLinks.ts";

/** As VS Code finds links in messages (`parseLinkedText`), after it has made one line of them. */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

function linksOf(text: string): string[] {
  return (
    text
      .replace(/(\r\n|\n|\r)/gm, " ")
      .trim()
      .match(links) ?? []
  );
}

const link = "[Read more](command:workbench.action.terminal.new)";

suite("A message of the editor", () => {
  test("has no link, whatever stands in the names it quotes", () => {
    assert.deepEqual(linksOf(`src/${link}.ts`), [link], "the editor would make a link of it");
    for (const hostile of [
      link,
      `[${link}](${link})`,
      "]](command:x)[a](command:x)",
      "[a](https://example.com 'title')",
      "[a](FILE:///etc/passwd)",
      "[a]\n(command:x)",
    ])
      assert.deepEqual(linksOf(withoutLinks(`40 lines of ${hostile} wait.`)), [], hostile);
  });

  test("has none in 20,000 texts made of the parts of links", () => {
    const next = seededRandom(7);
    const parts = [
      "[",
      "]",
      "(",
      ")",
      "](",
      "command:x",
      "https://e.org",
      "file:/x",
      " ",
      "'",
      '"',
      "\n",
      "\\",
      "a",
    ];
    let found = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 12 }, () => parts[Math.floor(next() * parts.length)]!).join("");
      found += linksOf(text).length;
      assert.deepEqual(linksOf(withoutLinks(text)), [], JSON.stringify(text));
    }
    assert.ok(found > 50, `${found} of them had a link before`);
  });

  test("reads as it was where nothing is a link", () => {
    const text = "3 files [src/a.ts] (and 2 more): values[0](1) stays readable.";
    assert.equal(withoutLinks(text), text.replace("](", "] ("));
    assert.equal(withoutLinks("src/(app)/[id]/page.tsx"), "src/(app)/[id]/page.tsx");
  });
});
