/** Extensions of one tool, by lower-case id. What is not here goes by its extension id. */
const toolsByExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "amazonwebservices.amazon-q-vscode": "amazon-q",
    "anthropic.claude-code": "claude-code",
    "augment.vscode-augment": "augment",
    "codeium.codeium": "windsurf",
    "continue.continue": "continue",
    "github.copilot": "github-copilot",
    "github.copilot-chat": "github-copilot",
    "google.geminicodeassist": "gemini-code-assist",
    "kilocode.kilo-code": "kilo-code",
    "openai.chatgpt": "codex",
    "rooveterinaryinc.roo-cline": "roo-code",
    "saoudrizwan.claude-dev": "cline",
    "sourcegraph.amp": "amp",
    "sourcegraph.cody-ai": "cody",
    "supermaven.supermaven": "supermaven",
    "tabnine.tabnine-vscode": "tabnine",
  }),
);

/** Extensions whose completions the editor shows as ghost text. */
const completing: ReadonlySet<string> = new Set([
  "amazonwebservices.amazon-q-vscode",
  "augment.vscode-augment",
  "codeium.codeium",
  "continue.continue",
  "github.copilot",
  "github.copilot-chat",
  "google.geminicodeassist",
  "kilocode.kilo-code",
  "sourcegraph.cody-ai",
  "supermaven.supermaven",
  "tabnine.tabnine-vscode",
]);

/** Whether an extension is known to complete as one types. */
export function isCompleter(extensionId: string): boolean {
  return completing.has(extensionId.toLowerCase());
}

/** Command-line agents that an editor runs for the user, by the name it has for them. */
const toolsByHarness: ReadonlyMap<string, string> = new Map(
  Object.entries({
    claude: "claude-code",
    codex: "codex",
    copilot: "github-copilot",
    copilotcli: "copilot-cli",
    gemini: "gemini-cli",
  }),
);

export function toolOfExtension(extensionId: string): string {
  const id = extensionId.trim().toLowerCase();
  // Cursor's own extensions come and go; all of them are the one tool.
  if (id.startsWith("anysphere.")) return "cursor";
  return toolsByExtension.get(id) ?? id;
}

export function toolOfHarness(harness: string): string {
  const name = harness.trim().toLowerCase();
  return toolsByHarness.get(name) ?? name;
}

/** What git-ai calls tools in its notes, where that is another name. */
const namesInNotes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "claude-code": "claude",
    "gemini-cli": "gemini",
    "copilot-cli": "github-copilot-cli",
    continue: "continue-cli",
  }),
);
const toolsInNotes: ReadonlyMap<string, string> = new Map([
  ...[...namesInNotes].map(([tool, name]): [string, string] => [name, tool]),
  ["claude_code", "claude-code"],
  ["claudecode", "claude-code"],
  ["gemini_cli", "gemini-cli"],
  ["copilot", "github-copilot"],
]);

/** A tool as a note of git-ai's names it. */
export function nameInNotes(tool: string): string {
  return namesInNotes.get(tool) ?? tool;
}

/** A tool as it is called here, by what a note, a trace or a trailer calls it. */
export function toolInNotes(name: string): string {
  return toolsInNotes.get(name.trim().toLowerCase()) ?? name.trim();
}
