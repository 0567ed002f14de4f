import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isListed, comparedRemote } from "../../../../core/sync/remotePattern.ts";
import { isAllowedBy, readAdministratorPolicy } from "../../../../server/sync/administratorPolicy.ts";
import { isForbiddenAddress, whyNoEndpoint } from "../../../../server/sync/endpoint.ts";
import { readInvitation } from "../../../../server/sync/joining.ts";
import { usualProxySettings, type ProxySettings } from "../../../../protocol/proxySettings.ts";
import { proxyFor } from "../../../../server/sync/proxy.ts";
import { networkTransport } from "../../../../server/sync/transport.ts";
import { temporaryFolder } from "../../../support/store/temporaryStore.ts";
import { invitationToken } from "../../../support/sync/machine.ts";

suite("An address", () => {
  const good = [
    "https://kept.example.org",
    "https://kept.example.org:8443",
    "https://10.1.2.3",
    "http://127.0.0.1:4870",
    "http://localhost:4870",
    "https://localhost",
  ];
  for (const address of good)
    test(`can be joined: ${address}`, () => assert.equal(whyNoEndpoint(address), undefined));
  const bad = [
    "",
    "kept.example.org",
    "http://kept.example.org",
    "https://kept.example.org/",
    "https://kept.example.org/path",
    "https://kept.example.org?x",
    "https://kept.example.org#x",
    "https://me:secret@kept.example.org",
    "https://me@kept.example.org",
    "ftp://kept.example.org",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://169.254.169.254",
    "http://169.254.169.254",
    "https://2852039166",
    "https://0xa9fea9fe",
    "https://[fe80::1]",
    "https://[::ffff:169.254.169.254]",
    "https://[fd00:ec2::254]",
    ...["https://100.100.100.200", "https://168.63.129.16", "https://192.0.0.192", "https://[fd20:ce::254]"],
    ...[
      "https://[2002:7f00:1::]",
      "https://[64:ff9b:1::a9fe:a9fe]",
      "https://224.0.0.1",
      "https://[ff02::1]",
    ],
    "https://255.255.255.255",
    "https://127.0.0.2",
    "https://127.1",
    "https://0.0.0.0",
    "https://[::]",
    "http://127.0.0.1.nip.io",
    "http://localhost.example.org",
    "https://KEPT.example.org",
    // The same places of this machine and of a cloud's metadata, written in other ways.
    ...[
      "https://0177.0.0.1",
      "https://0x7f.1",
      "https://2130706433",
      "https://127.0.0.1.",
      "https://0",
      "https://00",
    ],
    ...[
      "https://0xa9.0xfe.0xa9.0xfe",
      "https://169.254.43518",
      "https://0251.0376.0251.0376",
      "https://169.16689662",
    ],
    ...[
      "https://[::ffff:7f00:1]",
      "https://[0:0:0:0:0:ffff:127.0.0.1]",
      "https://[::127.0.0.1]",
      "https://[fe80::1%25eth0]",
    ],
    ...[
      "https://[febf::1]",
      "https://[fd00:ec2:0:0::254]",
      "https://[::ffff:a9fe:a9fe]",
      "https://[64:ff9b::a9fe:a9fe]",
    ],
    ...["https://①②⑦.0.0.1", "https://127。0。0。1", "https://169.254.169.254.", "https://[::ffff:0:0]"],
    ...[
      "https://kept.example.org@127.0.0.1",
      "https://127.0.0.1#@kept.example.org",
      "https://127.0.0.1?@kept.example.org",
    ],
    ...[
      "https:\\\\127.0.0.1",
      "https:127.0.0.1",
      "//127.0.0.1",
      "https://%31%32%37.0.0.1",
      "https://kept.example.org\\@127.0.0.1",
    ],
    ...[
      "http://0.0.0.0",
      "http://[::ffff:127.0.0.1]",
      "http://169.254.169.254:80",
      "gopher://127.0.0.1",
      "data:,x",
      "blob:https://a.example.org/1",
    ],
  ];
  test("S6: there are sixty that cannot be", () => assert.ok(bad.length >= 60));
  for (const address of bad)
    test(`S6: cannot be joined: ${address}`, () => assert.ok(whyNoEndpoint(address)));

  test("S6: of this machine is none that a name may lead to", () => {
    for (const address of [
      "127.0.0.1",
      "169.254.169.254",
      "::1",
      "fe80::1",
      "::ffff:127.0.0.1",
      "0.0.0.0",
      "::",
      "::7f00:1",
      "64:ff9b::7f00:1",
      "64:ff9b::a9fe:a9fe",
    ])
      assert.ok(isForbiddenAddress(address), address);
    for (const address of ["10.0.0.1", "192.168.1.1", "8.8.8.8", "2606:4700::1", "64:ff9b::808:808"])
      assert.ok(!isForbiddenAddress(address), address);
  });
});

suite("An invitation", () => {
  const textOf = (content: unknown) =>
    `kept-invitation-1.${Buffer.from(JSON.stringify(content)).toString("base64url")}`;
  const sound = { endpoint: "https://kept.example.org", keys: [], token: invitationToken };

  test("is read however it was pasted", () => {
    assert.deepEqual(readInvitation(`\n ${textOf(sound)} `), {
      ...{ ok: true, invitation: sound },
      secret: undefined,
    });
  });

  const unusable: Record<string, string> = {
    nothing: "",
    "an address": "https://kept.example.org",
    half: textOf(sound).slice(0, 60),
    "a wrong token": textOf({ ...sound, token: "x" }),
    "more than it may": textOf({ ...sound, consent: true }),
    "an address without TLS": textOf({ ...sound, endpoint: "http://kept.example.org" }),
    "a machine's own address": textOf({ ...sound, endpoint: "https://169.254.169.254" }),
  };
  for (const [what, text] of Object.entries(unusable)) {
    test(`is refused with a reason: ${what}`, () => {
      const read = readInvitation(text);
      assert.ok(!read.ok && read.reason.length > 5);
    });
  }
});

suite("An organisation's list of remotes", () => {
  test("compares host and path alone", () => {
    for (const url of [
      "git@github.com:Example/Service.git",
      "https://github.com/example/service",
      "https://user:secret@github.com/example/service.git/",
      "ssh://git@github.com:22/example/service.git",
      "github.com:example/service",
    ])
      assert.equal(comparedRemote(url), "github.com/example/service", url);
    for (const url of ["/srv/git/service", "C:\\service", "..", "", "file:///srv/service"])
      assert.equal(isListed(url, ["*"]), false, url);
  });

  const cases: readonly [string, string, boolean][] = [
    ["https://github.com/example/service", "github.com/example/*", true],
    ["https://github.com/example/service", "github.com/example/service", true],
    ["https://github.com/example/service", "github.com/*/service", true],
    ["https://github.com/example/service", "*", true],
    ["https://github.com/example/service", "github.com/exam", false],
    ["https://github.com/other/service", "github.com/example/*", false],
    ["https://evil.org/github.com/example/x", "github.com/example/*", false],
    ["https://githubXcom/example/x", "github.com/example/*", false],
    ["https://github.com/aa", "github.com/a*a*a", false],
    ["https://github.com/example/service", "", false],
  ];
  for (const [remote, pattern, expected] of cases) {
    test(`S4: ${expected ? "has" : "has not"} ${remote} by ${pattern}`, () =>
      assert.equal(isListed(remote, [pattern]), expected));
  }
});

suite("An administrator's policy", () => {
  test("S4: is believed only where nobody else could have written it", () => {
    const { folder, remove } = temporaryFolder();
    const file = path.join(folder, "policy.json");
    const owner = process.getuid?.() ?? 0;
    const endpoint = "https://kept.example.org";
    const says = (text: string, mode = 0o644) => {
      writeFileSync(file, text);
      chmodSync(file, mode);
      return isAllowedBy(readAdministratorPolicy(file, owner), endpoint);
    };
    assert.equal(isAllowedBy(readAdministratorPolicy(file, owner), endpoint), true);
    assert.equal(says('{"sync":"forbidden"}'), false);
    assert.equal(says('{"sync":"allowed"}'), true);
    assert.equal(says('{"endpoints":["https://other.example.org"]}'), false);
    assert.equal(says(`{"endpoints":["${endpoint}"]}`), true);
    assert.equal(says("{"), false, "somebody wanted to restrict something");
    assert.equal(says('{"sync":"on"}'), false);
    if (process.platform !== "win32") {
      assert.equal(says('{"sync":"forbidden"}', 0o666), true);
      chmodSync(file, 0o644);
      assert.deepEqual(readAdministratorPolicy(file, owner + 1), {});
    }
    remove();
  });
});

suite("A proxy", () => {
  const url = new URL("https://kept.example.org");
  const cases: readonly [string, Record<string, string>, string | undefined][] = [
    ["", {}, undefined],
    ["http://proxy:1", {}, "http://proxy:1"],
    ["", { HTTPS_PROXY: "http://proxy:2" }, "http://proxy:2"],
    ["", { https_proxy: "http://proxy:3", HTTPS_PROXY: "http://proxy:2" }, "http://proxy:3"],
    ["http://proxy:1", { HTTPS_PROXY: "http://proxy:2" }, "http://proxy:1"],
    ["http://proxy:1", { NO_PROXY: "other.org, .example.org" }, undefined],
    ["http://proxy:1", { no_proxy: "kept.example.org:443" }, undefined],
    ["http://proxy:1", { no_proxy: "kept.example.org:8443" }, "http://proxy:1"],
    ["http://proxy:1", { NO_PROXY: "*" }, undefined],
    ["http://proxy:1", { NO_PROXY: "ample.org" }, "http://proxy:1"],
    ["no proxy", {}, undefined],
    ["", { HTTPS_PROXY: "proxy.example.org:8080" }, "http://proxy.example.org:8080"],
    ["", { HTTPS_PROXY: "10.0.0.1:3128" }, "http://10.0.0.1:3128"],
    ["proxy:1", {}, "http://proxy:1"],
  ];
  for (const [setting, environment, expected] of cases) {
    test(`is ${expected ?? "none"} with "${setting}" and ${JSON.stringify(environment)}`, () =>
      assert.equal(
        proxyFor(url, { ...usualProxySettings, address: setting }, environment)?.address,
        expected,
      ));
  }

  test("is none where the editor uses none, or leaves the host out", () => {
    const of = (settings: Partial<ProxySettings>) =>
      proxyFor(url, { ...usualProxySettings, address: "http://proxy:1", ...settings }, {});
    assert.equal(of({ isUsed: false }), undefined);
    assert.equal(of({ leftOut: ["other.org", ".example.org"] }), undefined);
    assert.deepEqual(of({ leftOut: ["other.org"] }), { address: "http://proxy:1", headers: {} });
    const off = { ...usualProxySettings, isUsed: false };
    assert.equal(proxyFor(url, off, { HTTPS_PROXY: "http://proxy:2" }), undefined);
  });

  test("is shown the authorization that the person set, and nobody else is", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer().on("connect", (request, socket) => {
      seen.push(request.headers["proxy-authorization"], request.url);
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const settings = { ...usualProxySettings, address: `http://127.0.0.1:${port}`, authorization: "Basic x" };
    const send = networkTransport({
      proxyFor: (asked) => proxyFor(asked, settings, {}),
      signal: () => new AbortController().signal,
    });
    await send({ url: "https://kept.example.org/v1/logs", method: "POST", headers: {} });
    server.close();
    assert.deepEqual(seen, ["Basic x", "kept.example.org:443"]);
  });

  for (const answer of [
    "204 No Content",
    "400 Bad Request",
    "401 Unauthorized",
    "407 Who Are You",
    "410 Gone",
  ])
    test(`says nothing in the place of whom a request is for: ${answer}`, async () => {
      const server = createServer().on("connect", (_, socket) => {
        socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 2\r\n\r\n{}`);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const send = networkTransport({
        proxyFor: () => ({ address: `http://127.0.0.1:${port}`, headers: {} }),
        signal: () => new AbortController().signal,
      });
      const exchange = await send({ url: "https://kept.example.org/v1/logs", method: "POST", headers: {} });
      server.close();
      const reason = `the proxy let nothing through and answered ${answer.slice(0, 3)}`;
      assert.deepEqual(exchange, { status: "none", reason });
    });
});
