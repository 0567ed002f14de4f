import { invitationPrefix, invitationSchema } from "../../protocol/enrolment.ts";
import { teamNameSchema } from "../../protocol/teamName.ts";
import { readTrustedKeys } from "../bundles/bundleKeys.ts";
import { endpointOf, type Settings } from "../env.ts";
import { hashOf } from "../identity/secrets.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import { openStore } from "../store/open.ts";
import type { Command } from "./command.ts";
import { entryOf } from "./entry.ts";
import { noSuchTeam } from "./noSuchTeam.ts";

const who = "kept-org token";
const dayMs = 86_400_000;
const usualDays = 7;
const mostDays = 90;
const mostUses = 10_000;

export const tokenCommand: Command = {
  about:
    "Makes an invitation: --team NAME [--uses 1] [--days 7] [--people N]. --end ends all, --revoke TEAM its devices.",
  options: {
    team: { type: "string" },
    uses: { type: "string" },
    days: { type: "string" },
    people: { type: "string" },
    end: { type: "boolean" },
    revoke: { type: "string" },
  },
  async run(settings, { host, print, complain }, asked) {
    const team = teamNameSchema.safeParse(asked.valueOf("team"));
    const uses = readCount(asked.valueOf("uses"), 1, mostUses);
    const days = readCount(asked.valueOf("days"), usualDays, mostDays);
    const people = readCount(asked.valueOf("people"), 0, 1_000_000);
    const revoked = teamNameSchema.safeParse(asked.valueOf("revoke"));
    if ([team.success, asked.has("end"), revoked.success].filter(Boolean).length !== 1) {
      complain("Say --team NAME, the group that whoever joins belongs to, or --end, or --revoke TEAM.");
      return 2;
    }
    if (uses === undefined || days === undefined || people === undefined) {
      complain(`--uses takes a number from 1 to ${mostUses}, --days from 1 to ${mostDays}, --people from 1.`);
      return 2;
    }
    const endpoint = settings.publicUrl ?? ownEndpoint(settings);
    if (team.success && endpoint === undefined) {
      complain(
        "Editors would not take an invitation to this service: they send nothing over plain HTTP to another machine. " +
          "Set KEPT_ORG_PUBLIC_URL to the address they reach it at, such as https://kept.example.org.",
      );
      return 2;
    }
    const { store } = await openStore(settings);
    try {
      if (revoked.success) {
        const devices = await store.revokeTeam(revoked.data, dateOf(epochDayOf(host.now())));
        const teams = (await store.teamSizes()).map(({ team }) => team);
        if (devices === 0 && !teams.includes(revoked.data)) {
          complain(noSuchTeam(revoked.data, teams));
          return 1;
        }
        await store.note(entryOf(who, "teamRevoked", host)(revoked.data));
        complain(`Revoked: ${devices}. Whoever goes on needs another invitation.`);
        return 0;
      }
      if (!team.success || endpoint === undefined) {
        const ended = await store.endInvitations();
        await store.note(entryOf(who, "invitationsEnded", host)(`all that had uses left: ${ended}`));
        complain(`Ended: ${ended}. Devices that joined stay.`);
        return 0;
      }
      const token = host.secret("kept_join_");
      await store.addInvitation({
        ...{ tokenHash: hashOf(token), team: team.data, person: null, uses },
        expiresAt: host.now() + days * dayMs,
      });
      if (people > 0) await store.setTeam(team.data, people);
      const good = `for ${uses === 1 ? "one device" : `${uses} devices`} of the team ${team.data}, for ${days} ${days === 1 ? "day" : "days"}`;
      const size = people > 0 ? `, which is said to be of ${people} people` : "";
      await store.note(entryOf(who, "invitationMade", host)(`${good}${size}`));
      print(textOf(settings, endpoint, token));
      complain(`Good ${good}. This is the only time it is shown.`);
      if (readTrustedKeys(settings.dataFolder).length === 0) {
        complain(
          "There is no key that signs yet, so whoever joins with it is never shown a prompt of yours. " +
            "Run kept-org keys --new first if you want to publish prompts, and make the invitation anew.",
        );
      }
      return 0;
    } finally {
      await store.close();
    }
  },
};

/** Undefined where it listens for other machines, too, or at no address that editors know as their own. */
function ownEndpoint({ host, port }: Settings): string | undefined {
  return endpointOf(`http://${host.includes(":") ? `[${host}]` : host}:${port}`);
}

function textOf(settings: Settings, endpoint: string, token: string): string {
  const invitation = invitationSchema.parse({
    endpoint,
    keys: readTrustedKeys(settings.dataFolder).map(({ id }) => id),
    token,
  });
  return invitationPrefix + Buffer.from(JSON.stringify(invitation)).toString("base64url");
}

function readCount(text: string | undefined, usual: number, most: number): number | undefined {
  if (text === undefined) return usual;
  return /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined;
}
