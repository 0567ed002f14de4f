import type { Part } from "./part.ts";
import { grouped } from "../grouped.ts";
import type { RecentStep, ToolActivity } from "./recentSteps.ts";

/** A tool server that a folder's configuration names. */
export interface ToolServer {
  readonly name: string;
  /** As a step that calls it has it. */
  readonly subject: string;
  /** Address of the folder, and of the configuration. */
  readonly folder: string;
  readonly uri: string;
  /** The tool that reads this configuration, */
  readonly tool: string;
  /** which became what it is then. */
  readonly since: number;
}

const dayMs = 86_400_000;
const days = 14;

/** The tool server that fewest of the tasks used that could have. */
export function idleServer(
  servers: readonly ToolServer[],
  { steps }: Pick<ToolActivity, "steps">,
  now: number,
): Part {
  const [least] = servers
    .map((server) => {
      const tasks = [
        ...grouped(
          steps.filter((step) => couldUse(step, server, now)),
          (step) => step.taskKey!,
        ),
      ];
      const used = tasks.filter(([, own]) => own.some((step) => usesServer(step, server)));
      return { server, tasks: tasks.length, used: used.length };
    })
    .filter(({ tasks }) => tasks > 0)
    .sort((one, other) => one.used / one.tasks - other.used / other.tasks || other.tasks - one.tasks);
  if (!least) return { values: {} };
  const { server, tasks, used } = least;
  return {
    values: {
      "idleServer.name": server.name,
      "idleServer.tasks": tasks,
      "idleServer.used": used,
      "idleServer.share": used / tasks,
    },
    files: [server.uri],
  };
}

function couldUse({ tool, place, taskKey, at }: RecentStep, server: ToolServer, now: number): boolean {
  if (taskKey === null || tool !== server.tool || place === null) return false;
  const isIn = place === server.folder || place.startsWith(`${server.folder}/`);
  return isIn && at >= Math.max(server.since, now - days * dayMs);
}

function usesServer({ kind, subject }: RecentStep, server: ToolServer): boolean {
  return kind === "server" && subject === server.subject;
}
