import type { FastifyInstance } from "fastify";
import type { TeamAnswer } from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import { readTargets } from "../console/settings/readSettings.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";
import { participationOf } from "../identity/organisation.ts";
import type { Store } from "../store/store.ts";

type Weeks = TeamAnswer["weeks"];

/** As many as editors show: what is kept of thirteen months would be more than they take in one answer. */
const mostWeeks = 13;
const mostTeams = 2000;

/** What a team is shown of itself; nobody writes down who asked. */
export function addTeamRoute(app: FastifyInstance, { store }: Pick<AppParts, "store">, gate: Gate): void {
  const weeksOf = createWeeksOf(store);
  app.route({
    method: endpoints.team.method,
    url: endpoints.team.path,
    onRequest: gate.letDevicesIn,
    handler: async (request): Promise<TeamAnswer> => {
      const { team } = gate.senderOf(request).device;
      return {
        team,
        participation: await participationOf(store, team),
        weeks: await weeksOf(team),
        targets: await readTargets(store),
      };
    },
  });
}

/** What was published never changes, so it is worked out once for each team and newest week. */
function createWeeksOf(store: Store): (team: string) => Promise<Weeks> {
  const known = new Map<string, Weeks>();
  let knownUntil: string | undefined;
  return async (team) => {
    const newest = await store.newestPublished();
    if (newest !== knownUntil || known.size >= mostTeams) known.clear();
    knownUntil = newest;
    const weeks = known.get(team) ?? (await store.teamWeeks(team, mostWeeks));
    if (newest === knownUntil) known.set(team, weeks);
    return weeks;
  };
}
