import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { furtherForms, soundForms, writeSoundForm } from "../../../support/agents/soundHome.ts";

const mutatedOfEach = 10_000;
const linesOfAFile = 500;
/** Each is a file of its own. */
const mutatedDocuments = 1000;
const mutatedDatabases = 150;
const seed = 20_261_121;

type Mutate = (line: Buffer, random: () => number) => Buffer;

const upTo = (random: () => number, limit: number) => Math.floor(random() * limit);

/** What power loss, a full disk, two writers and a changed format do to a line. */
const mutations: readonly Mutate[] = [
  (line, random) => line.subarray(0, upTo(random, line.length)),
  (line, random) => line.subarray(upTo(random, line.length)),
  (line, random) => {
    const copy = Buffer.from(line);
    if (copy.length > 0) copy[upTo(random, copy.length)] = upTo(random, 256);
    return copy;
  },
  (line, random) => {
    const at = upTo(random, line.length);
    return Buffer.concat([line.subarray(0, at), line.subarray(at + 1 + upTo(random, 20))]);
  },
  (line, random) => {
    const at = upTo(random, line.length);
    return Buffer.concat([line.subarray(0, at), line.subarray(upTo(random, line.length))]);
  },
  (line, random) => Buffer.concat([line, line.subarray(0, upTo(random, line.length))]),
  (line, random) => Buffer.from(line.toString("latin1").replace(/\d+/, String(upTo(random, 1e9))), "latin1"),
  (line) => Buffer.from(line.toString().replaceAll('"', "'")),
  (line) => Buffer.from(line.toString(), "utf16le"),
  (line, random) => Buffer.alloc(line.length, upTo(random, 2) * 0xff),
];

function mutated(line: Buffer, random: () => number): Buffer {
  const mutate = mutations[upTo(random, mutations.length)]!;
  const changed = mutate(line, random);
  return random() < 0.3 ? mutations[upTo(random, mutations.length)]!(changed, random) : changed;
}

/** Reads a file whole, and says what is wrong with anything that was found. */
function readWhole(file: string, agent: Agent): Found {
  const found = new Found();
  new RecordFile(file, agent, { databases: { nativeBinding: undefined } }).read(found);
  for (const { path: place, at, session, text } of found.edits) {
    assert.ok(path.isAbsolute(place) && !place.split("/").includes(".."), place);
    assert.ok(Number.isSafeInteger(at) && at > 0 && session !== "");
    if (text.kind === "whole") assert.equal(typeof text.after, "string");
  }
  for (const { tokens, at, id } of found.requests) {
    assert.ok(Number.isSafeInteger(at) && id !== "");
    for (const count of Object.values(tokens)) assert.ok(Number.isSafeInteger(count) && count >= 0);
  }
  return found;
}

suite("Files of records that were damaged in any way", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(os.tmpdir(), "kept-damaged-"))));
  teardown(() => rmSync(home, { recursive: true, force: true }));

  for (const form of [...soundForms, ...furtherForms]) {
    const { title, agent } = form;
    test(`of ${title} are read around what is damaged, which is counted, and invent no edit`, function () {
      this.timeout(120_000);
      const file = writeSoundForm(home, form, (json) => json);
      const sound = readWhole(file, agent);
      assert.deepEqual(sound.problems, []);
      assert.ok(sound.edits.length + sound.requests.length > 0);
      const random = seededRandom(seed);
      const whole = readFileSync(file);
      const kind = agent.form(file);
      let problems = 0;
      if (kind === "lines") {
        const lines = whole
          .toString()
          .trimEnd()
          .split("\n")
          .map((line) => Buffer.from(line));
        const newline = Buffer.from("\n");
        for (let count = 0; count < mutatedOfEach; count += linesOfAFile) {
          const damaged = Array.from({ length: linesOfAFile }, (_, index) =>
            mutated(lines[index % lines.length]!, random),
          );
          // What comes after is read as if nothing had been.
          writeFileSync(file, Buffer.concat([...damaged, ...lines].flatMap((line) => [line, newline])));
          const found = readWhole(file, agent);
          problems += found.problems.length;
          const rounds = Math.ceil(linesOfAFile / lines.length) + 1;
          assert.ok(
            found.edits.length <= sound.edits.length * rounds,
            "none is there more often than its line",
          );
          const edit = sound.edits.at(-1);
          const request = sound.requests.at(-1)!;
          // A damaged line may name the request of a message first: then it is known by its tokens.
          const isFound = edit
            ? found.edits.some(({ path: place, call }) => place === edit.path && call === edit.call)
            : found.requests.some(
                ({ id, tokens }) => id === request.id || isDeepStrictEqual(tokens, request.tokens),
              );
          assert.ok(isFound, "and what is sound is found");
        }
      } else if (kind === "document") {
        for (let count = 0; count < mutatedDocuments; count++) {
          writeFileSync(file, mutated(whole, random));
          const found = readWhole(file, agent);
          problems += found.problems.length;
          assert.ok(found.edits.length <= sound.edits.length);
        }
      } else {
        for (let count = 0; count < mutatedDatabases; count++) {
          const copy = Buffer.from(whole);
          // Beyond the first bytes, by which a database is known.
          for (let change = 0; change < 40; change++)
            copy[100 + upTo(random, copy.length - 100)] = upTo(random, 256);
          writeFileSync(file, copy);
          if (count % 3 === 0) truncateSync(file, upTo(random, statSync(file).size));
          rmSync(`${file}-wal`, { force: true });
          rmSync(`${file}-shm`, { force: true });
          const found = readWhole(file, agent);
          problems += found.problems.length;
          assert.ok(found.edits.length <= sound.edits.length);
        }
      }
      assert.ok(problems > 0, "what is not understood is counted");
      writeFileSync(file, whole);
      assert.deepEqual(readWhole(file, agent).edits.length, sound.edits.length, "and nothing is left of it");
    });
  }
});
