import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openAccessToken, replaceToken, showToken, tokenState } from "../../../org/accessToken.ts";
import { makeFolder } from "../../org/support/folder.ts";

suite("The access token", () => {
  let folder: string;
  let remove: () => void;
  let secrets: number;

  const place = (configured?: string) => ({
    dataFolder: path.join(folder, "data"),
    configured,
    secret: () => `secret-${++secrets}`,
  });
  const everything = () =>
    readdirSync(place().dataFolder)
      .map((name) => readFileSync(path.join(place().dataFolder, name), "utf8"))
      .join("");

  setup(() => {
    ({ folder, remove } = makeFolder());
    secrets = 0;
  });

  teardown(() => remove());

  test("is made at the first start, for its owner alone", () => {
    const token = openAccessToken(place());
    assert.equal(tokenState(place()), "waiting");
    assert.deepEqual(
      [token.matches("secret-1"), token.matches("secret-2"), token.matches(""), token.matches("secret-1\n")],
      [true, false, false, false],
    );
    const file = path.join(place().dataFolder, "access-token");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(place().dataFolder).mode & 0o777, 0o700);
  });

  test("is shown once, and is nowhere afterwards", () => {
    const token = openAccessToken(place());
    assert.equal(showToken(place()), "secret-1");
    assert.equal(showToken(place()), undefined);
    assert.equal(tokenState(place()), "shown");
    assert.ok(!everything().includes("secret-1"));
    assert.ok(token.matches("secret-1"));
  });

  test("can be shown before the first start", () => {
    assert.equal(showToken(place()), "secret-1");
    assert.ok(openAccessToken(place()).matches("secret-1"));
  });

  test("is replaced without a restart", () => {
    const token = openAccessToken(place());
    showToken(place());
    assert.equal(replaceToken(place()), "secret-2");
    assert.deepEqual([token.matches("secret-1"), token.matches("secret-2")], [false, true]);
    assert.equal(showToken(place()), undefined);
  });

  test("that an interrupted replacement left behind is not shown", () => {
    openAccessToken(place());
    replaceToken(place());
    writeFileSync(path.join(place().dataFolder, "access-token"), "secret-1\n");
    assert.equal(showToken(place()), undefined);
    assert.ok(openAccessToken(place()).matches("secret-2"));
    assert.ok(!everything().includes("secret-1"));
  });

  test("of the operator is the only one that counts, and leaves no file", () => {
    const token = openAccessToken(place("the-operators-token"));
    assert.ok(token.matches("the-operators-token"));
    assert.ok(!token.matches("secret-1"));
    assert.equal(tokenState(place()), "none");
  });
});
