import { resolveOrigin } from "../../../../core/origin/origin.ts";
import assert from "node:assert/strict";
import { evidenceFromObservation, type ObservedChange } from "../../../../core/origin/evidence.ts";
import type { Observation } from "../../../../protocol/observation.ts";
import type { Evidence, Mode, Origin } from "../../../../protocol/origin.ts";

const typed: Observation = {
  sequence: 1,
  uri: "file:///a.ts",
  languageId: "typescript",
  session: 1,
  version: 2,
  at: 1000,
  utcOffsetMinutes: 0,
  changes: [{ offset: 0, deletedLength: 0, insertedLength: 1 }],
  reloaded: false,
  focused: true,
  active: true,
  carets: 1,
  pending: [],
};
const inserts = (inserted: string, deleted = ""): ObservedChange => ({ texts: [{ deleted, inserted }] });
const evidenceOf = (observation: Partial<Observation>, change = inserts("some longer text")) =>
  evidenceFromObservation({ ...typed, ...observation }, change);

type Metadata = NonNullable<Observation["detailedReason"]>["metadata"];
const account = (source: string, metadata: Metadata = {}) => ({
  detailedReason: { source, metadata: { source, ...metadata } },
});
const exactly = (origin: Origin): Evidence[] => [
  { source: "detailedReason", strength: "exact", origin, at: 1000 },
];
const ai = (tool: string | undefined, mode: Mode, model?: string): Evidence[] =>
  exactly({ kind: "ai", ...(tool && { tool }), ...(model && { model }), mode });
const inPart = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.map((item) => ({ ...item, source: "detailedReason.part" }));
const human = exactly({ kind: "human" });
const tooling = exactly({ kind: "tooling" });
const copilotChat = { $extensionId: "GitHub.copilot-chat", $extensionVersion: "1.0.0" };

suite("The editor's account of a change", () => {
  const cases: readonly [string, Metadata, Evidence[]][] = [
    ["cursor", { kind: "type" }, human],
    ["cursor", { kind: "compositionType" }, human],
    ["cursor", { kind: "compositionEnd" }, human],
    ["cursor", { kind: "cut" }, human],
    ["cursor", { kind: "executeCommand", detailedSource: "tab" }, human],
    ["cursor", { kind: "executeCommands", detailedSource: "deleteLeft" }, human],
    ["cursor", { kind: "paste" }, []],
    [
      "inlineCompletionAccept",
      { $nes: false, $extensionId: "github.copilot" },
      ai("github-copilot", "completion"),
    ],
    [
      "inlineCompletionAccept",
      { nes: false, extensionId: "github.copilot" },
      ai("github-copilot", "completion"),
    ],
    ["inlineCompletionAccept", { $nes: true, ...copilotChat }, ai("github-copilot", "nextEdit")],
    ["inlineCompletionAccept", { ...copilotChat, $providerId: "nes" }, ai("github-copilot", "nextEdit")],
    [
      "inlineCompletionAccept",
      { ...copilotChat, $providerId: "completions" },
      ai("github-copilot", "completion"),
    ],
    ["inlineCompletionAccept", { $extensionId: "Other.Extension" }, ai("other.extension", "completion")],
    ["inlineCompletionAccept", { $extensionId: "constructor" }, ai("constructor", "completion")],
    ["inlineCompletionAccept", { $nes: false }, tooling],
    ["inlineCompletionAccept", { $extensionId: " " }, tooling],
    [
      "inlineCompletionPartialAccept",
      { type: "word", ...copilotChat },
      inPart(ai("github-copilot", "completion")),
    ],
    [
      "inlineCompletionPartialAccept",
      { type: "line", ...copilotChat },
      inPart(ai("github-copilot", "completion")),
    ],
    [
      "inlineChat.applyEdits",
      { ...copilotChat, $modelId: "copilot|gpt-5" },
      ai("github-copilot", "inlineChat", "copilot/gpt-5"),
    ],
    ["Chat.applyEdits", { ...copilotChat, $$mode: "ask", $modelId: "m" }, ai("github-copilot", "chat", "m")],
    ["Chat.applyEdits", { ...copilotChat, $$mode: "edit" }, ai("github-copilot", "chat")],
    ["Chat.applyEdits", { ...copilotChat, $$mode: "applyCodeBlock" }, ai("github-copilot", "chat")],
    ["Chat.applyEdits", { ...copilotChat, $$mode: "agent" }, ai("github-copilot", "agent")],
    ["Chat.applyEdits", { ...copilotChat, $$mode: "custom" }, ai("github-copilot", "agent")],
    ["Chat.applyEdits", { $origin: "agentHost", $harness: "claude" }, ai("claude-code", "agent")],
    ["Chat.applyEdits", { $origin: "agentHost", $harness: "copilotcli" }, ai("copilot-cli", "agent")],
    ["Chat.applyEdits", { $origin: "agentHost", $harness: "somebody" }, ai("somebody", "agent")],
    ["Chat.applyEdits", {}, ai(undefined, "chat")],
    ["Chat.undoEdits", {}, []],
    ["Chat.reset", {}, []],
    ["suggest", { $extensionId: "vscode.typescript-language-features" }, tooling],
    ["codeAction", { $kind: "quickfix" }, tooling],
    ["rename", { $$$oldName: "a", $$$newName: "b" }, tooling],
    ["snippet", {}, tooling],
    ["reloadFromDisk", {}, exactly({ kind: "external" })],
    ["unknown", { name: "formatEditsCommand" }, tooling],
    ["unknown", { name: "editSessionUndoRedo" }, []],
    ["unknown", { name: "pushEditOperation" }, []],
    ["unknown", {}, []],
    ["setValue", {}, []],
    ["eolChange", {}, []],
    ["applyEdits", {}, []],
    ["something.new", {}, []],
  ];
  for (const [source, metadata, expected] of cases) {
    test(`${source} ${JSON.stringify(metadata)}`, () => {
      assert.deepEqual(evidenceOf(account(source, metadata)), expected);
    });
  }

  test("speaks against the keyboard where it does not name it", () => {
    assert.deepEqual(evidenceOf(account("applyEdits"), inserts("a")), []);
  });

  test("knows better than what only looks like a reload", () => {
    assert.deepEqual(evidenceOf({ ...account("cursor", { kind: "type" }), reloaded: true }), human);
    assert.deepEqual(evidenceOf({ ...account("applyEdits"), reloaded: true }), []);
  });

  test("leaves room for a command under way where it says nothing", () => {
    assert.deepEqual(evidenceOf({ ...account("unknown"), pending: ["acceptCompletion"] })[0]?.origin, {
      kind: "ai",
      mode: "completion",
    });
    assert.deepEqual(evidenceOf({ ...account("unknown"), pending: ["save"] })[0]?.origin, {
      kind: "tooling",
    });
  });
});

suite("What was under way in the editor", () => {
  const accepts: readonly [Observation["pending"][number], string, Mode][] = [
    ["acceptCompletion", "acceptCommand", "completion"],
    ["acceptWord", "acceptPart", "completion"],
    ["acceptLine", "acceptPart", "completion"],
    ["acceptNextEdit", "acceptCommand", "nextEdit"],
  ];
  for (const [pending, source, mode] of accepts) {
    test(`${pending} makes it AI of an unknown tool`, () => {
      assert.deepEqual(evidenceOf({ pending: [pending] }), [
        { source, strength: "exact", origin: { kind: "ai", mode }, at: 1000 },
      ]);
    });
  }

  test("a save makes it a formatter's, probably", () => {
    assert.deepEqual(evidenceOf({ pending: ["save"] }, inserts("a")), [
      { source: "save", strength: "inferred", origin: { kind: "tooling" }, at: 1000 },
    ]);
  });

  test("a reload makes it the disk's", () => {
    assert.deepEqual(evidenceOf({ reloaded: true }), [
      { source: "reload", strength: "exact", origin: { kind: "external" }, at: 1000 },
    ]);
  });

  test("a paste says nothing, unless the text is known", () => {
    const origin: Origin = { kind: "ai", tool: "codex" };
    assert.deepEqual(evidenceOf({ pending: ["paste"] }, inserts("a")), []);
    assert.deepEqual(evidenceOf({ pending: ["paste"] }, { ...inserts("a"), pastedFrom: origin }), [
      { source: "paste", strength: "matched", origin, at: 1000 },
    ]);
    assert.deepEqual(
      evidenceOf(account("cursor", { kind: "paste" }), { ...inserts("a"), pastedFrom: origin })[0]?.origin,
      origin,
    );
  });

  test("an accepted suggestion is the tool's that alone completes, and nobody's where there is a choice", () => {
    const toolOf = (...completers: string[]) => {
      const evidence = evidenceOf({ pending: ["acceptCompletion"], completers }, inserts("answer = 42"));
      const { origin, strength } = resolveOrigin({ at: 1000 }, evidence);
      assert.equal(strength, "exact");
      return origin.kind === "ai" ? origin.tool : assert.fail();
    };
    assert.equal(toolOf("GitHub.copilot", "GitHub.copilot-chat"), "github-copilot");
    assert.equal(toolOf("Codeium.codeium"), "windsurf");
    assert.equal(toolOf("GitHub.copilot", "Codeium.codeium"), undefined);
    assert.equal(toolOf(), undefined);
    assert.deepEqual(evidenceOf({ completers: ["GitHub.copilot"] }, inserts("answer = 42")), []);
  });

  test("undo and redo are nobody's", () => {
    for (const reason of ["undo", "redo"] as const) {
      assert.deepEqual(evidenceOf({ reason, ...account("applyEdits") }, inserts("a")), []);
      assert.deepEqual(evidenceOf({ reason, pending: ["acceptCompletion"], reloaded: true }), []);
    }
  });
});

suite("The shape of typing", () => {
  const human: Evidence[] = [
    { source: "keyboard", strength: "inferred", origin: { kind: "human" }, at: 1000 },
  ];
  const shapes: readonly [string, ObservedChange, boolean][] = [
    ["one character", inserts("a"), true],
    ["one character of two code units", inserts("\u{1F600}"), true],
    ["a character in place of a word", inserts("a", "someWord"), true],
    ["a newline", inserts("\n"), true],
    ["a newline with its indentation", inserts("\r\n\t\t"), true],
    ["Enter between brackets", inserts("\n    \n"), true],
    ["a newline in place of blanks", inserts("\n    ", "  "), true],
    ["a pair closed by the editor", inserts("()"), true],
    ["a comment closed by the editor", inserts("* */"), true],
    ["the Tab key", inserts("    "), true],
    ["Backspace", inserts("", "a"), true],
    ["a deleted line", inserts("", "const answer = 42;\n"), true],
    ["two characters", inserts("ab"), false],
    ["a word", inserts("answer"), false],
    ["three newlines", inserts("\n\n\n"), false],
    ["many spaces", inserts(" ".repeat(9)), false],
    ["a large deletion", inserts("", "x".repeat(121)), false],
    ["a character in place of a large selection", inserts("a", "x".repeat(121)), false],
    ["nothing", inserts(""), false],
    ["two places at once", { texts: [inserts("a").texts[0]!, inserts("a").texts[0]!] }, false],
  ];
  for (const [name, change, fits] of shapes) {
    test(`${fits ? "fits" : "does not fit"} ${name}`, () => {
      assert.deepEqual(evidenceOf({}, change), fits ? human : []);
    });
  }

  const elsewhere: readonly Partial<Observation>[] = [
    { focused: false },
    { active: false, carets: 0 },
    { carets: 2 },
    { pending: ["paste"] },
    { reason: "undo" },
  ];
  for (const observation of elsewhere) {
    test(`needs the keyboard: ${JSON.stringify(observation)}`, () => {
      assert.deepEqual(evidenceOf(observation, inserts("a")), []);
    });
  }
});
