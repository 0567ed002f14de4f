import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { Host } from "./host.ts";
import { warn } from "./messages.ts";
import { Pause } from "./pause.ts";
import { Recording } from "./recording.ts";
import { Slot } from "./scope.ts";
import { onSettingChange, readSetting, writeEnabled } from "./settings.ts";

const host: Host = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  utcOffsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
  uuid: () => randomUUID(),
  startTimer: (afterMs, run) => {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  },
};

const recording = new Slot<Recording>();

/** What other extensions may know of Kept. */
export interface KeptApi {
  /** How long `activate` took, in milliseconds. */
  readonly activationMs: number;
  /** How the recording stands; undefined while Kept is off. */
  recording(): Recording["session"] | undefined;
}

export function activate(context: vscode.ExtensionContext): KeptApi {
  const startedAt = performance.now();
  const pause = new Pause(host, () => follow());
  const follow = () => {
    const enabled = readSetting("kept.enabled", ({ details }) => {
      void warn(
        vscode.l10n.t(
          "The setting {0} has a value that cannot be used. Kept stays on.",
          String(details.setting),
        ),
      );
    });
    const records = enabled && !pause.isOn;
    if (!enabled) pause.dispose();
    if (records === (recording.held !== undefined)) return;
    recording.set(
      records
        ? new Recording({
            host,
            extensionUri: context.extensionUri,
            // The extension's own folder there is `globalStorage/<its id>`.
            userFolder: vscode.Uri.joinPath(context.globalStorageUri, "..", ".."),
            secrets: context.secrets,
            serverFile: vscode.Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath,
            loadClient: () => import("./client.ts"),
          })
        : undefined,
    );
  };
  context.subscriptions.push(
    onSettingChange(["kept.enabled"], follow),
    pause,
    vscode.commands.registerCommand("kept.turnOn", () => writeEnabled(true)),
    vscode.commands.registerCommand("kept.turnOff", () => writeEnabled(false)),
    vscode.commands.registerCommand("kept.pause", () => pause.ask()),
    vscode.commands.registerCommand("kept.resume", () => pause.resume()),
  );
  follow();
  return { activationMs: performance.now() - startedAt, recording: () => recording.held?.session };
}

/** The editor waits for this, so that the server can commit what it has. */
export async function deactivate(): Promise<void> {
  const held = recording.held;
  recording.set(undefined);
  await held?.end();
}
