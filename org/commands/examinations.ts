import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { connect } from "node:tls";
import type { ProviderSettings } from "../access/provider/providerSettings.ts";
import { describeProvider } from "../access/provider/provider.ts";
import { filesWithoutKey } from "../bundles/bundleKeys.ts";
import type { Settings } from "../env.ts";
import type { Host } from "../host.ts";

export interface Finding {
  readonly ok: boolean;
  readonly says: string;
}

export const good = (says: string): Finding => ({ ok: true, says });
export const bad = (says: string): Finding => ({ ok: false, says });

const patienceMs = 5_000;
const dayMs = 86_400_000;
/** A certificate is renewed by hand somewhere. */
const soonDays = 14;
const littleBytes = 1024 ** 3;
/** Bundles and invitations are judged by the editors' clocks, which allow ten minutes. */
const clockSeconds = 60;

/** Whether somebody else on this machine can read what signs, or what the console is known by. */
export function checkSecrets({ dataFolder, provider }: Settings): Finding[] {
  const keys = path.join(dataFolder, "bundle-keys");
  const files = existsSync(keys)
    ? readdirSync(keys)
        .filter((name) => name.endsWith(".pem"))
        .map((name) => path.join(keys, name))
    : [];
  const secrets = [...files, ...(provider?.secretFile === undefined ? [] : [provider.secretFile])];
  const missing = secrets.filter((file) => !existsSync(file));
  const broken = filesWithoutKey(dataFolder);
  const open = secrets.filter((file) => !missing.includes(file) && isOpenToOthers(file));
  return [
    ...missing.map((file) => bad(`there is no ${file}, though a setting names it`)),
    ...open.map((file) => bad(`others on this machine can read ${file}: chmod 600`)),
    ...broken.map((file) => bad(`${file} holds no key that can be read: put it back, or take it away`)),
    ...(files.length > 0 && open.length + broken.length === 0
      ? [good(`${files.length === 1 ? "1 key signs" : `${files.length} keys sign`}, for nobody else to read`)]
      : []),
  ];
}

function isOpenToOthers(file: string): boolean {
  // Windows has no such modes.
  return process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0;
}

export function checkDisk({ dataFolder }: Settings): Finding[] {
  if (!existsSync(dataFolder)) return [];
  const { bavail, bsize } = statfsSync(dataFolder);
  const says = `${((bavail * bsize) / littleBytes).toFixed(1)} GB are free where the data lie`;
  return [
    bavail * bsize < littleBytes ? bad(`${says}: make room, a full disk takes in nothing`) : good(says),
  ];
}

/** How far this clock is from whoever else can be asked. */
export async function checkClock(
  { publicUrl, provider }: Settings,
  { now }: Pick<Host, "now">,
): Promise<Finding[]> {
  for (const address of [provider?.issuer, publicUrl]) {
    const date = address === undefined ? undefined : await dateAt(address);
    if (date === undefined || address === undefined) continue;
    const seconds = Math.round(Math.abs(now() - date) / 1000);
    const says = `this clock is ${seconds} s from that of ${new URL(address).host}`;
    return [seconds > clockSeconds ? bad(`${says}: let it be set by a time service`) : good(says)];
  }
  return [];
}

async function dateAt(address: string): Promise<number | undefined> {
  const asked = { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(patienceMs) } as const;
  const answer = await fetch(address, asked).catch(() => undefined);
  const date = Date.parse(answer?.headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** The certificate that editors and browsers see, and how long it lasts. */
export async function checkCertificate(
  { publicUrl }: Settings,
  { now }: Pick<Host, "now">,
): Promise<Finding[]> {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  if (url?.protocol !== "https:") return [];
  const seen = await certificateAt(url);
  if (seen === undefined)
    return [bad(`nothing answers with TLS at ${url.host}; editors reach the service there`)];
  if (seen.refusal !== undefined) return [bad(`the certificate of ${url.host} is refused (${seen.refusal})`)];
  const days = Math.floor((seen.until - now()) / dayMs);
  const says = `the certificate of ${url.host} lasts ${days} days`;
  return [days < soonDays ? bad(`${says}: renew it`) : good(says)];
}

function certificateAt(url: URL): Promise<{ until: number; refusal: string | undefined } | undefined> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    // It is looked at and nothing is sent, so one that is bad may be looked at too.
    const options = { host, port: Number(url.port || 443), servername: host, rejectUnauthorized: false };
    const socket = connect(options, () => {
      const refusal = socket.authorized ? undefined : String(socket.authorizationError);
      resolve({ until: Date.parse(socket.getPeerCertificate().valid_to), refusal });
      socket.destroy();
    });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.once("error", () => socket.destroy()).once("close", () => resolve(undefined));
  });
}

export async function checkProvider(provider: ProviderSettings | undefined): Promise<Finding[]> {
  if (provider === undefined) return [good("keys alone open the console")];
  const { host } = new URL(provider.issuer);
  const found = await describeProvider(provider);
  if (found === undefined) {
    return [bad(`${host} does not answer as the OpenID Connect provider of KEPT_ORG_OIDC_ISSUER`)];
  }
  return [
    good(`${host} vouches for those who open the console, ${provider.roles.length} groups have a role`),
    ...(found.hasPkce
      ? []
      : [bad(`${host} does not say that it takes PKCE with S256: allow it for the client`)]),
    ...(found.isEnded ? [] : [good(`${host} offers no address to sign out at: its own session goes on`)]),
  ];
}
