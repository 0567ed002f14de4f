import { readBundleKeys, type BundleKey } from "../bundles/bundleKeys.ts";
import { createProvider, type Provider } from "../access/provider/provider.ts";
import type { Settings } from "../env.ts";
import type { Host } from "../host.ts";

/** What the console needs to know of the operator's settings. */
export interface ConsoleParts {
  /** Where browsers reach it, when they do not reach it directly. */
  readonly publicUrl: string | undefined;
  /** Undefined where keys alone open the console. */
  readonly provider: Provider | undefined;
  /** Read anew each time, so that a new key signs without a restart. */
  bundleKeys(): readonly BundleKey[];
}

export function consolePartsOf({ publicUrl, dataFolder, provider }: Settings, host: Host): ConsoleParts {
  return {
    publicUrl,
    provider:
      provider === undefined || publicUrl === undefined
        ? undefined
        : createProvider(provider, publicUrl, () => host.now()),
    bundleKeys: () => readBundleKeys(dataFolder),
  };
}
