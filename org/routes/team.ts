import type { FastifyInstance } from "fastify";
import type { TeamAnswer } from "../../protocol/enrolment.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { AppParts } from "../app.ts";
import type { Gate } from "../identity/gate.ts";
import { participationOf } from "../identity/organisation.ts";

/** As many as are kept: thirteen months. */
const mostWeeks = 60;

/** What a team is shown of itself; nobody writes down who asked. */
export function addTeamRoute(
  app: FastifyInstance,
  { store, promises }: Pick<AppParts, "store" | "promises">,
  gate: Gate,
): void {
  app.route({
    method: endpoints.team.method,
    url: endpoints.team.path,
    onRequest: gate.letDevicesIn,
    handler: async (request): Promise<TeamAnswer> => {
      const { team } = gate.senderOf(request).device;
      const publications = await store.publications();
      return {
        team,
        participation: await participationOf({ store, promises }, team),
        weeks: publications
          .flatMap(({ table: { week, floor, columns, total, teams } }) => {
            const own = teams.find((each) => each.team === team);
            return own === undefined ? [] : [{ week, floor, columns, team: own.line, everybody: total }];
          })
          .slice(0, mostWeeks),
        targets: {},
      };
    },
  });
}
