import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../store/dataFolder.ts";

/** What is known of a key whose signature counts. */
export interface TrustedKey {
  /** The first half of the SHA-256 of the public key, in hexadecimal: what people compare. */
  readonly id: string;
  /** SPKI in base64: what machines pin. */
  readonly publicKey: string;
}

/** A key that signs bundles. It lies in a file of the data folder, never in the database. */
export interface BundleKey extends TrustedKey {
  readonly privateKey: KeyObject;
}

export function addBundleKey(dataFolder: string): BundleKey {
  const key = keyOf(generateKeyPairSync("ed25519").privateKey);
  write(dataFolder, `${key.id}.pem`, key.privateKey.export({ format: "pem", type: "pkcs8" }));
  return key;
}

/** A key that is kept elsewhere, and whose signature counts here. Undefined where this is no public Ed25519 key. */
export function trustKey(dataFolder: string, publicKey: string): TrustedKey | undefined {
  const key = readPublicKey(publicKey);
  if (key === undefined) return undefined;
  const trusted = trustedKeyOf(key);
  write(dataFolder, `${trusted.id}.pub`, key.export({ format: "pem", type: "spki" }));
  return trusted;
}

function readPublicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}

function write(dataFolder: string, name: string, content: string | Buffer): void {
  const folder = folderOf(dataFolder);
  makeFolder(folder);
  const file = path.join(folder, name);
  // Half a key is never seen under its name.
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** Those that this machine can sign with, in the order of their ids. */
export function readBundleKeys(dataFolder: string): BundleKey[] {
  return filesOf(dataFolder, ".pem").flatMap((file) => readPrivateKey(file) ?? []);
}

/** Those whose signatures count, in the order of their ids: what can be signed with here and what is kept elsewhere. */
export function readTrustedKeys(dataFolder: string): TrustedKey[] {
  const elsewhere = filesOf(dataFolder, ".pub").flatMap((file) => readTrustedKey(file) ?? []);
  const here = readBundleKeys(dataFolder).map(({ id, publicKey }) => ({ id, publicKey }));
  const all = new Map([...elsewhere, ...here].map((key) => [key.id, key]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Files that lie where keys do and hold none, or one that cannot be read: the service goes on without them. */
export function filesWithoutKey(dataFolder: string): string[] {
  return [
    ...filesOf(dataFolder, ".pem").filter((file) => readPrivateKey(file) === undefined),
    ...filesOf(dataFolder, ".pub").filter((file) => readTrustedKey(file) === undefined),
  ];
}

function readPrivateKey(file: string): BundleKey | undefined {
  try {
    const key = createPrivateKey(readFileSync(file));
    return key.asymmetricKeyType === "ed25519" ? keyOf(key) : undefined;
  } catch {
    return undefined;
  }
}

function readTrustedKey(file: string): TrustedKey | undefined {
  try {
    const key = createPublicKey(readFileSync(file));
    return key.asymmetricKeyType === "ed25519" ? trustedKeyOf(key) : undefined;
  } catch {
    return undefined;
  }
}

function filesOf(dataFolder: string, ending: string): string[] {
  const folder = folderOf(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));
}

function keyOf(privateKey: KeyObject): BundleKey {
  return { ...trustedKeyOf(createPublicKey(privateKey)), privateKey };
}

function trustedKeyOf(publicKey: KeyObject): TrustedKey {
  const spki = publicKey.export({ format: "der", type: "spki" });
  return {
    id: createHash("sha256").update(spki).digest("hex").slice(0, 32),
    publicKey: spki.toString("base64"),
  };
}

function folderOf(dataFolder: string): string {
  return path.join(dataFolder, "bundle-keys");
}
