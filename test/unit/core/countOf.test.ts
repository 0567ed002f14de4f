import assert from "node:assert/strict";
import { fillMessage } from "../../../core/coaching/variables.ts";
import { countOf } from "../../../core/countOf.ts";
import { languageIdOf, languageName } from "../../../core/languageName.ts";

suite("Words beside numbers", () => {
  test("are of one where there is one", () => {
    const told = [0, 1, 2, 1204].map((count) => countOf(count, "edit"));
    assert.deepEqual(told, ["0 edits", "1 edit", "2 edits", "1,204 edits"]);
    assert.equal(countOf(2, "line was", "lines were"), "2 lines were");
  });

  test("name languages as people do, and those nobody knows by their id", () => {
    const ids = ["typescript", "csharp", "sql", "python", "my-language", "constructor"];
    assert.deepEqual(ids.map(languageName), [
      "TypeScript",
      "C#",
      "SQL",
      "Python",
      "my-language",
      "Constructor",
    ]);
    const typed = ["TypeScript", "c++", "Python", "my-language", "JavaScript (React)", "jsonc"];
    assert.deepEqual(typed.map(languageIdOf), [
      ...["typescript", "cpp", "python", "my-language", "javascriptreact", "jsonc"],
    ]);
    const values = new Map([["rewritten.language", "typescriptreact"]]);
    assert.equal(fillMessage("in {rewritten.language}", values), "in TypeScript (React)");
  });

  test("say long times in hours", () => {
    const said = (minutes: number) =>
      fillMessage("{retry.minutes|minute|minutes}", new Map([["retry.minutes", minutes]]));
    assert.deepEqual([1, 119, 120, 618].map(said), ["1 minute", "119 minutes", "2 h", "10 h 18 min"]);
  });
});
