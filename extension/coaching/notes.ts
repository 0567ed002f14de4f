import * as vscode from "vscode";

/** Notes to fill in. What a tool understands is not translated: names of files and settings. */

export function plan(): string {
  return [
    `# ${vscode.l10n.t("Plan")}`,
    "",
    `- ${vscode.l10n.t("Goal:")} `,
    `- ${vscode.l10n.t("Files to read first:")} `,
    `- ${vscode.l10n.t("Files to change:")} `,
    `- ${vscode.l10n.t("How it is tested:")} `,
    `- ${vscode.l10n.t("Out of scope:")} `,
    "",
  ].join("\n");
}

export function description(): string {
  return [
    `# ${vscode.l10n.t("What this change is for")}`,
    "",
    `## ${vscode.l10n.t("What AI did")}`,
    "",
    `- ${vscode.l10n.t("Tools and models:")} `,
    `- ${vscode.l10n.t("Which parts:")} `,
    "",
    `## ${vscode.l10n.t("How it was checked")}`,
    "",
    `- [ ] ${vscode.l10n.t("I have read every line of it")}`,
    `- [ ] ${vscode.l10n.t("Tests:")} `,
    `- [ ] ${vscode.l10n.t("Where to look first:")} `,
    "",
  ].join("\n");
}

export function failure(): string {
  return [
    `# ${vscode.l10n.t("What fails")}`,
    "",
    `- ${vscode.l10n.t("Command, and what it prints:")} `,
    `- ${vscode.l10n.t("What is expected instead:")} `,
    `- ${vscode.l10n.t("The smallest case that shows it:")} `,
    `- ${vscode.l10n.t("What was tried, and what came of it:")} `,
    "",
    vscode.l10n.t("Begin a new task with this, or mend it by hand."),
    "",
  ].join("\n");
}

export function context(): string {
  return [
    `# ${vscode.l10n.t("What the code cannot tell")}`,
    "",
    `- ${vscode.l10n.t("How it is built and tested:")} `,
    `- ${vscode.l10n.t("What must not be touched:")} `,
    `- ${vscode.l10n.t("Decisions that surprise:")} `,
    "",
    vscode.l10n.t("Save it as {0}. Thirty lines are plenty.", "AGENTS.md"),
    "",
  ].join("\n");
}

export function parts(): string {
  return [
    `# ${vscode.l10n.t("Smaller parts, please")}`,
    "",
    `- ${vscode.l10n.t("What I have read so far:")} `,
    `- ${vscode.l10n.t("What could come first by itself:")} `,
    `- ${vscode.l10n.t("What I could not follow:")} `,
    "",
  ].join("\n");
}

/** By what each tool says of itself. */
export function secrets(): string {
  const denied = JSON.stringify({ permissions: { deny: ["Read(./.env)", "Read(./.env.*)"] } });
  return [
    `# ${vscode.l10n.t("Keep secrets from agents")}`,
    "",
    `- [ ] ${vscode.l10n.t("Renew what was read: it has left this machine.")}`,
    `- [ ] Claude Code, .claude/settings.json: ${denied}`,
    "- [ ] Cursor, .cursorignore: .env*",
    "- [ ] Gemini CLI, .geminiignore: .env*",
    `- [ ] GitHub Copilot: ${vscode.l10n.t("content exclusion, in the settings of the repository")}`,
    `- [ ] ${vscode.l10n.t("Other tools: start them without these files, or with what they need alone.")}`,
    "",
  ].join("\n");
}
