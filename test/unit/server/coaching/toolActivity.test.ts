import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { kindOfCall } from "../../../../core/tools/toolSteps.ts";
import { StepTeller } from "../../../../server/agents/stepTeller.ts";
import { stepRow } from "../../../../server/agents/requestRows.ts";
import type { ToolStep } from "../../../../core/tools/toolSteps.ts";
import { testRunStep } from "../../../../server/coaching/testRuns.ts";
import { toolServers } from "../../../../server/coaching/toolActivity.ts";

const at = Date.UTC(2026, 2, 10, 12);
const hashText = (text: string) => `hash of ${text}`;

suite("What tools' records tell to advice", () => {
  let folder: string;
  let uri: string;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kept-activity-"));
    uri = pathToFileURL(folder).href;
  });
  teardown(() => rmSync(folder, { recursive: true }));

  test("knows a tool server by its calls, and its name from the folder alone", () => {
    const servers = { "my browser": { command: "x" }, files: {} };
    writeFileSync(path.join(folder, ".mcp.json"), JSON.stringify({ mcpServers: servers }));
    const found = toolServers([uri], hashText);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["my browser", "files"],
    );
    const steps: ToolStep[] = [];
    const nothing = () => assert.fail("nothing else is told");
    const sink = { request: nothing, edit: nothing, problem: nothing };
    const place = { session: "s", at, folder };
    const call = "mcp__my_browser__click";
    assert.equal(kindOfCall(call, {})?.kind, "server");
    new StepTeller("claude-code").called("1", call, {}, place, {
      ...sink,
      step: (step) => steps.push(step),
    });
    const row = stepRow(steps[0]!, { hashText, utcOffsetMinutes: () => 0, prices: [] });
    assert.deepEqual([row.subject, row.place], [found[0]!.subject, found[0]!.folder]);
    assert.doesNotMatch(JSON.stringify(row), /browser/);
  });

  test("knows none where the configuration is missing or of no form that is known", () => {
    assert.deepEqual(toolServers([uri, "untitled:1"], hashText), []);
    for (const text of ["", "[]", '{"mcpServers":7}', "{"]) {
      writeFileSync(path.join(folder, ".mcp.json"), text);
      assert.deepEqual(toolServers([uri], hashText), [], text);
    }
  });

  test("a test run of the editor's is of a branch, unless everybody works on it or there is none", () => {
    const around = { folders: [uri], hashText, host: { utcOffsetMinutes: () => 60 } };
    const run = () => testRunStep({ at, isPassed: false }, around)!;
    assert.deepEqual([run().kind, run().subject, run().taskKey], ["failed", null, null]);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
    git("init", "-q", "-b", "main");
    assert.equal(run().subject, null);
    git("checkout", "-q", "-b", "topic");
    assert.match(run().subject!, /^hash of branch .* topic$/);
    mkdirSync(path.join(folder, "src"));
    assert.equal(testRunStep({ at, isPassed: true }, { ...around, folders: [] }), undefined);
  });
});
