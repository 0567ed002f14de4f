import assert from "node:assert/strict";
import { arrayOf } from "../../../../org/store/postgres/arrays.ts";

suite("An array as PostgreSQL reads it", () => {
  const cases: readonly [what: string, values: readonly (string | number)[], text: string][] = [
    ["nothing", [], "{}"],
    ["numbers", [0, 12, 999_999_999_999_999], "{0,12,999999999999999}"],
    ["an empty text", ["", "a"], '{"","a"}'],
    ["what would be nothing", ["null", "NULL"], '{"null","NULL"}'],
    ["what would end a text or the array", ['"', "\\", ",", "{}"], '{"\\"","\\\\",",","{}"}'],
  ];
  for (const [what, values, text] of cases) test(`has ${what}`, () => assert.equal(arrayOf(values), text));
});
