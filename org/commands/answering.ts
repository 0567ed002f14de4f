import type { Settings } from "../env.ts";

const patienceMs = 3000;

/** The status with which something answers where the settings say the service listens; undefined where nothing does. */
export async function answerAt({ host, port }: Pick<Settings, "host" | "port">): Promise<number | undefined> {
  try {
    return (
      await fetch(`http://${authorityOf({ host, port })}/readyz`, { signal: AbortSignal.timeout(patienceMs) })
    ).status;
  } catch {
    return undefined;
  }
}

export async function isAnswering(settings: Pick<Settings, "host" | "port">): Promise<boolean> {
  return (await answerAt(settings)) !== undefined;
}

export function authorityOf({ host, port }: Pick<Settings, "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
