/** How makers write the names of their tools. Any other name is shown as the tool gave it. */
const titles: ReadonlyMap<string, string> = new Map([
  ["amazon-q", "Amazon Q"],
  ["amp", "Amp"],
  ["claude-code", "Claude Code"],
  ["cline", "Cline"],
  ["codex", "Codex"],
  ["continue", "Continue"],
  ["copilot-cli", "Copilot CLI"],
  ["cursor", "Cursor"],
  ["droid", "Droid"],
  ["firebender", "Firebender"],
  ["gemini-cli", "Gemini CLI"],
  ["gemini-code-assist", "Gemini Code Assist"],
  ["github-copilot", "GitHub Copilot"],
  ["junie", "Junie"],
  ["kilo-code", "Kilo Code"],
  ["opencode", "OpenCode"],
  ["pi", "Pi"],
  ["roo-code", "Roo Code"],
  ["tabnine", "Tabnine"],
  ["windsurf", "Windsurf"],
]);

export function titleOfTool(tool: string): string {
  return titles.get(tool) ?? tool;
}

/** The tool that goes by a name, be it Kept's or its maker's. */
export function toolTitled(name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  return [...titles].find(([tool, title]) => tool === wanted || title.toLowerCase() === wanted)?.[0];
}

/** Whether a list has a tool: by the name that Kept uses, or the one that people do. */
export function isAmong(tool: string, names: readonly string[]): boolean {
  const own = [tool, titleOfTool(tool)].map((name) => name.toLowerCase());
  return names.some((name) => own.includes(name.toLowerCase()));
}
