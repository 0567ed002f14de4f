import { addBundleKey, readBundleKeys } from "../bundles/bundleKeys.ts";
import type { Command } from "./command.ts";

export const keysCommand: Command = {
  about: "Shows the public keys that sign what is published. --new adds one.",
  options: { new: { type: "boolean" } },
  // eslint-disable-next-line @typescript-eslint/require-await -- Commands are asynchronous, files this small are not.
  async run({ dataFolder }, { print, complain }, asked) {
    if (asked.has("new")) addBundleKey(dataFolder);
    const keys = readBundleKeys(dataFolder);
    if (keys.length === 0) {
      complain("There is no key yet. kept-org keys --new makes one.");
      return 1;
    }
    for (const { id, publicKey } of keys) print(`${id}  ${publicKey}`);
    complain(
      "Each is a file in the data folder's bundle-keys. Back it up apart from the database; delete it to retire it.",
    );
    return 0;
  },
};
