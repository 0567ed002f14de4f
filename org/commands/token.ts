import { replaceToken, showToken } from "../accessToken.ts";
import type { Command } from "./command.ts";

export const tokenCommand: Command = {
  about: "Shows the access token, once. --new makes another and ends the one before.",
  options: ["--new"],
  // eslint-disable-next-line @typescript-eslint/require-await -- Commands are asynchronous, files this small are not.
  async run(settings, { host, print, complain }, options) {
    if (settings.token !== undefined) {
      complain("The access token is the value of KEPT_ORG_TOKEN; kept-org has none of its own.");
      return 1;
    }
    const place = {
      dataFolder: settings.dataFolder,
      configured: undefined,
      secret: () => host.secret(),
    };
    const token = options.has("--new") ? replaceToken(place) : showToken(place);
    if (token === undefined) {
      complain("The access token was shown before and is stored only as a hash.");
      complain("kept-org token --new makes another; clients then need the new one.");
      return 1;
    }
    print(token);
    complain("This is the only time it is shown.");
    return 0;
  },
};
