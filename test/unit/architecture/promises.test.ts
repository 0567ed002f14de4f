import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { bundleMutations } from "../../support/mutations/bundles.ts";
import type { Mutations } from "../../support/mutations/mutation.ts";
import { orgMutations } from "../../support/mutations/org.ts";
import { pageMutations } from "../../support/mutations/pages.ts";
import { peopleMutations } from "../../support/mutations/people.ts";
import { protectionMutations } from "../../support/mutations/protection.ts";
import { storeMutations } from "../../support/mutations/store.ts";
import { syncMutations } from "../../support/mutations/sync.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const textOf = (file: string) => readFileSync(path.join(root, file), "utf8");

/** The mutations that each file of tests tries, by its name in the table. */
const tried: Readonly<Record<string, Mutations>> = {
  "faults/bundles": bundleMutations,
  "faults/orgMutations": orgMutations,
  "faults/panelMutations": pageMutations,
  "faults/storeMutations": storeMutations,
  "faults/syncMutations": syncMutations,
  "privacy/mutations": peopleMutations,
  "privacy/protection": protectionMutations,
};
const all = Object.entries(tried).flatMap(([where, mutations]) =>
  Object.entries(mutations).map(([name, mutation]) => ({ where, name, ...mutation })),
);

interface Promised {
  readonly id: string;
  readonly short: readonly string[];
  readonly long: readonly string[];
  readonly mutations: readonly string[];
}

/** The rows of the table of promises in docs/testing.md. */
const promised = [
  ...textOf("docs/testing.md").matchAll(/^\| ([DPSH]\d) [^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm),
].map(([, id, ...columns]): Promised => {
  const [short, long, mutations] = columns.map((column) =>
    column
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "the same" && name !== "–"),
  );
  return { id: id!, short: short!, long: long!, mutations: mutations! };
});
const fileOf = (name: string) => `test/${name}${name.endsWith(".suite") ? "" : ".test"}.ts`;

suite("The promises", () => {
  test("are all in the table, and each has a short test and a mutation", () => {
    const counts = { D: 6, P: 8, S: 8, H: 8 };
    const ids = Object.entries(counts).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    assert.deepEqual(
      promised.map(({ id }) => id),
      ids,
    );
    for (const { id, short, mutations } of promised) assert.ok(short.length > 0 && mutations.length > 0, id);
  });

  test("are in each file that is named for them, by a title that begins with their name", () => {
    const missing = promised.flatMap(({ id, short, long }) =>
      [...short, ...long]
        .map(fileOf)
        .filter((file) => !existsSync(path.join(root, file)) || !namesOf(file).has(id))
        .map((file) => `${id}: ${file}`),
    );
    assert.deepEqual(missing, []);
  });

  test("are each broken by a mutation in the file that is named for it", () => {
    const missing = promised.flatMap(({ id, mutations }) =>
      mutations
        .filter((where) => !Object.keys(tried[where] ?? {}).some((name) => name.startsWith(`${id}: `)))
        .map((where) => `${id}: ${where}`),
    );
    assert.deepEqual(missing, []);
  });

  test("are each broken so that a short test of their own misses it", () => {
    const isOf = ({ short }: Promised, tests: string) =>
      short.some(
        (name) => fileOf(name) === tests || textOf(tests).includes(`/${path.basename(fileOf(name))}"`),
      );
    const unmissed = promised
      .filter((row) => !all.some(({ name, tests }) => name.startsWith(`${row.id}: `) && isOf(row, tests)))
      .map(({ id }) => id);
    assert.deepEqual(unmissed, []);
  });

  test("are broken in one place each, which is there", () => {
    const wrong = all
      .filter(({ file, from, to }) => from === to || textOf(file).split(from).length !== 2)
      .map(({ where, name }) => `${where}, ${name}`);
    assert.deepEqual(wrong, []);
  });

  test("are missed by tests that are there", function () {
    this.timeout(120_000);
    const files = [...new Set(all.map(({ tests }) => tests))];
    const mocha = path.join(root, "node_modules/mocha/bin/mocha.js");
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [mocha, "--no-config", "--ui", "tdd", "--dry-run", "--reporter", "json", ...files],
      { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    assert.ok(stdout.includes("{\n"), stderr);
    const { tests } = JSON.parse(stdout.slice(stdout.indexOf("{\n"))) as {
      tests: { fullTitle: string; file: string }[];
    };
    const wrong = all
      .filter(
        (each) =>
          !tests.some(
            ({ fullTitle, file }) =>
              fullTitle.includes(each.test) && file === path.join(root, ...each.tests.split("/")),
          ),
      )
      .map(({ where, name, test: title }) => `${where}, ${name}: ${title}`);
    assert.deepEqual(wrong, []);
  });
});

/** The names before the colon of titles such as `S2, S3: is refused`. */
function namesOf(file: string): Set<string> {
  const titles = textOf(file).matchAll(/["`]((?:[DPSHL]\d(?:, | to )?)+): /g);
  return new Set([...titles].flatMap(([, names]) => spread(names!)));
}

/** `H2 to H5` is four names. */
function spread(names: string): string[] {
  const range = /^(\w)(\d) to \w(\d)$/.exec(names);
  if (!range) return names.split(", ");
  const [, letter, first, last] = range;
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, index) => `${letter}${Number(first) + index}`,
  );
}
