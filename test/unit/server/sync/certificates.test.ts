import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { whyNoEndpoint } from "../../../../server/sync/endpoint.ts";
import { selfSigned } from "../../../support/sync/certificate.ts";

const day = 86_400_000;
const transport = pathToFileURL(path.resolve("server/sync/transport.ts")).href;
/** Asks once, in a process of its own: what a process trusts is settled when it starts. */
const asking = `
  const { networkTransport } = await import(${JSON.stringify(transport)});
  const { signal } = new AbortController();
  const transport = networkTransport({ proxyFor: () => undefined, signal: () => signal });
  process.stdout.write(JSON.stringify(await transport({ url: process.argv[1], method: "GET", headers: {} })));
`;

suite("Certificates", () => {
  let folder: string;
  const servers: Server[] = [];

  suiteSetup(() => (folder = mkdtempSync(path.join(os.tmpdir(), "kept-certificates-"))));
  suiteTeardown(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A service on this machine under that certificate, and the file that tells a machine to trust it. */
  async function serve(name: string, { host = "localhost", from = -day, until = day } = {}) {
    const { key, certificate } = selfSigned(host, Date.now() + from, Date.now() + until);
    const file = path.join(folder, `${name}.pem`);
    writeFileSync(file, certificate);
    const server = createServer({ key, cert: certificate }, (_request, response) => response.end("{}"));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `https://localhost:${(server.address() as AddressInfo).port}`;
    return { address, trusting: { NODE_EXTRA_CA_CERTS: file } };
  }

  async function ask(address: string, environment: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", asking, address], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let text = "";
    child.stdout.on("data", (part: Buffer) => (text += part.toString()));
    await new Promise((resolve) => child.on("close", resolve));
    return JSON.parse(text) as { status: number | "none"; reason?: string };
  }

  test("that nobody vouches for are refused, whatever the environment says", async () => {
    const { address } = await serve("own");
    for (const environment of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }]) {
      const { status, reason = "" } = await ask(address, environment);
      assert.equal(status, "none", JSON.stringify(environment));
      assert.match(reason, /self.signed/i);
    }
  });

  test("that the machine was told to trust are taken", async () => {
    const { address, trusting } = await serve("trusted");
    assert.equal((await ask(address, trusting)).status, 200);
  });

  test("that have expired, are not good yet, or are for another name are refused though they are trusted", async () => {
    const wrong = {
      expired: [{ from: -3 * day, until: -day }, /expired/i],
      early: [{ from: day, until: 3 * day }, /not yet valid/i],
      other: [{ host: "other.example" }, /altnames|does not match/i],
    } as const;
    for (const [name, [options, expected]] of Object.entries(wrong)) {
      const { address, trusting } = await serve(name, options);
      const { status, reason = "" } = await ask(address, trusting);
      assert.equal(status, "none", name);
      assert.match(reason, expected);
    }
  });

  test("are needed everywhere but on this very machine", () => {
    for (const address of ["http://localhost:4318", "http://127.0.0.1:4318", "http://[::1]:4318"])
      assert.equal(whyNoEndpoint(address), undefined, address);
    for (const address of ["http://kept.example.org", "http://127.0.0.2", "http://localhost.example.org"])
      assert.match(whyNoEndpoint(address) ?? "", /https/, address);
  });
});
