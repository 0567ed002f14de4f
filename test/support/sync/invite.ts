import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** An invitation of a service, made as its administrator makes one. */
export async function invite(environment: Record<string, string>, endpoint: string): Promise<string> {
  const child = spawn(process.execPath, [path.resolve("org/main.ts"), "token", "--team", "Team"], {
    env: { PATH: process.env["PATH"], ...environment, KEPT_ORG_PUBLIC_URL: endpoint },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  await once(child, "close");
  return printed.trim();
}
