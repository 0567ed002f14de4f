/** No number is ever about fewer people. No setting, file, variable or request can lower it. */
export const smallestGroup = 5;

export type FloorReading =
  { readonly ok: true; readonly people: number } | { readonly ok: false; readonly reason: string };

/** What an organisation asked for instead; it can only ask for more. */
export function readFloor(asked: number | undefined): FloorReading {
  if (asked === undefined) return { ok: true, people: smallestGroup };
  if (!Number.isInteger(asked) || asked < smallestGroup || asked > 1000) {
    return { ok: false, reason: `expected a whole number from ${smallestGroup} to 1000` };
  }
  return { ok: true, people: asked };
}

/**
 * How many contributors a group needs to hold that many people, whatever was asked for. Where nobody can say which
 * devices are one person's, each is taken to have two.
 */
export function contributorsNeeded(people: number, devicesEach: 1 | 2): number {
  const floor = Math.max(smallestGroup, Number.isFinite(people) ? people : smallestGroup);
  return devicesEach === 1 ? floor : 2 * floor - 1;
}
