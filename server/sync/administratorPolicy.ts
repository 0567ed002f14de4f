import { statSync } from "node:fs";
import path from "node:path";
import { administratorPolicySchema, type AdministratorPolicy } from "../../protocol/administratorPolicy.ts";
import { readRegularFile } from "../regularFile.ts";

const longestPolicy = 1024 * 1024;

/** Where the file is: a folder that only administrators write. */
export function administratorPolicyFile(
  platform: string,
  environment: Readonly<Partial<Record<string, string>>>,
): string {
  if (platform === "win32") {
    return path.win32.join(environment["ProgramFiles"] ?? "C:\\Program Files", "Kept", "policy.json");
  }
  return platform === "darwin" ? "/Library/Application Support/Kept/policy.json" : "/etc/kept/policy.json";
}

/** Somebody wanted to restrict something, and it cannot be read what. */
const forbidsAll: AdministratorPolicy = { sync: "forbidden" };

/** What the file says. One that somebody else could have written is no administrator's, and says nothing. */
export function readAdministratorPolicy(file: string, owner = 0): AdministratorPolicy {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return {};
    if (process.platform !== "win32" && (found.uid !== owner || (found.mode & 0o022) !== 0)) return {};
    const parsed = administratorPolicySchema.safeParse(
      JSON.parse(readRegularFile(file, longestPolicy).toString("utf8")),
    );
    return parsed.data ?? forbidsAll;
  } catch {
    return forbidsAll;
  }
}

/** Whether an address may be joined and sent to. */
export function isAllowedBy({ sync, endpoints }: AdministratorPolicy, endpoint: string): boolean {
  return sync !== "forbidden" && (endpoints === undefined || endpoints.includes(endpoint));
}
