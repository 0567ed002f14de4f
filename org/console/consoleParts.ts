import { readBundleKeys, type BundleKey } from "../bundles/bundleKeys.ts";
import type { Settings } from "../env.ts";

/** What the console needs to know of the operator's settings. */
export interface ConsoleParts {
  /** Where browsers reach it, when they do not reach it directly. */
  readonly publicUrl: string | undefined;
  /** Read anew each time, so that a new key signs without a restart. */
  bundleKeys(): readonly BundleKey[];
}

export function consolePartsOf({ publicUrl, dataFolder }: Settings): ConsoleParts {
  return { publicUrl, bundleKeys: () => readBundleKeys(dataFolder) };
}
