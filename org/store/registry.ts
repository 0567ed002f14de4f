import { mostDevicesEach } from "../identity/personKey.ts";
import { ask, type RunWork, type Work } from "./statements.ts";

/** Lets devices in. Only its hash is stored. */
export interface NewInvitation {
  readonly tokenHash: string;
  readonly team: string;
  /** The person whose next device it is for; null for anybody's first. */
  readonly person: string | null;
  /** What that person's devices have in common, sealed with the token. */
  readonly personSeal?: string;
  readonly uses: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What identities a joining device gets if it is let in; they are made outside, where chance is. */
export interface Joining {
  readonly tokenHash: string;
  readonly credentialHash: string;
  readonly device: string;
  readonly person: string;
  /** Milliseconds since 1970, and the day they lie in. */
  readonly now: number;
  readonly today: string;
  /** Last day of the credential. */
  readonly expires: string;
  /** What a person's devices have in common, sealed for this one; undefined where it did not show its credential. */
  readonly reseal?: ((seal: string) => string) | undefined;
}

/** A device as the org knows it: never by a name, and by nothing that stands in an event. */
export interface Device {
  readonly device: string;
  readonly person: string;
  readonly team: string;
  readonly expires: string;
  /** What the person's devices have in common, sealed with the credential; null where it is made of the credential. */
  readonly personSeal: string | null;
}

export interface Replacement {
  readonly credentialHash: string;
  readonly expires: string;
  readonly personSeal: string;
}

export type JoinOutcome =
  | { readonly ok: true; readonly device: Device }
  | { readonly ok: false; readonly why: "invitation" | "credential" | "devices" };

export interface Member {
  readonly team: string;
  readonly person: string;
}

export interface TeamSize {
  readonly team: string;
  /** How many people the organisation says the team has. */
  readonly people: number | null;
}

/** Who may send, in which team, and nothing of what they sent. */
export interface Registry {
  /** Random name of the organisation, the same for ever; the first candidate becomes it. */
  organisation(candidate: string): Promise<string>;
  /** Makes the team where there is none; null leaves its size as it is. */
  setTeam(team: string, people: number | null): Promise<void>;
  teamSizes(): Promise<TeamSize[]>;
  /** One that is for a person takes the place of what is open for the same person. */
  addInvitation(invitation: NewInvitation): Promise<void>;
  /** Ends every invitation that has uses left; says how many that were. */
  endInvitations(): Promise<number>;
  join(joining: Joining): Promise<JoinOutcome>;
  /** Undefined where no device has the credential, or where it left, was revoked or let the credential expire. */
  findDevice(credentialHash: string, today: string): Promise<Device | undefined>;
  /** The device has another credential from now on; false where that one is in use already. */
  replaceCredential(device: string, replacement: Replacement): Promise<boolean>;
  /** Devices of a person that are in. */
  countDevicesOf(person: string, today: string): Promise<number>;
  leave(device: string, today: string): Promise<void>;
  /** Ends every credential of a team; says how many devices that were. */
  revokeTeam(team: string, today: string): Promise<number>;
  /** Everybody who had joined by the end of a week and had not left before it began. */
  members(week: { readonly firstDay: string; readonly lastDay: string }): Promise<Member[]>;
}

export function createRegistry(run: RunWork): Registry {
  return {
    organisation: (candidate) =>
      run(function* () {
        yield* ask("INSERT INTO organisation (single, id) VALUES (1, $1) ON CONFLICT DO NOTHING", candidate);
        const [row] = yield* ask<{ id: string }>("SELECT id FROM organisation");
        return row?.id ?? candidate;
      }),

    setTeam: (team, people) => run(() => setTeam(team, people)),

    teamSizes: () =>
      run(function* () {
        return yield* ask<TeamSize>("SELECT team, people FROM team ORDER BY team");
      }),

    addInvitation: ({ tokenHash, team, person, personSeal, uses, expiresAt }) =>
      run(function* () {
        yield* setTeam(team, null);
        if (person !== null) yield* ask("DELETE FROM invitation WHERE person = $1", person);
        yield* ask(
          "INSERT INTO invitation (token_hash, team, person, uses_left, expires_at, person_seal) " +
            "VALUES ($1, $2, $3, $4, $5, $6)",
          ...[tokenHash, team, person, uses, expiresAt, personSeal ?? null],
        );
      }),

    endInvitations: () =>
      run(function* () {
        return (yield* ask("UPDATE invitation SET uses_left = 0 WHERE uses_left > 0 RETURNING 1 AS ended"))
          .length;
      }),

    join: (joining) => run(() => join(joining)),

    findDevice: (credentialHash, today) => run(() => findDevice(credentialHash, today)),

    replaceCredential: (device, { credentialHash, expires, personSeal }) =>
      run(function* () {
        const replaced = yield* ask(
          "UPDATE device SET credential_hash = $2, expires_on = $3, person_seal = $4 WHERE device = $1 AND NOT EXISTS " +
            "(SELECT 1 FROM device AS other WHERE other.credential_hash = $2) RETURNING 1 AS replaced",
          ...[device, credentialHash, expires, personSeal],
        );
        return replaced.length > 0;
      }),

    countDevicesOf: (person, today) => run(() => countDevicesOf(person, today)),

    leave: (device, today) =>
      run(function* () {
        yield* ask(
          "UPDATE device SET left_on = $2, credential_hash = NULL WHERE device = $1 AND left_on IS NULL",
          ...[device, today],
        );
      }),

    revokeTeam: (team, today) =>
      run(function* () {
        const ended = yield* ask<{ device: string }>(
          "UPDATE device SET left_on = $2, credential_hash = NULL WHERE team = $1 AND left_on IS NULL " +
            "RETURNING device",
          ...[team, today],
        );
        return ended.length;
      }),

    members: ({ firstDay, lastDay }) =>
      run(() =>
        ask<Member>(
          "SELECT DISTINCT team, person FROM device WHERE joined_on <= $2 AND (left_on IS NULL OR left_on >= $1) " +
            "ORDER BY team, person",
          ...[firstDay, lastDay],
        ),
      ),
  };
}

function* setTeam(team: string, people: number | null): Work<void> {
  yield* ask(
    "INSERT INTO team (team, people) VALUES ($1, $2) ON CONFLICT (team) DO UPDATE SET " +
      "people = coalesce(excluded.people, team.people)",
    ...[team, people],
  );
}

function* join(joining: Joining): Work<JoinOutcome> {
  const { tokenHash, credentialHash, device, now, today, expires } = joining;
  const earlier = yield* findDevice(credentialHash, today);
  if (earlier !== undefined) return { ok: true, device: earlier };
  const used = yield* ask("SELECT 1 AS used FROM device WHERE credential_hash = $1", credentialHash);
  if (used.length > 0) return { ok: false, why: "credential" };
  const [invited] = yield* ask<{ person: string | null; seal: string | null }>(
    "SELECT person, person_seal AS seal FROM invitation WHERE token_hash = $1",
    tokenHash,
  );
  if (invited === undefined) return { ok: false, why: "invitation" };
  let personSeal: string | null = null;
  if (invited.person !== null) {
    if (joining.reseal === undefined || invited.seal === null) return { ok: false, why: "credential" };
    const devices = yield* countDevicesOf(invited.person, today);
    if (devices >= mostDevicesEach) return { ok: false, why: "devices" };
    personSeal = joining.reseal(invited.seal);
  }
  const [invitation] = yield* ask<{ team: string }>(
    "UPDATE invitation SET uses_left = uses_left - 1 WHERE token_hash = $1 AND uses_left > 0 AND expires_at > $2 " +
      "RETURNING team",
    ...[tokenHash, now],
  );
  if (invitation === undefined) return { ok: false, why: "invitation" };
  const { team } = invitation;
  const person = invited.person ?? joining.person;
  yield* ask(
    "INSERT INTO device (device, person, team, joined_on, left_on, credential_hash, expires_on, person_seal) " +
      "VALUES ($1, $2, $3, $4, NULL, $5, $6, $7)",
    ...[device, person, team, today, credentialHash, expires, personSeal],
  );
  return { ok: true, device: { device, person, team, expires, personSeal } };
}

function* countDevicesOf(person: string, today: string): Work<number> {
  const [row] = yield* ask<{ devices: number }>(
    "SELECT count(*) AS devices FROM device WHERE person = $1 AND left_on IS NULL AND expires_on >= $2",
    ...[person, today],
  );
  return Number(row?.devices ?? 0);
}

function* findDevice(credentialHash: string, today: string): Work<Device | undefined> {
  const [found] = yield* ask<Device>(
    'SELECT device, person, team, expires_on AS expires, person_seal AS "personSeal" FROM device ' +
      "WHERE credential_hash = $1 AND left_on IS NULL AND expires_on >= $2",
    ...[credentialHash, today],
  );
  return found;
}
