import * as vscode from "vscode";
import { whyInvalid, type Problem } from "../protocol/errors.ts";
import { usableTargets, type Targets } from "../protocol/targets.ts";
import { settings, type SettingId, type Settings } from "../protocol/settings.ts";

/** Reads one setting. A value that cannot be used gives the default and is told to `onInvalid`. */
export function readSetting<Id extends SettingId>(
  id: Id,
  onInvalid: (problem: Problem) => void,
  resource?: vscode.Uri,
): Settings[Id] {
  const { schema, fallback } = settings[id];
  const value = vscode.workspace.getConfiguration(undefined, resource).get<unknown>(id, fallback);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as Settings[Id];
  onInvalid({ code: "settings.invalid", details: { setting: id, reason: whyInvalid(parsed.error) } });
  return fallback as unknown as Settings[Id];
}

/** What is aimed at. An entry that cannot be used is told to `onInvalid`, and the others hold. */
export function readTargets(onInvalid: (problem: Problem) => void): Targets {
  const setting = "kept.targets";
  const value = vscode.workspace.getConfiguration().get<unknown>(setting);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return readSetting(setting, onInvalid);
  const { targets, refused } = usableTargets(value as Record<string, unknown>);
  if (refused.length > 0) {
    onInvalid({ code: "settings.entriesInvalid", details: { setting, reason: refused.join("; ") } });
  }
  return targets;
}

export function onSettingChange(ids: readonly SettingId[], run: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (ids.some((id) => event.affectsConfiguration(id))) run();
  });
}

/** Sets the master switch where the user last set it, so that the change takes effect. */
export async function writeEnabled(enabled: boolean): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const set = configuration.inspect<boolean>("kept.enabled");
  const target =
    set?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update("kept.enabled", enabled, target);
}

/** Whether the user trusts the window's folders. */
export function isTrusted(): boolean {
  return vscode.workspace.isTrusted;
}

export function onTrusted(run: () => void): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(run);
}
