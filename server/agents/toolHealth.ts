import type { Connection, ToolHealth } from "../../protocol/connections.ts";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import type { HeardRow } from "../store/figures.ts";
import { agents } from "./registry.ts";

export interface HealthFacts {
  readonly connections: readonly (Connection & { readonly telemetryOf: string | undefined })[];
  readonly heard: readonly HeardRow[];
  /** Records of hooks that wait, by tool. */
  readonly waiting: Readonly<Record<string, number>>;
}

/** What is known of each tool whose records, hooks or telemetry Kept can read, by name; `kept doctor` and the panel say it. */
export function toolHealth({ connections, heard, waiting }: HealthFacts): ToolHealth[] {
  const names = [
    ...agents.map(({ tool }) => tool),
    ...connections.map(({ tool, telemetryOf }) => telemetryOf ?? tool),
    ...heard.map(({ tool }) => tool),
  ];
  return [...new Set(names)].sort().map((tool) => {
    const hooked = agents.find((each) => each.tool === tool)?.hookedAs ?? tool;
    const hooks = connections.find((each) => each.tool === hooked && each.telemetryOf === undefined);
    const telemetry = connections.find((each) => each.telemetryOf === tool);
    const own = heard.filter((each) => each.tool === tool);
    return {
      tool,
      title: agents.find((each) => each.tool === tool)?.title ?? titleOfTool(tool),
      isInstalled: hooks?.isInstalled ?? telemetry?.isInstalled ?? false,
      hooks: hooks ? stateOf(hooks) : null,
      telemetry: telemetry ? stateOf(telemetry) : null,
      waiting: waiting[tool] ?? 0,
      heard: own
        .map(({ way, at, taken, notUnderstood }) => ({ way, at: Math.trunc(at), taken, notUnderstood }))
        .sort((one, other) => (one.way < other.way ? -1 : 1)),
    };
  });
}

function stateOf({ tool, isConnected, isOutdated }: Connection) {
  return { name: tool, isConnected, isOutdated };
}

/** A tool that is neither here nor was ever heard of is not worth a line. */
export function isOfInterest({ isInstalled, hooks, telemetry, heard, waiting }: ToolHealth): boolean {
  return (
    isInstalled ||
    hooks?.isConnected === true ||
    telemetry?.isConnected === true ||
    heard.length > 0 ||
    waiting > 0
  );
}
