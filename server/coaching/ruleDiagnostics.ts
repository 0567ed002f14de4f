import { pathToFileURL } from "node:url";
import { DiagnosticSeverity, type Connection } from "vscode-languageserver/node";
import type { RuleProblem } from "../../protocol/coaching.ts";

/** Shows in the editor which rules are refused, at their lines, and takes it back where they are right again. */
export function ruleDiagnostics(
  connection: Pick<Connection, "sendDiagnostics">,
): (problems: readonly RuleProblem[]) => void {
  let shown: readonly string[] = [];
  return (problems) => {
    const files = [...new Set(problems.map(({ file }) => file))];
    for (const file of new Set([...shown, ...files])) {
      void connection.sendDiagnostics({
        uri: pathToFileURL(file).href,
        diagnostics: problems
          .filter((problem) => problem.file === file)
          .map(({ line, reason }) => ({
            range: {
              start: { line: (line ?? 1) - 1, character: 0 },
              end: { line: (line ?? 1) - 1, character: 999 },
            },
            severity: DiagnosticSeverity.Error,
            source: "Kept",
            message: `This rule is not used: ${reason}`,
          })),
      });
    }
    shown = files;
  };
}
