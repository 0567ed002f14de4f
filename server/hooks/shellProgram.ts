import path from "node:path";
import type { Surroundings } from "../agents/agent.ts";

/** What a shell that a person types into reads when it starts; undefined for one of another language than the usual. */
export function shellFile({ platform, environment }: Surroundings): string | undefined {
  if (platform === "win32") return undefined;
  const shell = path.posix.basename(environment["SHELL"] ?? (platform === "darwin" ? "zsh" : "bash"));
  return ({ bash: ".bashrc", zsh: ".zshrc" } as const)[shell as "bash" | "zsh"];
}

/** Has a program be started with some variables, unless one that says the same otherwise is set. */
export function startingWith(
  program: string,
  variables: Readonly<Record<string, string>>,
  unlessSet: readonly string[],
): string {
  const set = Object.entries(variables).map(([name, value]) => `      ${name}='${value}' \\`);
  return [
    `${program}() {`,
    `  if [ -n "${unlessSet.map((name) => `\${${name}:-}`).join("")}" ]; then`,
    `    command ${program} "$@"`,
    "  else",
    "    env \\",
    ...set,
    `      ${program} "$@"`,
    "  fi",
    "}",
  ].join("\n");
}

/** Whether a shell's file has a program be started otherwise already. */
export function whyNoStart(text: string, program: string): string | undefined {
  const other = new RegExp(
    `^\\s*(alias\\s+${program}=|(function\\s+)?${program}\\s*\\(|function\\s+${program}\\b)`,
    "m",
  );
  return other.test(text) ? `${program} is set there already` : undefined;
}
