import { readFileSync } from "node:fs";
import path from "node:path";
import { bundleLimits, bundleSchema } from "../../protocol/bundle.ts";
import { readBundleKeys, readTrustedKeys } from "../bundles/bundleKeys.ts";
import { entryOf } from "./entry.ts";
import { publishBundle } from "../bundles/publishBundle.ts";
import { inPlainWords, reasonsOf } from "../ingest/explain.ts";
import { parseJson } from "../ingest/parseJson.ts";
import { notCleared, publishable } from "../console/coaching/approval.ts";
import { readSetting } from "../console/settings/readSettings.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import { openStore } from "../store/open.ts";
import type { Command } from "./command.ts";

export const publishCommand: Command = {
  about: "Signs the prompts in FILE, a JSON list, and hands them to editors for 14 days or --days.",
  options: { days: { type: "string" } },
  words: ["FILE"],
  async run(settings, { host, print, complain }, asked) {
    const days = Number(asked.valueOf("days") ?? bundleLimits.days);
    if (!Number.isInteger(days) || days < 1 || days > bundleLimits.days) {
      complain(`--days takes a number from 1 to ${bundleLimits.days}.`);
      return 2;
    }
    const json = parseJson(readFileSync(path.resolve(asked.words[0] ?? "")));
    if (!json.ok) {
      complain(
        `${asked.words[0]} is not JSON in UTF-8. It holds a list of prompts; [] takes back all of them.`,
      );
      return 2;
    }
    const items = bundleSchema.shape.items.safeParse(json.value, { error: inPlainWords });
    if (!items.success) {
      for (const { pointer, detail } of reasonsOf(items.error)) complain(`${pointer}: ${detail}`);
      return 2;
    }
    const { store } = await openStore(settings);
    try {
      const { secondPerson } = await readSetting(store, "coaching");
      const today = dateOf(epochDayOf(host.now()));
      const approved = publishable(await store.prompts(), { today, secondPerson });
      const strange = secondPerson ? notCleared(items.data, approved) : [];
      if (strange.length > 0) {
        complain(
          `A second person approves each prompt here, and these are not approved as they stand: ${strange.join(", ")}. ` +
            "Write them in the console, or have an administrator turn the rule off under Settings.",
        );
        return 1;
      }
      const keys = readBundleKeys(settings.dataFolder);
      const outcome = await publishBundle(
        items.data,
        days,
        { store, host, keys, trusted: readTrustedKeys(settings.dataFolder), needed: settings.signatures },
        entryOf("kept-org publish", "promptsPublished", host),
      );
      if (!outcome.ok) {
        complain(outcome.reason);
        return 1;
      }
      const until = new Date(outcome.expiresAt).toISOString().slice(0, 10);
      print(`Bundle ${outcome.sequence} with ${items.data.length} prompts, until ${until}.`);
      return 0;
    } finally {
      await store.close();
    }
  },
};
