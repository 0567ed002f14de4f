import assert from "node:assert/strict";
import path from "node:path";
import { modelPlaceOf } from "../../../../server/coaching/modelPlaces.ts";

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
});
