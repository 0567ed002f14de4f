import { tmpdir } from "node:os";
import path from "node:path";

/** The clone these scripts belong to. */
export const root = path.resolve(import.meta.dirname, "..");

/** What is expensive to fetch or slow to make, and can be made again. Not committed. */
export const cacheFolder = path.join(root, ".cache");

/** What the build and the tests make. Not committed. */
export const outFolder = path.join(root, "out");

/** Screenshots and reports of the last test run. Not committed. */
export const artifactsFolder = path.join(root, "test", "artifacts");

/** macOS gives each user one whose path alone is nearly too long for a socket in it. */
export function shortTemporaryFolder() {
  return process.platform === "win32" ? tmpdir() : "/tmp";
}
