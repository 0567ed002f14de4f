import * as vscode from "vscode";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";

/**
 * Tells the server, at its start and at each change, whether the editor lets anything be sent, and through which proxy.
 * Values of a folder are passed over: a folder must not lead requests elsewhere.
 */
export function tellMaySend(session: Session): vscode.Disposable {
  const tell = () => {
    session.notify("kept/maySend", {
      telemetry: vscode.env.isTelemetryEnabled,
      proxy: userValue("http.proxy"),
    });
  };
  const scope = new Scope();
  scope.add(session.onStateChanged(({ state }) => state === "running" && tell()));
  scope.add(vscode.env.onDidChangeTelemetryEnabled(tell));
  scope.add(
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("http.proxy") && tell()),
  );
  return scope;
}

function userValue(id: string): string {
  const { globalValue, defaultValue } = vscode.workspace.getConfiguration().inspect<string>(id) ?? {};
  return globalValue ?? defaultValue ?? "";
}
