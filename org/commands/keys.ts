import { readFileSync } from "node:fs";
import path from "node:path";
import { bundleEnvelopeSchema, bundleSchema, type BundleEnvelope } from "../../protocol/bundle.ts";
import {
  addBundleKey,
  filesWithoutKey,
  readBundleKeys,
  readTrustedKeys,
  trustKey,
} from "../bundles/bundleKeys.ts";
import { signPayload } from "../bundles/signBundle.ts";
import type { Settings } from "../env.ts";
import { parseJson } from "../ingest/parseJson.ts";
import { openStore } from "../store/open.ts";
import type { Command, Surroundings } from "./command.ts";
import { entryOf } from "./entry.ts";

export const keysCommand: Command = {
  about:
    "Shows the keys that sign. --new adds one, --trust KEY one kept elsewhere, --sign FILE signs a bundle.",
  options: { new: { type: "boolean" }, trust: { type: "string" }, sign: { type: "string" } },
  async run(settings, surroundings, asked) {
    const { print, complain } = surroundings;
    const { dataFolder } = settings;
    const file = asked.valueOf("sign");
    if (file !== undefined) return sign(path.resolve(file), settings, surroundings);
    const given = asked.valueOf("trust");
    const trusted = given === undefined ? undefined : trustKey(dataFolder, given);
    if (given !== undefined && trusted === undefined) {
      complain("--trust takes what kept-org keys prints behind a key's id elsewhere.");
      return 2;
    }
    const added = asked.has("new") ? addBundleKey(dataFolder) : trusted;
    if (added !== undefined) await note(added.id, settings, surroundings);
    for (const broken of filesWithoutKey(dataFolder)) complain(`${broken} holds no key that can be read.`);
    const keys = readTrustedKeys(dataFolder);
    if (keys.length === 0) {
      complain("There is no key yet. kept-org keys --new makes one.");
      return 1;
    }
    for (const { id, publicKey } of keys) print(`${id}  ${publicKey}`);
    complain(
      "Each is a file in the data folder's bundle-keys. Back it up apart from the database. Whatever is published next hands " +
        "these on to editors that know the newest of those before; take a file away to retire a key.",
    );
    return 0;
  },
};

async function note(subject: string, settings: Settings, { host }: Surroundings): Promise<void> {
  const { store } = await openStore(settings);
  try {
    await store.note(entryOf("kept-org keys", "keyAdded", host)(subject));
  } finally {
    await store.close();
  }
}

/** Signs what the console saved, or adds to what was signed elsewhere already. It opens no store. */
function sign(file: string, { dataFolder }: Settings, { print, complain }: Surroundings): 0 | 1 | 2 {
  const keys = readBundleKeys(dataFolder);
  if (keys.length === 0) {
    complain("There is no key here that could sign. kept-org keys --new makes one.");
    return 1;
  }
  const read = readSignable(readFileSync(file));
  if (read === undefined) {
    complain("This is no bundle. Save one on the console's Coaching page.");
    return 2;
  }
  complain(`Bundle ${read.sequence}, ${read.items} prompts, signed by ${keys.length} keys of this machine.`);
  if (read.handedOn.length > 0) complain(`From it on these keys count: ${read.handedOn.join(", ")}.`);
  print(signPayload(read.payload, keys, read.signatures).toString());
  return 0;
}

function readSignable(bytes: Buffer):
  | {
      readonly payload: Buffer;
      readonly signatures: BundleEnvelope["signatures"];
      readonly sequence: number;
      readonly items: number;
      readonly handedOn: readonly string[];
    }
  | undefined {
  const json = parseJson(bytes);
  const envelope = bundleEnvelopeSchema.safeParse(json.ok ? json.value : undefined);
  const payload = envelope.success ? Buffer.from(envelope.data.payload, "base64") : bytes;
  const content = parseJson(payload);
  const bundle = bundleSchema.safeParse(content.ok ? content.value : undefined);
  if (!bundle.success) return undefined;
  return {
    payload,
    signatures: envelope.success ? envelope.data.signatures : [],
    sequence: bundle.data.sequence,
    items: bundle.data.items.length,
    handedOn: (bundle.data.keys ?? []).map(({ id }) => id),
  };
}
