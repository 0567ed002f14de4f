import assert from "node:assert/strict";
import { nextStop } from "../../../webview/parts/roving.ts";

suite("Walking a group with the arrow keys", () => {
  test("goes round in a row of tabs", () => {
    assert.equal(nextStop("ArrowRight", 1, 2, 2), 0);
    assert.equal(nextStop("ArrowLeft", 0, 2, 2), 1);
    assert.equal(nextStop("Home", 1, 2, 2), 0);
    assert.equal(nextStop("End", 0, 2, 2), 1);
    assert.equal(nextStop("ArrowDown", 0, 2, 2), undefined);
  });

  test("stops at the edges of a table", () => {
    assert.equal(nextStop("ArrowRight", 1, 9, 3), 2);
    assert.equal(nextStop("ArrowRight", 2, 9, 3), 2);
    assert.equal(nextStop("ArrowLeft", 3, 9, 3), 3);
    assert.equal(nextStop("ArrowDown", 4, 9, 3), 7);
    assert.equal(nextStop("ArrowDown", 7, 9, 3), 7);
    assert.equal(nextStop("ArrowUp", 1, 9, 3), 1);
    assert.equal(nextStop("Home", 5, 9, 3), 3);
    assert.equal(nextStop("End", 3, 9, 3), 5);
  });

  test("leaves every other key alone", () => {
    for (const key of ["Tab", "Enter", "a", "Escape"]) assert.equal(nextStop(key, 0, 9, 3), undefined);
  });
});
