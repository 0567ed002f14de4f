import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import path from "node:path";

/**
 * The token that clients show. The operator sets it, or the service makes one: it then lies in the data folder in
 * plain until it is shown once, and from then on only its hash does.
 */
export interface AccessToken {
  matches(presented: string): boolean;
}

export interface TokenPlace {
  readonly dataFolder: string;
  /** Set by the operator. */
  readonly configured: string | undefined;
  secret(): string;
}

/** Makes a token where there is none. Reads it anew each time, so that a new one holds without a restart. */
export function openAccessToken(place: TokenPlace): AccessToken {
  const { configured } = place;
  if (configured === undefined) {
    makeTokenIfMissing(place);
  }
  return {
    matches(presented) {
      const expected = configured === undefined ? storedHash(place) : hash(configured);
      return expected !== undefined && timingSafeEqual(hash(presented), expected);
    },
  };
}

/** The token, if it was never shown before; from now on it cannot be read again. */
export function showToken(place: TokenPlace): string | undefined {
  makeTokenIfMissing(place);
  const { plainFile, hashFile } = filesOf(place);
  const token = readIfThere(plainFile);
  if (token === undefined) {
    return undefined;
  }
  const known = readIfThere(hashFile);
  writeSafely(hashFile, known ?? hash(token).toString("hex"));
  rmSync(plainFile);
  return known === undefined || known === hash(token).toString("hex") ? token : undefined;
}

/** A new token; the one before is worth nothing from now on. */
export function replaceToken(place: TokenPlace): string {
  const { plainFile, hashFile } = filesOf(place);
  const token = place.secret();
  mkdirSync(place.dataFolder, { recursive: true, mode: 0o700 });
  writeSafely(hashFile, hash(token).toString("hex"));
  rmSync(plainFile, { force: true });
  return token;
}

/** Whether there is a token, and whether it still waits to be shown. */
export function tokenState(place: Pick<TokenPlace, "dataFolder">): "none" | "waiting" | "shown" {
  const { plainFile, hashFile } = filesOf(place);
  return existsSync(hashFile) ? "shown" : existsSync(plainFile) ? "waiting" : "none";
}

function makeTokenIfMissing(place: TokenPlace): void {
  if (tokenState(place) === "none") {
    mkdirSync(place.dataFolder, { recursive: true, mode: 0o700 });
    writeSafely(filesOf(place).plainFile, place.secret());
  }
}

function storedHash(place: TokenPlace): Buffer | undefined {
  const { plainFile, hashFile } = filesOf(place);
  const known = readIfThere(hashFile);
  if (known !== undefined) {
    return Buffer.from(known, "hex");
  }
  const token = readIfThere(plainFile);
  return token === undefined ? undefined : hash(token);
}

function filesOf({ dataFolder }: Pick<TokenPlace, "dataFolder">): { plainFile: string; hashFile: string } {
  return {
    plainFile: path.join(dataFolder, "access-token"),
    hashFile: path.join(dataFolder, "access-token.sha256"),
  };
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** Half a file is never seen under its name. */
function writeSafely(file: string, text: string): void {
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function hash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
