import * as vscode from "vscode";
import { addDays, localDay } from "../../core/day.ts";
import { nothingForgotten } from "../../core/forgetting.ts";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import { describeProblem, type Problem } from "../../protocol/errors.ts";
import type { Forgotten, ForgetScope } from "../../protocol/forget.ts";
import { daySchema } from "../../protocol/day.ts";
import type { Host } from "../host.ts";
import { inform, warnModally } from "../messages.ts";
import { offer } from "../notices.ts";
import type { Session } from "../session.ts";

interface Choice extends vscode.QuickPickItem {
  readonly scope?: () => Promise<ForgetScope | undefined>;
}

const everything: ForgetScope = { repository: null, tool: null, from: null, to: null };
/** As long as sums are asked for at once. */
const longestPast = 800;
/** Cleaning the file of a large database takes a while. */
const patienceMs = 120_000;

/** Asks what is to be deleted, says how much that is, asks again, and deletes it. */
export async function deleteData(session: Session, host: Host): Promise<void> {
  const chosen = await vscode.window.showQuickPick(choices(session, host), {
    title: vscode.l10n.t("Delete My Data"),
    placeHolder: vscode.l10n.t("What should Kept forget?"),
    matchOnDescription: true,
  });
  const scope = await chosen?.scope?.();
  if (!chosen || !scope) return;
  const tried = await session.ask("kept/forget", { scope, dryRun: true }, patienceMs);
  if (!tried.ok) {
    await sayProblem(tried.problem);
    return;
  }
  if (isNothing(tried.value)) {
    await inform(vscode.l10n.t("There is nothing to delete: {0}.", chosen.label));
    return;
  }
  const remove = vscode.l10n.t("Delete");
  const answer = await warnModally(
    vscode.l10n.t("Delete what Kept recorded: {0}?", chosen.label),
    `${inWords(tried.value)}\n\n${vscode.l10n.t("This cannot be undone.")}`,
    remove,
  );
  if (answer !== remove) return;
  const done = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Deleting …") },
    () => session.ask("kept/forget", { scope, dryRun: false }, patienceMs),
  );
  if (!done.ok) {
    await sayProblem(done.problem);
    return;
  }
  if (done.value.ownFile === "failed") await sayProblem({ code: "ownFolder.notCleaned", details: {} });
  void inform(vscode.l10n.t("Deleted. {0}", inWords(done.value).replaceAll("\n", " ")));
}

async function choices(session: Session, host: Host): Promise<Choice[]> {
  const today = todayOf(host);
  const fixed = (scope: Partial<ForgetScope>) => () => Promise.resolve({ ...everything, ...scope });
  const separator = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }): Choice => ({
    label: vscode.l10n.t("The folder {0}", name),
    description: vscode.workspace.asRelativePath(uri, false),
    scope: fixed({ repository: [uri.toString()] }),
  }));
  const reply = await session.ask("kept/summary", { days: longestPast, scope: "all" });
  const tools = reply.ok
    ? reply.value.origins.flatMap(({ origin }) => (origin.kind === "ai" ? [origin.tool] : []))
    : [];
  const toolChoices = [...new Set(tools)].map((tool): Choice => ({
    label: tool === undefined ? vscode.l10n.t("AI of no known tool") : titleOfTool(tool),
    scope: fixed({ tool: tool ?? "unknown" }),
  }));
  return [
    ...(folders.length > 0 ? [separator(vscode.l10n.t("By repository")), ...folders] : []),
    ...(toolChoices.length > 0 ? [separator(vscode.l10n.t("By tool")), ...toolChoices] : []),
    separator(vscode.l10n.t("By period")),
    { label: vscode.l10n.t("Today"), scope: fixed({ from: today, to: today }) },
    { label: vscode.l10n.t("The last 7 days"), scope: fixed({ from: addDays(today, -6), to: today }) },
    { label: vscode.l10n.t("The last 30 days"), scope: fixed({ from: addDays(today, -29), to: today }) },
    { label: vscode.l10n.t("A period of your own …"), scope: () => askForPeriod(today) },
    separator(vscode.l10n.t("All")),
    {
      label: vscode.l10n.t("Everything"),
      description: vscode.l10n.t("The database and its key"),
      scope: fixed({}),
    },
  ];
}

async function askForPeriod(today: string): Promise<ForgetScope | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Delete My Data"),
    prompt: vscode.l10n.t("First and last day, both included"),
    value: `${addDays(today, -6)} ${today}`,
    validateInput: (given) =>
      periodOf(given) ? undefined : vscode.l10n.t("Expected two days such as 2026-01-31 2026-02-28"),
  });
  return text === undefined ? undefined : periodOf(text);
}

function periodOf(text: string): ForgetScope | undefined {
  const [from, to, ...more] = text
    .trim()
    .split(/\s+/)
    .map((part) => daySchema.safeParse(part).data);
  if (from === undefined || to === undefined || more.length > 0 || from > to) return undefined;
  return { ...everything, from, to };
}

function inWords({ edits, documents, requests, sums, undivided }: Forgotten): string {
  const lines = [
    vscode.l10n.t(
      "Edits with their evidence: {0}. Documents: {1}. Requests to models: {2}. Rows of sums: {3}.",
      edits,
      documents,
      requests,
      sums,
    ),
  ];
  if (undivided > 0) {
    lines.push(
      vscode.l10n.t(
        "Rows among them that hold other things too: {0}. Their single edits are gone, so they cannot be divided.",
        undivided,
      ),
    );
  }
  return lines.join("\n");
}

function isNothing(forgotten: Forgotten): boolean {
  return Object.keys(nothingForgotten).every((name) => forgotten[name as keyof Forgotten] === 0);
}

function todayOf(host: Host): string {
  const at = host.now();
  return localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
}

async function sayProblem(problem: Problem): Promise<void> {
  const { message, whatToDo } = describeProblem(problem);
  await offer(`${message} ${whatToDo}`, ["kept.showLog"]);
}
