import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CodeAction, CodeLens, Hover } from "vscode-languageserver-protocol";
import type { Reply } from "../../protocol/errors.ts";
import type { Observation } from "../../protocol/observation.ts";
import type {
  Conversation,
  DetectorQuality,
  DocumentLines,
  LabelOutcome,
} from "../../protocol/provenance.ts";
import type { Unread } from "../../protocol/seen.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const uri = "file:///work/a.ts";
const day = 24 * 60 * 60_000;

const byCopilot: Partial<Observation> = {
  detailedReason: {
    source: "inlineCompletionAccept",
    metadata: { source: "inlineCompletionAccept", $extensionId: "github.copilot", $nes: false },
  },
};
/** A change that nobody says anything of. */
const bySilence: Partial<Observation> = { active: false, carets: 0 };

suite("Whose text is, by LSP", () => {
  let home: string;
  const clients: TestClient[] = [];

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-provenance-"));
  });

  teardown(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop().catch(() => client.kill())));
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (options: Partial<Parameters<typeof TestClient.start>[0]> = {}) => {
    const client = await TestClient.start({ home, ...options });
    clients.push(client);
    return client;
  };

  /** Writes a text into an empty document, piece by piece. */
  const write = async (
    client: TestClient,
    pieces: readonly (readonly [text: string, observation: Partial<Observation>])[],
    { document = uri, opened = "" } = {},
  ) => {
    await client.open(document, opened);
    let offset = opened.length;
    for (const [index, [text, observation]] of pieces.entries()) {
      const before = `${opened}${pieces
        .slice(0, index)
        .map(([earlier]) => earlier)
        .join("")}`.split("\n");
      const end = [before.length - 1, before.at(-1)!.length] as const;
      await client.change(document, index + 2, [...end, ...end], text);
      await client.observe(
        typed({
          sequence: index + 1,
          uri: document,
          version: index + 2,
          changes: [{ offset, deletedLength: 0, insertedLength: text.length }],
          ...observation,
        }),
      );
      offset += text.length;
    }
    await client.until(() => client.acknowledged === pieces.length, "all is committed");
  };

  const hover = (client: TestClient, line: number, character: number, document = uri) =>
    client.ask<Hover | null>("textDocument/hover", {
      textDocument: { uri: document },
      position: { line, character },
    });
  const hoverText = async (client: TestClient, line: number, character: number) =>
    ((await hover(client, line, character))?.contents as { value: string } | undefined)?.value;

  const origins = async (client: TestClient) => {
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 1, scope: "all" });
    assert.ok(reply.ok);
    return reply.value.origins.map(({ origin, insertedChars }) => [
      origin.kind,
      origin.kind === "ai" ? (origin.tool ?? null) : null,
      insertedChars,
    ]);
  };

  const label = async (client: TestClient, says: "human" | "ai", range: readonly number[]) => {
    const reply = await client.ask<Reply<LabelOutcome>>("kept/label", {
      uri,
      label: says,
      ranges: [rangeOf(range)],
    });
    assert.ok(reply.ok, JSON.stringify(reply));
    return reply.value;
  };

  test("is said on hover: who, how sure, when, how much is kept and which edit", async () => {
    const client = await start();
    await write(
      client,
      [
        ["const answer = 42;\n", { ...byCopilot, at: Date.now() - 3 * day }],
        ["x", {}],
        ["pasted by nobody", bySilence],
      ],
      { opened: "" },
    );
    assert.match(
      (await hoverText(client, 0, 3))!,
      /^\*\*■ AI\*\* · GitHub Copilot · completion {2}\nCertain: the editor's own account · 3 days ago · 19 of 19 characters kept · edit [0-9a-f]{8}$/,
    );
    assert.match(
      (await hoverText(client, 1, 0))!,
      /^\*\*○ Human\*\*.*\n.*Inferred: it looks like typing · just now/,
    );
    assert.match((await hoverText(client, 1, 0))!, /Also on this line: Unknown$/);
    assert.equal(await hoverText(client, 1, 5), undefined, "it is quiet where the origin is unknown");
  });

  test("follows the text: what a person takes out of it is no longer kept", async () => {
    const client = await start();
    await write(client, [["hello world", byCopilot]]);
    await client.change(uri, 3, [0, 5, 0, 11], "");
    await client.observe(
      typed({ sequence: 2, uri, version: 3, changes: [{ offset: 5, deletedLength: 6, insertedLength: 0 }] }),
    );
    assert.match((await hoverText(client, 0, 0))!, /5 of 11 characters kept/);
  });

  test("waits for what the editor knows of the last change before it answers", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "late");
    const asked = hoverText(client, 0, 0);
    await client.observe(
      typed({
        sequence: 1,
        uri,
        version: 2,
        changes: [{ offset: 0, deletedLength: 0, insertedLength: 4 }],
        ...byCopilot,
      }),
    );
    assert.match((await asked) ?? "nothing", /GitHub Copilot/);
  });

  test("comes as plain text for an editor that shows no Markdown", async () => {
    const client = await start({
      capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] } } },
    });
    await write(client, [["hello", byCopilot]]);
    const contents = (await hover(client, 0, 0))!.contents as { kind: string; value: string };
    assert.equal(contents.kind, "plaintext");
    assert.match(contents.value, /^■ AI · GitHub Copilot/);
  });

  test("is a line at the top of a document, when asked for, and drawn again when it changes", async () => {
    const client = await start({
      capabilities: { workspace: { codeLens: { refreshSupport: true } } },
    });
    await write(client, [
      ["abcdef\n", byCopilot],
      ["x", {}],
      ["??", bySilence],
    ]);
    const lenses = () => client.ask<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    assert.deepEqual(await lenses(), [], "it is off by default");
    await client.notify("kept/settings", { editDays: 90, sumMonths: 25, hover: false, codeLens: true });
    const [lens, ...more] = await lenses();
    assert.equal(lens?.command?.title, "■ AI 70 % (GitHub Copilot)  · Unknown 20 %  ○ Human 10 %");
    assert.deepEqual(more, []);
    assert.equal(lens?.range.start.line, 0);
    assert.equal(await hover(client, 0, 0), null, "the hover is off now");
    await label(client, "human", [1, 0, 1, 3]);
    assert.match((await lenses())[0]!.command!.title, /○ Human 30 %$/);
    await client.until(() => client.lensRefreshes > 0, "the editor is told to draw again");
  });

  test("is offered to the editor only while it is switched on, where the editor allows that", async () => {
    const dynamicRegistration = true;
    const client = await start({
      capabilities: { textDocument: { hover: { dynamicRegistration }, codeLens: { dynamicRegistration } } },
    });
    const methods = () => [...client.registered.values()].sort().join();
    await client.until(() => methods() === "textDocument/hover", "the hover is registered");
    await client.notify("kept/settings", { editDays: 90, sumMonths: 25, hover: false, codeLens: true });
    await client.until(() => methods() === "textDocument/codeLens", "the one went and the other came");
  });

  test("is ranges of lines by kind and shares of the text for the margin", async () => {
    const client = await start();
    await write(
      client,
      [
        ["one\ntwo\n", byCopilot],
        ["t", {}],
      ],
      { opened: "old\n" },
    );
    const reply = await client.ask<Reply<DocumentLines>>("kept/lines", { uri });
    assert.deepEqual(reply, {
      ok: true,
      value: {
        version: 3,
        ranges: [
          { firstLine: 1, lastLine: 2, kind: "ai" },
          { firstLine: 3, lastLine: 3, kind: "human" },
        ],
        shares: [
          { origin: { kind: "ai", tool: "github-copilot", mode: "completion" }, chars: 8 },
          { origin: { kind: "unknown" }, chars: 4 },
          { origin: { kind: "human" }, chars: 1 },
        ],
      },
    });
  });

  test("is explained with all the evidence, also where it is unknown", async () => {
    const client = await start();
    await write(client, [["abc", byCopilot]], { opened: "old " });
    const reply = await client.ask<Reply<{ markdown: string }>>("kept/explain", { uri, line: 0 });
    assert.ok(reply.ok);
    assert.match(reply.value.markdown, /^# Line 1 of a\.ts/);
    assert.match(reply.value.markdown, /\| detailedReason \| exact \| AI · GitHub Copilot · completion \|/);
    assert.match(reply.value.markdown, /## · Unknown\n\n4 characters.*\n\nNo edit is known for 4 characters/);
  });

  test("is what the person says it is, and the sums move along", async () => {
    const client = await start();
    await write(client, [
      ["typed?\n", bySilence],
      ["const made = 1;", byCopilot],
    ]);
    assert.deepEqual(await origins(client), [
      ["ai", "github-copilot", 15],
      ["unknown", null, 7],
    ]);
    assert.deepEqual(await label(client, "human", [0, 0, 0, 6]), {
      labelled: 1,
      leftAlone: 0,
      unknownChars: 0,
      recorded: true,
    });
    assert.match(
      (await hoverText(client, 0, 0))!,
      /^\*\*○ Human\*\* {2}\nYou said so · just now · 7 of 7 characters kept/,
    );
    assert.deepEqual(await origins(client), [
      ["ai", "github-copilot", 15],
      ["human", null, 7],
    ]);
    await label(client, "ai", [0, 2, 0, 2]);
    assert.deepEqual(await origins(client), [
      ["ai", "github-copilot", 15],
      ["ai", null, 7],
    ]);
  });

  test("keeps the label when what the editor knows comes after it", async () => {
    const client = await start();
    await client.open(uri, "");
    await client.change(uri, 2, [0, 0, 0, 0], "mine");
    await client.ask("kept/flush", {});
    await label(client, "human", [0, 0, 0, 4]);
    await client.observe(
      typed({
        sequence: 1,
        uri,
        version: 2,
        changes: [{ offset: 0, deletedLength: 0, insertedLength: 4 }],
        ...byCopilot,
      }),
    );
    await client.until(() => client.acknowledged === 1, "it is committed");
    assert.deepEqual(await origins(client), [["human", null, 4]]);
    const reply = await client.ask<Reply<DetectorQuality>>("kept/detector", {});
    assert.ok(reply.ok);
    assert.deepEqual(reply.value.confusion, [{ label: "human", predicted: "ai", count: 1 }]);
    assert.equal(reply.value.ai.precision.needsMore, 19, "one label is not enough data");
  });

  test("is not labelled where an edit reaches far beyond the selection, or nobody knows the edit", async () => {
    const client = await start();
    await write(client, [["one\ntwo\nthree\n", byCopilot]], { opened: "old\n" });
    assert.deepEqual(await label(client, "human", [2, 0, 2, 3]), {
      labelled: 0,
      leftAlone: 1,
      unknownChars: 0,
      recorded: true,
    });
    assert.deepEqual(await label(client, "human", [0, 0, 0, 3]), {
      labelled: 0,
      leftAlone: 0,
      unknownChars: 3,
      recorded: true,
    });
    assert.deepEqual(await origins(client), [["ai", "github-copilot", 14]]);
  });

  test("can be labelled by code actions, which no light bulb is lit for", async () => {
    const client = await start();
    await write(client, [["const made = 1;", bySilence]], { opened: "old\n" });
    const actions = (range: readonly number[], context: object) =>
      client.ask<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: rangeOf(range),
        context: { diagnostics: [], ...context },
      });
    const selected = [1, 0, 1, 15];
    assert.deepEqual(await actions(selected, { triggerKind: 2 }), [], "nobody asked");
    assert.deepEqual(await actions([1, 3, 1, 3], { triggerKind: 1 }), [], "nothing is selected");
    assert.deepEqual(await actions(selected, { only: ["source"] }), [], "something else is wanted");
    const offered = await actions(selected, { triggerKind: 1, only: ["refactor"] });
    assert.deepEqual(
      offered.map(({ title }) => title),
      ["Kept: I wrote this", "Kept: AI wrote this", "Kept: Withdraw what I said"],
    );
    const run = ({ command }: CodeAction) =>
      client.ask("workspace/executeCommand", { command: command!.command, arguments: command!.arguments });
    await run(offered[1]!);
    assert.deepEqual(await origins(client), [["ai", null, 15]]);
    assert.deepEqual(client.shown, []);
    const [onOld] = await actions([0, 0, 0, 3], { triggerKind: 1 });
    await run(onOld!);
    await client.until(() => client.shown.length > 0, "the user is told");
    assert.match(client.shown[0]!, /^Kept knows no edit/);
  });

  test("is nothing, and no error, for a document that is not open", async () => {
    const client = await start();
    const other = "file:///work/other.ts";
    assert.equal(await hover(client, 0, 0, other), null);
    assert.deepEqual(await client.ask("textDocument/codeLens", { textDocument: { uri: other } }), []);
    assert.deepEqual(
      await client.ask("textDocument/codeAction", {
        textDocument: { uri: other },
        range: rangeOf([0, 0, 0, 5]),
        context: { diagnostics: [], triggerKind: 1 },
      }),
      [],
    );
    assert.deepEqual(await client.ask("kept/lines", { uri: other }), {
      ok: true,
      value: { version: null, ranges: [], shares: [] },
    });
    assert.deepEqual(await client.ask("kept/explain", { uri: other, line: 0 }), {
      ok: true,
      value: { markdown: null },
    });
    assert.deepEqual(
      await client.ask("kept/label", { uri: other, label: "ai", ranges: [rangeOf([0, 0, 0, 1])] }),
      { ok: true, value: { labelled: 0, leftAlone: 0, unknownChars: 0, recorded: true } },
    );
    assert.equal(
      await client.ask("workspace/executeCommand", { command: "kept.server.label", arguments: ["nonsense"] }),
      null,
    );
    await client.open(uri, "one line");
    assert.equal(await hover(client, 7, 0), null, "nor for a line that is not there");
  });

  test("leads from a line to the tool's own record of it, while that is there", async () => {
    const session = "0d5c1f2e-9a1b-4c3d-8e7f-0123456789ab";
    const codex = path.join(home, "codex");
    const file = path.join(codex, "archived_sessions", `rollout-x-${session}.jsonl`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '{"a":1}\n{"id":"request-2"}\n');
    const client = await start({ environment: { CODEX_HOME: codex } });
    const metadata = {
      source: "Chat.applyEdits",
      $harness: "codex",
      $$sessionId: session,
      $$requestId: "request-2",
    };
    await write(client, [["by codex\n", { detailedReason: { source: "Chat.applyEdits", metadata } }]]);
    const ask = () => client.ask<Reply<Conversation>>("kept/conversation", { uri, line: 0 });
    assert.deepEqual(await ask(), { ok: true, value: { place: { file, line: 1 } } });
    rmSync(file);
    assert.deepEqual(await ask(), { ok: true, value: { place: null } });
  });

  test("lists AI text of the window's folders that was never on screen", async () => {
    const client = await start({ folders: ["file:///work"] });
    await write(client, [["by copilot\n", byCopilot]]);
    const ask = () => client.ask<Reply<Unread>>("kept/unread", {});
    const ranges = [{ firstLine: 0, lastLine: 0 }];
    assert.deepEqual(await ask(), { ok: true, value: { files: [{ uri, lines: 1, ranges }] } });
    await client.notify("kept/shown", { documents: [{ uri, ranges }] });
    for (;;) {
      const reply = await ask();
      assert.ok(reply.ok);
      if (reply.value.files.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
});

function rangeOf([startLine, startCharacter, endLine, endCharacter]: readonly number[]) {
  return {
    start: { line: startLine!, character: startCharacter! },
    end: { line: endLine!, character: endCharacter! },
  };
}
