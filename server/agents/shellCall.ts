import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import { fieldsOf, listOf, placeOf, textOf } from "./fields.ts";

/** What tools call the one that gives a command to a shell, in lower case. */
const shells: ReadonlySet<string> = new Set([
  ...["bash", "shell", "shell_command", "exec_command", "run_in_terminal", "run_shell_command"],
  ...["execute", "execute_command", "run_command", "run_commands"],
]);

export function isShell(name: string): boolean {
  return shells.has(name.toLowerCase());
}

/** The files that a call of a shell writes, as far as its command says so. */
export function filesOfShell(given: unknown): PatchedFile[] {
  return commandsOf(given).flatMap(shellWrites);
}

/** The folder in which a call has its shell; `folder` is the one where it is otherwise. */
export function folderOfShell(given: unknown, folder: string | undefined): string | undefined {
  const input = fieldsOf(given);
  const named = textOf(
    input["workdir"] ?? input["dir_path"] ?? input["directory"] ?? input["working_directory"] ?? input["cwd"],
  );
  return named === undefined || named === "" ? folder : placeOf(folder, named);
}

/** Whether a command may leave its shell in another folder than it began in. */
export function movesShell(given: unknown): boolean {
  return commandsOf(given).some((command) => /\b(?:cd|pushd|popd)\b/.test(command));
}

function commandsOf(given: unknown): string[] {
  const input = fieldsOf(given);
  if (input["commands"] !== undefined) return listOf(input["commands"]).map((each) => textOf(each) ?? "");
  const command = input["command"] ?? input["cmd"] ?? input["command_line"];
  // A shell that is given words is given its script last.
  return [textOf(Array.isArray(command) ? command.at(-1) : command) ?? ""];
}
