import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Options {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly by?: Issuer | undefined;
}

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

/** An authority that exists for one test. */
export function makeAuthority(now: number): Issuer & { readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const own = { name: "An authority for one test", key: privateKey };
  const cert = certificateOf(publicKey, own, own.name, [now - 86_400_000, now + 86_400_000], [isAuthority]);
  return { ...own, cert };
}

/** A certificate for a host; without an issuer it is signed by itself. */
export function makeCertificate({ host, from, until, by }: Options): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const issuer = by ?? { name: host, key: privateKey };
  return { key, cert: certificateOf(publicKey, issuer, host, [from, until], [forHost(host)]) };
}

function certificateOf(
  publicKey: KeyObject,
  issuer: Issuer,
  name: string,
  [from, until]: readonly [number, number],
  extensions: readonly Buffer[],
): string {
  const content = sequence(
    tagged(0xa0, der(0x02, [2])),
    der(0x02, [1, ...Buffer.from(name).subarray(0, 8)]),
    ecdsaWithSha256,
    nameOf(issuer.name),
    sequence(time(from), time(until)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", content, issuer.key);
  const whole = sequence(content, ecdsaWithSha256, der(0x03, [0, ...signature]));
  const lines = (whole.toString("base64").match(/.{1,64}/g) ?? []).join("\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A value in the encoding that certificates are written in: its kind, its length, its bytes. */
function der(kind: number, bytes: Iterable<number>): Buffer {
  const body = Buffer.from([...bytes]);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([kind, ...length]), body]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts));
const tagged = (kind: number, part: Buffer) => der(kind, part);
const identifier = (...bytes: readonly number[]) => der(0x06, bytes);
const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const isAuthority = sequence(
  identifier(0x55, 0x1d, 0x13),
  der(0x01, [0xff]),
  der(0x04, sequence(der(0x01, [0xff]))),
);
const forHost = (host: string) =>
  sequence(identifier(0x55, 0x1d, 0x11), der(0x04, sequence(der(0x82, Buffer.from(host)))));
const nameOf = (name: string) =>
  sequence(der(0x31, sequence(identifier(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
const time = (at: number) =>
  der(0x18, Buffer.from(`${new Date(at).toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`));
