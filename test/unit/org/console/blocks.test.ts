import assert from "node:assert/strict";
import { axisHead, head, numberHead, table } from "../../../../org/console/charts.ts";
import { html } from "../../../../org/console/html.ts";

suite("A table whose rows can be blocks", () => {
  const heads = [head("Who"), axisHead, numberHead("Kept"), numberHead("Between"), head("Name & rank")];
  const shown = (cells: ReturnType<typeof html>) =>
    table("t", heads, [
      html`<tr>
        ${cells}
      </tr>`,
    ]).text.replace(/\s+/g, " ");

  test("has in each cell the name of its column, and none where a picture has an axis", () => {
    const text = shown(
      html`<th scope="row">Ada</th>
        <td class="axis">picture</td>
        <td class="number">1</td>
        <td>2</td>
        <td>3</td>`,
    );
    assert.match(text, /<th role="rowheader" scope="row">Ada<\/th>/);
    assert.deepEqual(
      [...text.matchAll(/data-column="([^"]*)"><div>([^<]*)<\/div><\/td>/g)].map(([, name, inside]) => [
        name,
        inside,
      ]),
      [
        ["", "picture"],
        ["Kept", "1"],
        ["Between", "2"],
        ["Name &amp; rank", "3"],
      ],
    );
  });

  test("goes on behind a cell of two columns with the third, and begins anew in each row", () => {
    const row = html`<tr>
      <th scope="row">A</th>
      <td class="axis"></td>
      <td colspan="2">none</td>
      <td>x</td>
    </tr>`;
    const { text } = table("t", heads, [row, row]);
    const names = [...text.matchAll(/data-column="([^"]*)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ["", "Kept", "Name &amp; rank", "", "Kept", "Name &amp; rank"]);
  });

  test("stays a table to a screen reader", () => {
    const text = shown(
      html`<th scope="row">A</th>
        <td>1</td>`,
    );
    const roles = [...text.matchAll(/<(table|thead|tbody|tr|th|td)\b(?: role="(\w+)")?/g)];
    assert.deepEqual(
      roles.filter(([, , role]) => role === undefined).map(([found]) => found),
      [],
    );
    assert.equal(roles.filter(([, , role]) => role === "columnheader").length, heads.length);
  });

  test("leaves what is text as it was escaped", () => {
    const { text } = table("t", heads, [
      html`<tr>
        <td>${"<td>|</td>"}</td>
      </tr>`,
    ]);
    assert.match(text, /<div>&lt;td&gt;\|&lt;\/td&gt;<\/div><\/td>/);
  });
});
