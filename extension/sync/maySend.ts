import * as vscode from "vscode";
import { Scope } from "../scope.ts";
import type { TypedHeaders } from "../../protocol/sink.ts";
import type { ProxySettings } from "../../protocol/proxySettings.ts";
import type { Session } from "../session.ts";
import type { SinkHeaders } from "./sinkHeaders.ts";

/**
 * Tells the server, at its start and at each change, whether the editor lets anything be sent, and through which proxy.
 * Values of a folder are passed over: a folder must not lead requests elsewhere.
 */
export function tellMaySend(session: Session, sinkHeaders: SinkHeaders): vscode.Disposable {
  let sink: TypedHeaders | undefined;
  const tell = () => {
    session.notify("kept/maySend", {
      telemetry: vscode.env.isTelemetryEnabled,
      proxy: proxySettings(),
      ...(sink === undefined ? {} : { sink }),
    });
  };
  const readHeaders = async () => {
    sink = await sinkHeaders.read();
    if (session.state.state === "running") tell();
  };
  void readHeaders();
  const scope = new Scope();
  scope.add(session.onStateChanged(({ state }) => state === "running" && tell()));
  scope.add(sinkHeaders.onChanged(() => void readHeaders()));
  scope.add(vscode.env.onDidChangeTelemetryEnabled(tell));
  scope.add(
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("http") && tell()),
  );
  return scope;
}

function proxySettings(): ProxySettings {
  const leftOut = userValue("http.noProxy");
  return {
    isUsed: userValue("http.proxySupport") !== "off",
    address: textOf(userValue("http.proxy")),
    leftOut: Array.isArray(leftOut) ? leftOut.map(textOf) : [],
    authorization: textOf(userValue("http.proxyAuthorization")),
  };
}

function userValue(id: string): unknown {
  const { globalValue, defaultValue } = vscode.workspace.getConfiguration().inspect<unknown>(id) ?? {};
  return globalValue ?? defaultValue;
}

/** A person may have written anything into their settings. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
