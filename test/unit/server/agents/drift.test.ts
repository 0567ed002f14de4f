import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Tokens } from "../../../../core/tools/toolRecords.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { furtherForms, soundForms, writeSoundForm } from "../../../support/agents/soundHome.ts";

/** So many lines, and bytes, that a file of them would be expected to tell something. */
const times = 12;
const padding = "x".repeat(20_000);

/** What is not found out: a record without these is one that others are like, too. docs/agents.md says so. */
const unnoticed: Readonly<Record<string, readonly string[]>> = {
  Cline: ["name"],
  Continue: ["toolCallStates"],
  "Gemini CLI": ["toolCalls"],
  "GitHub Copilot in VS Code": ["arguments", "metadata", "name", "result", "toolCallRounds", "toolCalls"],
};

suite("A tool that changes how it writes", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(os.tmpdir(), "kept-drift-"))));
  teardown(() => rmSync(home, { recursive: true }));

  function found(agent: Agent, file: string, text: string) {
    const isLines = agent.form(file) === "lines";
    writeFileSync(file, isLines ? text.repeat(times) : text.replace(/\}\s*$/, `,"padding":"${padding}"}`));
    const read = new Found();
    new RecordFile(file, agent).read(read);
    const requests = new Map(read.requests.map(({ id, tokens }) => [id, tokens]));
    const total = ({ input, output, cacheRead, cacheWrite }: Tokens) =>
      input + output + cacheRead + cacheWrite;
    return {
      requests: requests.size,
      tokens: [...requests.values()].reduce((sum, tokens) => sum + total(tokens), 0),
      edits: new Set(read.edits.map(({ call, path: place, text: { kind } }) => `${call} ${place} ${kind}`))
        .size,
      problems: read.problems.length,
    };
  }

  const written = [...soundForms, ...furtherForms].filter(
    ({ agent, place }) => agent.form(place) !== "database",
  );
  for (const form of written) {
    const { title, agent } = form;
    test(`is found out when a key has another name, or loses nothing: ${title}`, () => {
      const file = writeSoundForm(home, form, (json) => json);
      const text = readFileSync(file, "utf8");
      const sound = found(agent, file, text);
      const keys = new Set([...text.matchAll(/"([A-Za-z_]\w*)":/g)].map(([, key]) => key!));
      const silent = [...keys].filter((key) => {
        const changed = found(agent, file, text.replaceAll(`"${key}":`, `"new_${key}":`));
        const isLess = (["requests", "tokens", "edits"] as const).some((name) => changed[name] < sound[name]);
        return isLess && changed.problems <= sound.problems;
      });
      assert.deepEqual(silent.sort(), unnoticed[title] ?? []);
    });
  }
});
