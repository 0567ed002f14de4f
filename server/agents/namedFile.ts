import path from "node:path";
import { fileURLToPath } from "node:url";

/** A file on this machine, named by its absolute path or by a `file:` address. */
export function namedFile(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (!given.startsWith("file:")) return path.isAbsolute(given) ? path.resolve(given) : undefined;
  const address = URL.canParse(given) ? new URL(given) : undefined;
  // One of another machine, or with what no path has.
  if (!address || address.host !== "" || /%2f|%5c|%00/i.test(address.pathname)) return undefined;
  return /%(?![0-9a-f]{2})/i.test(address.pathname) ? undefined : fileURLToPath(address);
}
