import type { Membership } from "../../protocol/enrolment.ts";
import type { PublishedJoined } from "../../protocol/protection.ts";
import { readSetting } from "../console/settings/readSettings.ts";
import type { AppParts } from "../app.ts";
import { readTold } from "../told.ts";
import type { Device } from "../store/registry.ts";
import type { Store } from "../store/store.ts";

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
  const { joined, everybody } = await readTold(store);
  return {
    org: await store.organisation(host.id()),
    team: device.team,
    expires: device.expires,
    ...{ floor, devicesEach, signatures },
    devices: everybody,
    participation: participationIn(joined, device.team),
    keys: promises.keys().map(({ id, publicKey }) => ({ id, publicKey })),
    remotes: [...remotes],
    tools: (await readSetting(store, "tools")).approved,
    tiers: await readSetting(store, "repositories"),
  };
}

/** As it was published with the newest week: whoever asks all the time sees nobody join. */
export async function participationOf(store: Store, team: string): Promise<Membership["participation"]> {
  return participationIn((await readTold(store)).joined, team);
}

function participationIn(joined: PublishedJoined | undefined, team: string): Membership["participation"] {
  const own = joined?.teams.find((each) => each.team === team);
  return own === undefined ? { state: "hidden" } : { state: "shown", joined: own.joined, of: own.of };
}
