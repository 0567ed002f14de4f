import path from "node:path";
import { commandOf, type Connectable } from "./connectable.ts";
import { ownMark } from "./ownFiles.ts";

/** Whoever speaks the generic form. It has no configuration: what is written says what it is to call, beside that. */
export const anyTool: Connectable = {
  tool: "agent",
  title: "Any other tool (agent-v1)",
  isAnyTool: true,
  folder: (_around, shim) => path.join(path.dirname(shim), "agent"),
  file: "agent-v1.txt",
  holds: { file: howToJoin },
  note: "Until a tool calls that, nothing is told.",
};

const edit = {
  type: "ai_agent",
  agent_name: "my-tool",
  repo_working_dir: "/path/of/the/repository",
  edited_filepaths: ["src/a.ts"],
  dirty_files: { "src/a.ts": "what the file holds now" },
  dirty_files_before: { "src/a.ts": "what it held before" },
  model: "my-model",
  conversation_id: "one-for-each-session",
};
const command = {
  type: "pre_shell_command",
  agent_name: "my-tool",
  repo_working_dir: "/path/of/the/repository",
  tool_use_id: "one-for-each-command",
  command: "cat > src/b.ts <<'END'\ntext\nEND",
  conversation_id: "one-for-each-session",
};

function howToJoin(shim: string, tool: string): string {
  const after = { ...command, type: "post_shell_command" };
  return `${ownMark}

Any program that edits files can tell Kept of it. It runs

  ${commandOf(shim, tool)}

and writes one JSON object to its standard input, then closes that. It always ends with 0 and prints nothing.

After each edit ("dirty_files_before" is "" for a file that is new; without it only changes of open documents count):

${JSON.stringify(edit)}

Before and after each command of a shell:

${JSON.stringify(command)}
${JSON.stringify(after)}
`;
}
