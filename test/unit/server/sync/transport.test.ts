import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { pathToFileURL } from "node:url";
import { networkTransport } from "../../../../server/sync/transport.ts";
import { makeAuthority, makeCertificate, type Certificate } from "../../../support/sync/certificates.ts";

const transport = pathToFileURL(
  path.resolve(import.meta.dirname, "../../../../server/sync/transport.ts"),
).href;
const dayMs = 86_400_000;

/** A process of its own, for which authorities it believes is settled when it starts. */
async function ask(
  port: number,
  environment: Readonly<Record<string, string>>,
  proxy?: { readonly address: string; readonly headers: object },
): Promise<string> {
  const program =
    `import { networkTransport } from ${JSON.stringify(transport)};` +
    `const proxyFor = () => (${JSON.stringify(proxy)});` +
    "const send = networkTransport({ proxyFor, signal: () => new AbortController().signal });" +
    `const { status, reason } = await send({ url: "https://localhost:${port}/", method: "GET", headers: {} });` +
    "console.log(status === 'none' ? `none: ${reason}` : status);";
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  await once(child, "close");
  return said.trim();
}

suite("An answer", () => {
  for (const [size, isTaken] of [
    [4 * 1024 * 1024, true],
    [4 * 1024 * 1024 + 1, false],
  ] as const)
    test(`of ${size} bytes is ${isTaken ? "taken" : "broken off"}`, async () => {
      const server = createPlainServer((_request, response) => response.end("x".repeat(size)));
      server.listen(0, "localhost");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const send = networkTransport({
        proxyFor: () => undefined,
        signal: () => new AbortController().signal,
      });
      const exchange = await send({ url: `http://localhost:${port}/`, method: "GET", headers: {} });
      server.close();
      server.closeAllConnections();
      assert.equal(
        "body" in exchange ? exchange.body.length : exchange.reason,
        isTaken ? size : "the answer is too long",
      );
    });
});

suite("A service is believed", function () {
  this.timeout(60_000);
  const now = Date.now();
  const authority = makeAuthority(now);
  const folder = mkdtempSync(path.join(tmpdir(), "kept-tls-"));
  const trusted = path.join(folder, "authority.pem");
  writeFileSync(trusted, authority.cert);
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  const valid = { host: "localhost", from: now - dayMs, until: now + dayMs, by: authority };

  async function answersWith(
    certificate: Certificate,
    environment: Readonly<Record<string, string>> = { NODE_EXTRA_CA_CERTS: trusted },
  ): Promise<{ said: string; requests: number }> {
    let requests = 0;
    const server = createServer(certificate, (_request, response) => {
      requests++;
      response.end("{}");
    });
    // What is refused breaks off.
    server.on("tlsClientError", () => undefined);
    server.listen(0, "localhost");
    await once(server, "listening");
    const said = await ask((server.address() as AddressInfo).port, environment);
    server.close();
    return { said, requests };
  }

  test("S8: with a certificate of a known authority for its name and time", async () => {
    assert.deepEqual(await answersWith(makeCertificate(valid)), { said: "200", requests: 1 });
  });

  test("S8: through a proxy with a certificate of a known authority, and through no other", async () => {
    const server = createServer(makeCertificate(valid), (_request, response) => response.end("{}"));
    server.on("tlsClientError", () => undefined);
    server.listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const saidThrough = async (certificate: Certificate) => {
      const proxy = createServer(certificate).on("connect", (_request, socket: Duplex) => {
        const through = connect(port, "localhost", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
        through.pipe(socket).pipe(through);
        for (const end of [through, socket]) end.on("error", () => undefined);
      });
      proxy.on("tlsClientError", () => undefined);
      proxy.listen(0, "localhost");
      await once(proxy, "listening");
      const address = `https://localhost:${(proxy.address() as AddressInfo).port}`;
      const environment = { NODE_EXTRA_CA_CERTS: trusted, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
      const said = await ask(port, environment, { address, headers: {} });
      proxy.close();
      return said;
    };
    assert.equal(await saidThrough(makeCertificate(valid)), "200");
    assert.match(await saidThrough(makeCertificate({ ...valid, by: undefined })), /^none: /);
    server.close();
  });

  const bad: Record<string, [Certificate, Record<string, string>?]> = {
    "one that has expired": [makeCertificate({ ...valid, from: now - 2 * dayMs, until: now - dayMs })],
    "one that holds only later": [makeCertificate({ ...valid, from: now + dayMs, until: now + 2 * dayMs })],
    "one for another host": [makeCertificate({ ...valid, host: "elsewhere.example" })],
    "one that signed itself": [makeCertificate({ ...valid, by: undefined })],
    "one of an authority nobody knows": [makeCertificate(valid), {}],
    "one of another authority by the same name": [makeCertificate({ ...valid, by: makeAuthority(now) })],
  };
  for (const [what, [certificate, environment]] of Object.entries(bad)) {
    test(`S8: never with ${what}, whatever the environment says`, async () => {
      const trusting = environment ?? { NODE_EXTRA_CA_CERTS: trusted };
      for (const more of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }]) {
        const { said, requests } = await answersWith(certificate, { ...trusting, ...more });
        assert.match(said, /^none: /);
        assert.equal(requests, 0);
      }
    });
  }
});
