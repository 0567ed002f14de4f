import * as vscode from "vscode";
import type { Connection, ConnectionChange } from "../protocol/connections.ts";
import { describeProblem, type Problem } from "../protocol/errors.ts";
import { inform, warnModally } from "./messages.ts";
import { offer } from "./notices.ts";
import { Scope } from "./scope.ts";
import type { Session } from "./session.ts";

const scheme = "kept-connection";

/**
 * Shows what would be written into a tool's own configuration, beside what is there, and writes it when told to. Without
 * `tool` the person chooses.
 */
export async function connectTool(session: Session, tool?: unknown): Promise<void> {
  await session.settled();
  const reply = await session.ask("kept/connections", {});
  if (!reply.ok) return tell(reply.problem);
  const { connections } = reply.value;
  const order = [...connections].sort((one, other) => Number(other.isInstalled) - Number(one.isInstalled));
  const chosen = order.find((connection) => connection.tool === tool) ?? (await choose(order));
  if (chosen) await connect(session, chosen);
}

async function choose(connections: readonly Connection[]): Promise<Connection | undefined> {
  const chosen = await vscode.window.showQuickPick(
    connections.map((connection) => ({
      label: connection.title,
      description: stateOf(connection),
      connection,
    })),
    {
      title: vscode.l10n.t("Connect a Tool"),
      placeHolder: vscode.l10n.t("Which tool is to tell of its edits?"),
    },
  );
  return chosen?.connection;
}

async function connect(session: Session, { tool, title, isAnyTool }: Connection): Promise<void> {
  const planned = await session.ask("kept/connect", { tool, action: "connect", dryRun: true });
  if (!planned.ok) return tell(planned.problem);
  const { before, after, file } = planned.value;
  if (before === after) {
    await inform(vscode.l10n.t("{0} is connected already.", title));
    return;
  }
  if (!(await agreed(title, planned.value))) return;
  const written = await session.ask("kept/connect", { tool, action: "connect", dryRun: false });
  if (!written.ok) return tell(written.problem);
  const said = isAnyTool
    ? vscode.l10n.t("What a tool is to call, and with what, is written in {0}.", file)
    : vscode.l10n.t(
        "{0} tells Kept of its edits from its next session on. It is written in {1}.",
        title,
        file,
      );
  const { note } = written.value;
  await inform(note === null ? said : `${said} ${note}`);
}

/** Takes out of every tool exactly what was written there. */
export async function disconnectTools(session: Session): Promise<void> {
  await session.settled();
  const reply = await session.ask("kept/connections", {});
  if (!reply.ok) return tell(reply.problem);
  const connected = reply.value.connections.filter(({ isConnected }) => isConnected);
  if (connected.length === 0) {
    await inform(vscode.l10n.t("No tool is connected."));
    return;
  }
  const disconnect = vscode.l10n.t("Disconnect");
  const detail = connected.map(({ title, file }) => `${title}: ${file}`).join("\n");
  const question = vscode.l10n.t("Take Kept out of these tools' configuration?");
  const chosen = await warnModally(question, detail, disconnect);
  if (chosen !== disconnect) return;
  for (const { tool } of connected) {
    const done = await session.ask("kept/connect", { tool, action: "disconnect", dryRun: false });
    if (!done.ok) await tell(done.problem);
  }
  await inform(vscode.l10n.t("Tools no longer tell Kept of their edits."));
}

/** Shows the difference and asks. */
async function agreed(title: string, { file, before, after }: ConnectionChange): Promise<boolean> {
  const scope = new Scope();
  const texts: Readonly<Record<string, string>> = { before: before ?? "", after: after ?? "" };
  scope.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ query }) => texts[query] ?? "",
    }),
  );
  try {
    const [left, right] = ["before", "after"].map((query) => vscode.Uri.file(file).with({ scheme, query }));
    await vscode.commands.executeCommand(
      "vscode.diff",
      left,
      right,
      vscode.l10n.t("What Kept would write for {0}", title),
    );
    const write = vscode.l10n.t("Connect");
    const question = vscode.l10n.t("Write this into {0}?", file);
    return (await inform(question, write)) === write;
  } finally {
    const shown = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme);
    await vscode.window.tabGroups.close(shown);
    scope.dispose();
  }
}

function stateOf({ isInstalled, isConnected, isOutdated, isAnyTool }: Connection): string {
  if (isOutdated) return vscode.l10n.t("connected by an older Kept: connect it again");
  if (isConnected) return vscode.l10n.t("connected");
  if (isAnyTool) return vscode.l10n.t("not connected");
  return isInstalled ? vscode.l10n.t("found") : vscode.l10n.t("not found");
}

function tell(problem: Problem): Promise<void> {
  const { message, whatToDo } = describeProblem(problem);
  return offer(`${message} ${whatToDo}`, ["kept.showLog"]);
}
