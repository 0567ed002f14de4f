import { participation } from "../../core/protection/participation.ts";
import type { Membership } from "../../protocol/enrolment.ts";
import { readSetting } from "../console/settings/readSettings.ts";
import type { AppParts } from "../app.ts";
import type { Device } from "../store/registry.ts";

type Parts = Pick<AppParts, "store" | "host" | "promises">;

/** What an organisation promises and asks, as its operator set it. */
export interface Promises {
  /** The fewest people a number can be about; never fewer than what is built in. */
  readonly floor: number;
  readonly devicesEach: 1 | 2;
  readonly remotes: readonly string[];
  /** How many keys have to sign a bundle. */
  readonly signatures: number;
  /** Read anew each time, so that a new key holds without a restart. */
  keys(): readonly { readonly id: string; readonly publicKey: string }[];
}

/** What a device is told about where it belongs. */
export async function membershipOf({ store, host, promises }: Parts, device: Device): Promise<Membership> {
  const { floor, devicesEach, remotes, signatures } = promises;
  const devices = await store.countDevices();
  return {
    org: await store.organisation(host.id()),
    team: device.team,
    expires: device.expires,
    ...{ floor, devicesEach, signatures },
    devices: devices < floor ? null : devices,
    participation: await participationOf({ store, promises }, device.team),
    keys: promises.keys().map(({ id, publicKey }) => ({ id, publicKey })),
    remotes: [...remotes],
    tools: (await readSetting(store, "tools")).approved,
    tiers: await readSetting(store, "repositories"),
  };
}

/** Nobody's joining or staying away can be told from it. */
export async function participationOf(
  { store, promises }: Pick<Parts, "store" | "promises">,
  team: string,
): Promise<Membership["participation"]> {
  const size = (await store.teamSizes()).find((each) => each.team === team);
  return size?.people == null ? { state: "hidden" } : participation(size.joined, size.people, promises.floor);
}
