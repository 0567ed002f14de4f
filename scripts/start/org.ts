import { mkdir } from "node:fs/promises";
import path from "node:path";
import { root } from "../paths.ts";
import { type Service, startService } from "../process/service.ts";
import { freePort } from "./port.ts";

const usualPort = 4390;
const startTimeoutMs = 20_000;
const pollMs = 100;

export interface RunningOrg {
  readonly url: string;
  readonly service: Service;
}

/** The org service on its embedded store, for this machine only. */
export async function startOrg(dataFolder: string): Promise<RunningOrg> {
  await mkdir(dataFolder, { recursive: true });
  const port = await freePort(usualPort);
  const url = `http://127.0.0.1:${port}/`;
  const service = startService(process.execPath, [path.join(root, "org", "dist", "kept-org.js"), "serve"], {
    name: "The org service",
    cwd: root,
    env: {
      ...withoutOwnVariables(),
      KEPT_ORG_DATA: dataFolder,
      KEPT_ORG_HOST: "127.0.0.1",
      KEPT_ORG_PORT: String(port),
    },
  });
  try {
    await answers(new URL("healthz", url), service);
    return { url, service };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** What is set for another service on this machine does not apply to this one. */
function withoutOwnVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KEPT_ORG_")));
}

async function answers(url: URL, service: Service) {
  const signal = AbortSignal.timeout(startTimeoutMs);
  let ended = false;
  void service.ended.then(() => (ended = true));
  for (;;) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok === true) return;
    if (ended || signal.aborted) throw new Error(`The org service did not start.\n${service.output()}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
