import { generateKeyPairSync, sign } from "node:crypto";

/** One value in DER (X.690): a tag, a length and the content. */
function der(tag: number, ...content: readonly (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(content.map((each) => Buffer.from(each)));
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly (Buffer | number[])[]) => der(0x30, ...content);
const text = (tag: number, value: string) => der(tag, Buffer.from(value, "latin1"));
const identifier = (...bytes: number[]) => der(0x06, bytes);

const commonName = identifier(0x55, 0x04, 0x03);
const subjectAltName = identifier(0x55, 0x1d, 0x11);
const basicConstraints = identifier(0x55, 0x1d, 0x13);
const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** A certificate (X.509) that signs itself, for one name, good from one moment to another, with its key; both as PEM. */
export function selfSigned(host: string, from: number, until: number): { key: string; certificate: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(commonName, text(0x0c, host))));
  const utc = (at: number) => text(0x17, `${new Date(at).toISOString().replace(/\D/g, "").slice(2, 14)}Z`);
  const extensions = [
    sequence(subjectAltName, der(0x04, sequence(text(0x82, host)))),
    sequence(basicConstraints, der(0x01, [0xff]), der(0x04, sequence(der(0x01, [0xff])))),
  ];
  const content = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1]),
    ecdsaWithSha256,
    name,
    sequence(utc(from), utc(until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, [0], sign("sha256", content, privateKey));
  const lines = sequence(content, ecdsaWithSha256, signature)
    .toString("base64")
    .match(/.{1,64}/g)!
    .join("\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
