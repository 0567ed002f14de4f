import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { blameSchema, type Blame } from "../../protocol/blame.ts";
import type { Observation } from "../../protocol/observation.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const day = 24 * 60 * 60_000;

const byCopilot: Partial<Observation> = {
  detailedReason: {
    source: "inlineCompletionAccept",
    metadata: { source: "inlineCompletionAccept", $extensionId: "github.copilot", $nes: false },
  },
};
/** A change that nobody says anything of. */
const bySilence: Partial<Observation> = { active: false, carets: 0 };

suite("Whose a file is, after the server has stopped", () => {
  let home: string;
  let folder: string;
  let file: string;

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-blame-"));
    folder = path.join(home, "my work (ä)");
    mkdirSync(folder);
    file = path.join(folder, "b.ts");
  });

  teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const blame = (...args: string[]) => {
    const ended = spawnSync(process.execPath, [cli, "blame", ...args], {
      env: { ...process.env, KEPT_HOME: home },
      encoding: "utf8",
    });
    return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
  };
  const blameJson = (): { blame: Blame; stderr: string } => {
    const { code, stdout, stderr } = blame(file, "--json");
    assert.equal(code, 0, stderr);
    return { blame: blameSchema.parse(JSON.parse(stdout)), stderr };
  };
  const text = "const answer = 42;\r\nx\r\n\r\nold";

  const writeFile = async () => {
    const client = await TestClient.start({ home });
    const document = pathToFileURL(file).href;
    await client.open(document, "old");
    const pieces: [string, Partial<Observation>][] = [
      ["const answer = 42;\r\n", { ...byCopilot, at: Date.now() - 3 * day }],
      ["x", {}],
      ["\r\n\r\n", bySilence],
    ];
    let at = 0;
    for (const [index, [piece, observation]] of pieces.entries()) {
      const line = index === 0 ? 0 : 1;
      const character = index === 2 ? 1 : 0;
      await client.change(document, index + 2, [line, character, line, character], piece);
      await client.observe(
        typed({
          sequence: index + 1,
          uri: document,
          version: index + 2,
          changes: [{ offset: at, deletedLength: 0, insertedLength: piece.length }],
          ...observation,
        }),
      );
      at += piece.length;
    }
    await client.stop();
    writeFileSync(file, text);
  };

  test("is still said line by line of a file whose text is the one that was recorded", async () => {
    await writeFile();
    const { blame: found, stderr } = blameJson();
    assert.equal(stderr, "");
    assert.equal(found.path, file);
    assert.deepEqual(
      found.lines.map(({ line, origin, evidence, ageDays, retention, share }) => ({
        line,
        origin: origin.kind,
        evidence,
        ageDays,
        retention,
        share,
      })),
      [
        { line: 1, origin: "ai", evidence: "exact", ageDays: 3, retention: 1, share: 1 },
        { line: 2, origin: "human", evidence: "inferred", ageDays: 0, retention: 1, share: 1 },
        { line: 3, origin: "unknown", evidence: null, ageDays: 0, retention: 1, share: 1 },
        { line: 4, origin: "unknown", evidence: null, ageDays: null, retention: null, share: 1 },
      ],
    );
    assert.deepEqual(found.lines[0]!.origin, {
      kind: "ai",
      tool: "github-copilot",
      mode: "completion",
    });
    assert.match(found.lines[0]!.editId!, /^[0-9a-f-]{36}$/);
    assert.equal(found.coverage, 0.5);
  });

  test("is printed beside the text for people", async () => {
    await writeFile();
    writeFileSync(file, text);
    const { code, stdout } = blame(file);
    assert.equal(code, 0);
    const lines = stdout.split("\n");
    assert.match(
      lines[0]!,
      /^1 {2}■ AI GitHub Copilot completion {2}exact +3 d {2}100 % {2}const answer = 42;$/,
    );
    assert.match(lines[1]!, /^2 {2}○ Human +inferred +0 d {2}100 % {2}x$/);
    assert.match(lines[3]!, /^4 +old$/);
    assert.match(stdout, /Origin known for 2 of 4 lines \(50 %\)\.\n$/);
  });

  test("does not mind a byte order mark, or breaks that an editor would make alike", async () => {
    await writeFile();
    writeFileSync(file, `\uFEFF${text.replace("\r\n", "\n")}`);
    assert.equal(blameJson().blame.coverage, 0.5);
  });

  test("does not mind by which link one comes to the file", async () => {
    await writeFile();
    const link = path.join(home, "linked");
    symlinkSync(folder, link, "junction");
    const { stdout } = blame(path.join(link, "b.ts"), "--json");
    assert.equal(blameSchema.parse(JSON.parse(stdout)).coverage, 0.5);
  });

  test("is found by lines where the text is another one, and never a wrong owner's", async () => {
    await writeFile();
    const before = blameJson().blame.lines.map(({ editId }) => editId);
    writeFileSync(file, `// put before\r\n${text}`);
    const { blame: found, stderr } = blameJson();
    assert.deepEqual(
      found.lines.map(({ editId }) => editId),
      [null, ...before],
    );
    assert.equal(found.coverage, 0.4);
    assert.match(stderr, /is not the one that was recorded last.*not found again are of unknown origin/);
    writeFileSync(file, "wholly\nanother\n");
    assert.equal(blameJson().blame.coverage, 0);
  });

  test("is unknown where nothing was ever recorded, and bad input where there is no file", () => {
    writeFileSync(file, "never seen\n");
    const { blame: found, stderr } = blameJson();
    assert.deepEqual([found.coverage, found.lines.length], [0, 1]);
    assert.match(stderr, /Nothing is recorded of/);
    assert.equal(blame(path.join(folder, "missing.ts"), "--json").code, 2);
    assert.equal(blame().code, 2);
    assert.equal(blame(file, "--unknown").code, 2);
  });

  test("is empty for an empty file", () => {
    writeFileSync(file, "");
    const { blame: found } = blameJson();
    assert.deepEqual([found.coverage, found.lines], [0, []]);
  });
});
