import assert from "node:assert/strict";
import path from "node:path";
import { lighterModels, modelPlaceOf, withModel } from "../../../../server/coaching/modelPlaces.ts";

suite("Where a tool's default model is set", () => {
  const userHome = path.resolve("/home/somebody");
  const of = (title: string | undefined, environment: Readonly<Record<string, string>> = {}) =>
    modelPlaceOf(title, { platform: "linux", environment, userHome });

  test("is the tool's own file of settings", () => {
    for (const [title, file] of [
      ["Claude Code", ".claude/settings.json"],
      ["Codex", ".codex/config.toml"],
      ["Copilot CLI", ".copilot/settings.json"],
      ["Droid", ".factory/settings.json"],
      ["Gemini CLI", ".gemini/settings.json"],
      ["OpenCode", ".config/opencode/opencode.json"],
    ] as const)
      assert.deepEqual(of(title), { tool: title, file: path.join(userHome, file) });
  });

  test("is where the tool was told to keep its settings", () => {
    const elsewhere = path.resolve("/elsewhere");
    assert.equal(
      of("Claude Code", { CLAUDE_CONFIG_DIR: `${elsewhere}, /other` })?.file,
      path.join(elsewhere, "settings.json"),
    );
    assert.equal(of("Codex", { CODEX_HOME: elsewhere })?.file, path.join(elsewhere, "config.toml"));
    assert.equal(
      of("OpenCode", { XDG_CONFIG_HOME: elsewhere })?.file,
      path.join(elsewhere, "opencode/opencode.json"),
    );
  });

  test("is not known of a tool whose settings are in no such file", () => {
    for (const title of ["Cursor", "Windsurf", "Something new"])
      assert.deepEqual(of(title), { tool: title, file: null });
  });

  test("is among the editor's settings for what lives in it, and where no tool is known", () => {
    assert.equal(of("GitHub Copilot"), null);
    assert.equal(of(undefined), null);
  });

  const quick = "claude-haiku-4-5";

  test("takes another model, and everything else stays as it is", () => {
    for (const [title, before, after] of [
      ["Claude Code", '{ "model": "opus" }\n', `{ "model": "${quick}" }\n`],
      [
        "Claude Code",
        '// mine\r\n{\r\n\t"a": 1\r\n}',
        `// mine\r\n{\r\n\t"a": 1,\r\n\t"model": "${quick}"\r\n}`,
      ],
      ["Gemini CLI", '{\n  "ui": {}\n}\n', `{\n  "ui": {},\n  "model": {\n    "name": "${quick}"\n  }\n}\n`],
      ["Codex", "", `model = "${quick}"\n`],
      [
        "Codex",
        "# mine\nmodel = 'o3' # slow\n[a]\nmodel = \"b\"\n",
        `# mine\nmodel = "${quick}" # slow\n[a]\nmodel = "b"\n`,
      ],
      ["Codex", '[profiles.a]\nmodel = "b"\n', `model = "${quick}"\n[profiles.a]\nmodel = "b"\n`],
    ] as const)
      assert.equal(withModel(title, before, quick), after);
  });

  test("is left alone where it is not sure what the tool would read", () => {
    for (const [title, text, model] of [
      ["Claude Code", '{ "model": "a", "model": "b" }', quick],
      ["Claude Code", '{ "model": { "name": "a" } }', quick],
      ["Claude Code", "{", quick],
      ["Claude Code", "[]", quick],
      ["Claude Code", "{}", 'a", "hooks": "b'],
      ["Gemini CLI", '{ "model": "a" }', quick],
      ["Codex", 'profile = "work"\nmodel = "a"\n', quick],
      ["Codex", 'notes = """\nmodel = "a"\n"""\n', quick],
      ["Codex", "model = 1\n", quick],
      ["Codex", "", 'a"\nb = "c'],
      ["OpenCode", "{}", quick],
      ["Something new", "{}", quick],
    ] as const)
      assert.equal(withModel(title, text, model), undefined, text);
  });

  test("can be any lighter model that was used with the tool, the most used first", () => {
    const task = (tool: string, ...models: string[]) => ({ tool, models });
    const tasks = [
      task("claude-code", "claude-sonnet-4-5", "claude-opus-4-5"),
      task("claude-code", quick),
      task("claude-code", quick, "nobody-knows-it", '"'),
      task("codex", "gpt-5-mini"),
      task("opencode", quick),
    ];
    assert.deepEqual(lighterModels("Claude Code", tasks), [quick, "claude-sonnet-4-5"]);
    assert.deepEqual(lighterModels("OpenCode", tasks), [], "it wants the provider, too");
  });
});
