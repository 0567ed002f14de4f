import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A key that signs bundles. It lies in a file of the data folder, never in the database. */
export interface BundleKey {
  /** The first half of the SHA-256 of the public key, in hexadecimal: what people compare. */
  readonly id: string;
  /** SPKI in base64: what machines pin. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export function addBundleKey(dataFolder: string): BundleKey {
  const key = keyOf(generateKeyPairSync("ed25519").privateKey);
  const folder = folderOf(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${key.id}.pem`);
  // Half a key is never seen under its name.
  writeFileSync(`${file}.new`, key.privateKey.export({ format: "pem", type: "pkcs8" }), {
    mode: 0o600,
    flush: true,
  });
  renameSync(`${file}.new`, file);
  return key;
}

/** In the order of their ids. */
export function readBundleKeys(dataFolder: string): BundleKey[] {
  const folder = folderOf(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".pem"))
    .sort()
    .map((name) => keyOf(createPrivateKey(readFileSync(path.join(folder, name)))));
}

function keyOf(privateKey: KeyObject): BundleKey {
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    id: createHash("sha256").update(spki).digest("hex").slice(0, 32),
    publicKey: spki.toString("base64"),
    privateKey,
  };
}

function folderOf(dataFolder: string): string {
  return path.join(dataFolder, "bundle-keys");
}
