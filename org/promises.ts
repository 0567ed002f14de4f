import { readTrustedKeys } from "./bundles/bundleKeys.ts";
import type { Settings } from "./env.ts";
import type { Promises } from "./identity/organisation.ts";

/** What the operator set, as devices are told it. */
export function promisesOf(settings: Settings): Promises {
  const { floor, devicesEach, remotes, signatures, dataFolder } = settings;
  return { floor, devicesEach, remotes, signatures, keys: () => readTrustedKeys(dataFolder) };
}
