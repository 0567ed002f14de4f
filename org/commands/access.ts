import { letIn, newcomerSchema } from "../access/keys.ts";
import { roles } from "../access/roles.ts";
import { complaintsOf, complaintWords } from "../console/form.ts";
import { openStore } from "../store/open.ts";
import type { Command } from "./command.ts";
import { noSuchTeam } from "./noSuchTeam.ts";

export const accessCommand: Command = {
  about: "Lets somebody into the console: --name NAME --role ROLE [--team TEAM].",
  options: {
    name: { type: "string" },
    role: { type: "string" },
    team: { type: "string" },
  },
  async run(settings, { host, print, complain }, asked) {
    const newcomer = newcomerSchema.safeParse({
      name: asked.valueOf("name") ?? "",
      role: asked.valueOf("role"),
      team: asked.valueOf("team"),
    });
    if (!newcomer.success) {
      for (const complaint of complaintsOf(newcomer.error)) complain(complaintWords(complaint));
      complain(`The roles are ${Object.keys(roles).join(", ")}.`);
      return 2;
    }
    const { store } = await openStore(settings);
    try {
      const outcome = await letIn(newcomer.data, { store, host }, (act, subject) => ({
        ...{ entry: host.id(), at: host.now(), who: "kept-org access" },
        ...{ act, subject },
      }));
      const teams = (await store.teamSizes()).map(({ team }) => team);
      if (newcomer.data.team != null && !teams.includes(newcomer.data.team)) {
        complain(noSuchTeam(newcomer.data.team, teams));
      }
      if (!outcome.ok) {
        complain("The name is somebody else's already. Take another one.");
        return 1;
      }
      print(outcome.key);
      complain(`The key of ${newcomer.data.name} for the console. This is the only time it is shown.`);
      return 0;
    } finally {
      await store.close();
    }
  },
};
