import * as vscode from "vscode";
import { describeProblem, type Problem } from "../../protocol/errors.ts";
import type { FixedHeaders } from "../../protocol/sink.ts";
import type { SyncAct, SyncPreview, SyncState } from "../../protocol/sync.ts";
import { inform, warnModally } from "../messages.ts";
import { offer } from "../notices.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";
import { batchesText, consentText, newFieldsText, sinkText } from "./consentText.ts";
import { readHeaders, type SinkHeaders } from "./sinkHeaders.ts";

const scheme = "kept-sharing";

/** A pasted invitation opens what it leads to. Only the person's own click agrees. */
export async function joinOrganisation(session: Session, sinkHeaders: SinkHeaders): Promise<void> {
  const state = await stateOf(session);
  if (!state) return;
  if (state.isForbidden) {
    await inform(vscode.l10n.t("An administrator of this machine forbids sharing."));
    return;
  }
  if (state.consent) return decideAgain(session, state.consent);
  const invitation = await vscode.window.showInputBox({
    title: vscode.l10n.t("Join an Organisation"),
    prompt: vscode.l10n.t(
      "Paste the invitation, or the address of an OpenTelemetry collector. Nothing is sent before you have read what would be.",
    ),
    value: state.invitation ?? "",
    ignoreFocusOut: true,
  });
  if (invitation === undefined || invitation.trim() === "") return;
  const preview = await session.ask("kept/syncPreview", { invitation });
  if (!preview.ok) return tell(preview.problem);
  const { mode, endpoint, fields } = preview.value;
  const headers = mode === "sink" ? await askHeaders(preview.value) : {};
  if (headers === undefined) return;
  const question = vscode.l10n.t("Share these sums with {0}?", new URL(endpoint).host);
  const headerNames = Object.keys(headers);
  const text = mode === "sink" ? sinkText(preview.value, headerNames) : consentText(preview.value);
  if (!(await agreed(text, question, vscode.l10n.t("Agree and Join")))) return;
  const names = fields.map(({ name }) => name);
  if (mode === "sink") {
    await sinkHeaders.write({ endpoint, headers });
    const joined = await act(session, { act: "joinSink", address: endpoint, headerNames, agreed: names });
    if (!joined) return sinkHeaders.forget();
    return chooseWorkNow(
      session,
      vscode.l10n.t("Sums of work folders are shared from now on, a week at a time."),
    );
  }
  if (!(await act(session, { act: "join", invitation, agreed: names }))) return;
  await chooseWorkNow(
    session,
    vscode.l10n.t("You joined. Sums of work folders are shared from now on, a day at a time."),
  );
}

/** What a collector asks for besides its address. Undefined for whoever turned back. */
async function askHeaders({ endpoint, headerNames }: SyncPreview): Promise<FixedHeaders | undefined> {
  // An administrator laid them down: nobody needs to type them.
  if (headerNames.length > 0) return {};
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Header Fields for {0}", new URL(endpoint).host),
    prompt: vscode.l10n.t(
      "What it asks for with each request, as name=value, separated by commas. Leave it empty if it asks for nothing. It is kept in the editor's secret storage.",
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const read = readHeaders(value);
      return read.ok ? undefined : read.reason;
    },
  });
  if (typed === undefined) return undefined;
  const read = readHeaders(typed);
  return read.ok ? read.headers : undefined;
}

async function chooseWorkNow(session: Session, said: string): Promise<void> {
  const choose = vscode.l10n.t("Choose Work Folders");
  if ((await inform(said, choose)) === choose) await chooseWork(session);
}

/** Whoever joined already is shown how it stands, and what is new. */
async function decideAgain(session: Session, consent: NonNullable<SyncState["consent"]>): Promise<void> {
  const { endpoint, mode, newFields, team } = consent;
  if (newFields.length > 0) {
    const question = vscode.l10n.t("Share these fields, too?");
    if (!(await agreed(newFieldsText(endpoint, newFields), question, vscode.l10n.t("Agree")))) return;
    const preview = newFields.map(({ name }) => name);
    await act(session, { act: "agree", added: preview });
    return;
  }
  const { host } = new URL(endpoint);
  await inform(
    mode === "sink"
      ? vscode.l10n.t("You share sums of weeks with {0}.", host)
      : vscode.l10n.t("You share sums with {0}, in the team {1}.", host, team ?? "…"),
  );
}

export async function pauseSharing(session: Session, pauses: boolean): Promise<void> {
  const state = await act(session, { act: pauses ? "pause" : "resume" });
  if (!state) return;
  const said = !state.consent
    ? vscode.l10n.t("Nothing is shared: you joined no organisation.")
    : pauses
      ? vscode.l10n.t("Sharing is paused. What you do meanwhile is never shared.")
      : vscode.l10n.t("Sharing goes on.");
  await inform(said);
}

export async function leaveOrganisation(session: Session, sinkHeaders: SinkHeaders): Promise<void> {
  const state = await stateOf(session);
  if (!state) return;
  if (!state.consent) {
    await inform(vscode.l10n.t("Nothing is shared: you joined no organisation."));
    return;
  }
  const { mode, endpoint } = state.consent;
  const { host } = new URL(endpoint);
  if (mode === "sink") return leaveSink(session, sinkHeaders, host);
  const leave = vscode.l10n.t("Stop and Delete");
  const question = vscode.l10n.t("Stop sharing with {0}, and have everything deleted that was sent?", host);
  const detail = vscode.l10n.t(
    "What waits is given up at once. The requests to delete go out one by one within an hour while an editor is open. Sums of groups that were published already stay. Your own numbers stay on this machine.",
  );
  if ((await warnModally(question, detail, leave)) !== leave) return;
  if (await act(session, { act: "leave" })) await inform(vscode.l10n.t("Sharing has ended."));
}

/** What went to a collector that is not Kept's cannot be taken back: nobody there knows whose it is. */
async function leaveSink(session: Session, sinkHeaders: SinkHeaders, host: string): Promise<void> {
  const leave = vscode.l10n.t("Stop");
  const detail = vscode.l10n.t(
    "What waits is given up at once. What was sent stays there: a collector has no way to delete it, and Kept cannot ask for it. Whoever runs it can delete it by the pseudonyms of your weeks, which What Was Sent shows until you stop. Your own numbers stay on this machine.",
  );
  const show = vscode.l10n.t("Show What Was Sent");
  const question = vscode.l10n.t("Stop sharing with {0}?", host);
  const chosen = await warnModally(question, detail, leave, show);
  if (chosen === show) return showSent(session);
  if (chosen !== leave || !(await act(session, { act: "leave" }))) return;
  await sinkHeaders.forget();
  await inform(vscode.l10n.t("Sharing has ended."));
}

export async function showSent(session: Session): Promise<void> {
  await session.settled();
  const reply = await session.ask("kept/syncBatches", {});
  if (!reply.ok) return tell(reply.problem);
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({
      language: "markdown",
      content: batchesText(reply.value.batches),
    }),
    { preview: true },
  );
}

/** Which of the window's folders are work. */
export async function chooseWork(session: Session): Promise<void> {
  const state = await stateOf(session);
  if (!state) return;
  const reasons = {
    policy: vscode.l10n.t("its own policy forbids it"),
    person: vscode.l10n.t("as you said"),
    list: vscode.l10n.t("on the organisation's list"),
    none: vscode.l10n.t("not on the organisation's list"),
  };
  const items = state.folders.map(({ uri, isWork, because }) => ({
    label: vscode.workspace.asRelativePath(vscode.Uri.parse(uri), true),
    description: reasons[because],
    picked: isWork,
    folder: uri,
    isWork,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Which folders are work?"),
    placeHolder: vscode.l10n.t("Of others nothing is shared"),
  });
  if (!chosen) return;
  for (const item of items) {
    const isWork = chosen.includes(item);
    if (isWork !== item.isWork)
      await act(session, { act: "mark", folder: item.folder, mark: isWork ? "work" : "private" });
  }
}

/**
 * Shows a text that nobody can change, and asks above it for as long as reading takes: a notification would be gone by then.
 * Whoever presses Enter without reading has agreed to nothing.
 */
async function agreed(text: string, question: string, yes: string): Promise<boolean> {
  const scope = new Scope();
  scope.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text }),
  );
  const title = vscode.l10n.t("What would be shared");
  const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
  try {
    // Until that extension runs the page is empty, and there is nothing to agree to.
    await vscode.extensions.getExtension("vscode.markdown-language-features")?.activate();
    await vscode.commands.executeCommand("markdown.showPreview", uri);
    const chosen = await vscode.window.showQuickPick([vscode.l10n.t("Not Now"), yes], {
      title: question,
      placeHolder: vscode.l10n.t("Read below what would be shared. This waits."),
      ignoreFocusOut: true,
    });
    return chosen === yes;
  } finally {
    const shown = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes(title));
    await vscode.window.tabGroups.close(shown);
    scope.dispose();
  }
}

async function stateOf(session: Session): Promise<SyncState | undefined> {
  await session.settled();
  const reply = await session.ask("kept/sync", {});
  if (reply.ok) return reply.value;
  await tell(reply.problem);
  return undefined;
}

async function act(session: Session, what: SyncAct): Promise<SyncState | undefined> {
  await session.settled();
  const reply = await session.ask("kept/syncAct", what);
  if (reply.ok) return reply.value;
  await tell(reply.problem);
  return undefined;
}

function tell(problem: Problem): Promise<void> {
  const { message, whatToDo } = describeProblem(problem);
  return offer(`${message} ${whatToDo}`, ["kept.showLog"]);
}
