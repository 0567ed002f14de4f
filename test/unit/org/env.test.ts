import assert from "node:assert/strict";
import { isLoopback, readSettings } from "../../../org/env.ts";
import { whyNoEndpoint } from "../../../server/sync/endpoint.ts";

const place = { homeFolder: "/home/ada", platform: "linux" };

suite("The environment of the service", () => {
  test("needs nothing", () => {
    assert.deepEqual(readSettings({ PATH: "/bin" }, place), {
      ok: true,
      settings: {
        dataFolder: "/home/ada/.local/share/kept-org",
        host: "127.0.0.1",
        port: 4390,
        logLevel: "info",
        databaseUrl: undefined,
        publicUrl: undefined,
        floor: 5,
        devicesEach: 2,
        rate: 30,
        open: 64,
        remotes: [],
        signatures: 1,
        provider: undefined,
        nativeBinding: undefined,
      },
    });
  });

  test("sets everything", () => {
    const read = readSettings(
      {
        KEPT_ORG_DATA: "/srv/kept",
        KEPT_ORG_HOST: "0.0.0.0",
        KEPT_ORG_PORT: "0",
        KEPT_ORG_LOG: "debug",
        KEPT_ORG_DATABASE_URL: "postgresql://kept:secret@db:5432/kept?sslmode=verify-full",
        KEPT_ORG_PUBLIC_URL: "https://kept.example.org",
        KEPT_ORG_FLOOR: "8",
        KEPT_ORG_DEVICES_EACH: "1",
        KEPT_ORG_RATE: "60",
        KEPT_ORG_OPEN: "128",
        KEPT_ORG_REMOTES: "github.com/example/*, git.example.org/*",
        KEPT_ORG_SIGNATURES: "2",
        KEPT_ORG_OIDC_ISSUER: "https://sign-in.example.org/realm",
        KEPT_ORG_OIDC_CLIENT: "kept-console",
        KEPT_ORG_OIDC_SECRET_FILE: "/srv/kept/client-secret",
        KEPT_ORG_OIDC_CLAIM: "roles",
        KEPT_ORG_OIDC_SCOPES: "openid profile groups",
        KEPT_ORG_OIDC_ROLES: "cn=kept,ou=admins=admin; payments-leads=teamLead:Payments",
        KEPT_NATIVE: "/opt/native.node",
      },
      place,
    );
    assert.deepEqual(read, {
      ok: true,
      settings: {
        dataFolder: "/srv/kept",
        host: "0.0.0.0",
        port: 0,
        logLevel: "debug",
        databaseUrl: "postgresql://kept:secret@db:5432/kept?sslmode=verify-full",
        publicUrl: "https://kept.example.org",
        floor: 8,
        devicesEach: 1,
        rate: 60,
        open: 128,
        remotes: ["github.com/example/*", "git.example.org/*"],
        signatures: 2,
        provider: {
          issuer: "https://sign-in.example.org/realm",
          client: "kept-console",
          secretFile: "/srv/kept/client-secret",
          claim: "roles",
          scopes: "openid profile groups",
          roles: [
            { group: "cn=kept,ou=admins", role: "admin", team: null },
            { group: "payments-leads", role: "teamLead", team: "Payments" },
          ],
        },
        nativeBinding: "/opt/native.node",
      },
    });
  });

  test("has the address of the service as editors and browsers write it", () => {
    const asRead = (address: string) => {
      const read = readSettings({ KEPT_ORG_PUBLIC_URL: address }, place);
      assert.ok(read.ok, address);
      assert.equal(whyNoEndpoint(read.settings.publicUrl ?? ""), undefined, address);
      return read.settings.publicUrl;
    };
    assert.deepEqual(
      ["https://Kept.Example.org:443", "https://kept.example.org:8443", "https://köln.example.org"].map(
        asRead,
      ),
      ["https://kept.example.org", "https://kept.example.org:8443", "https://xn--kln-sna.example.org"],
    );
  });

  test("keeps data where each system keeps it", () => {
    const folderOn = (platform: string, environment = {}) => {
      const read = readSettings(environment, { ...place, platform });
      return read.ok ? read.settings.dataFolder : undefined;
    };
    assert.deepEqual(
      [folderOn("linux", { XDG_DATA_HOME: "/data" }), folderOn("darwin")],
      ["/data/kept-org", "/home/ada/Library/Application Support/Kept Org"],
    );
    assert.match(folderOn("win32", { LOCALAPPDATA: "/local" }) ?? "", /local.Kept Org$/);
  });

  test("P3: refuses what it does not know or cannot use, one sentence each, and repeats no value", () => {
    const read = readSettings(
      {
        KEPT_ORG_PROT: "4390",
        KEPT_ORG_DATA: "",
        KEPT_ORG_PORT: "65536",
        KEPT_ORG_LOG: "loud",
        KEPT_ORG_PUBLIC_URL: "https://kept:hunter2@example.org",
        KEPT_ORG_DATABASE_URL: "mysql://kept:hunter2@db/kept",
      },
      place,
    );
    assert.ok(!read.ok);
    assert.deepEqual(read.problems, [
      "KEPT_ORG_PROT is not a variable of kept-org. It knows KEPT_ORG_DATA, KEPT_ORG_HOST, KEPT_ORG_PORT, " +
        "KEPT_ORG_LOG, KEPT_ORG_DATABASE_URL, KEPT_ORG_PUBLIC_URL, KEPT_ORG_FLOOR, KEPT_ORG_DEVICES_EACH, " +
        "KEPT_ORG_RATE, KEPT_ORG_OPEN, KEPT_ORG_REMOTES, KEPT_ORG_SIGNATURES, KEPT_ORG_OIDC_ISSUER, KEPT_ORG_OIDC_CLIENT, " +
        "KEPT_ORG_OIDC_SECRET_FILE, KEPT_ORG_OIDC_CLAIM, KEPT_ORG_OIDC_SCOPES, KEPT_ORG_OIDC_ROLES.",
      "KEPT_ORG_PUBLIC_URL must be the address that editors reach the service at, such as " +
        "https://kept.example.org; http is for this machine alone.",
      "KEPT_ORG_DATA must be the path of a folder.",
      "KEPT_ORG_PORT must be a whole number from 0 to 65535, 0 meaning any free port.",
      "KEPT_ORG_LOG must be one of silent, fatal, error, warn, info, debug.",
      "KEPT_ORG_DATABASE_URL must be an address that begins with postgres:// or postgresql://.",
    ]);
    for (const floor of ["0", "1", "2", "3", "4", "-5", "4.9", "1001", "five"]) {
      assert.equal(readSettings({ KEPT_ORG_FLOOR: floor }, place).ok, false, floor);
    }
    for (const address of ["http://kept.example.org", "http://[::2]:80", "https://[", "kept.example.org"]) {
      assert.equal(readSettings({ KEPT_ORG_PUBLIC_URL: address }, place).ok, false, address);
    }
    assert.equal(readSettings({ KEPT_ORG_PUBLIC_URL: "http://127.0.0.2:4390" }, place).ok, false);
    for (const address of ["http://localhost:4390", "http://[::1]:80", "https://[::2]"]) {
      assert.equal(readSettings({ KEPT_ORG_PUBLIC_URL: address }, place).ok, true, address);
    }
    for (const port of ["-1", "80a", "1e3", "", " 80", "0x50"]) {
      assert.equal(readSettings({ KEPT_ORG_PORT: port }, place).ok, false, port);
    }
  });

  suite("of an identity provider", () => {
    const whole = {
      KEPT_ORG_PUBLIC_URL: "https://kept.example.org",
      KEPT_ORG_OIDC_ISSUER: "https://sign-in.example.org",
      KEPT_ORG_OIDC_CLIENT: "kept-console",
      KEPT_ORG_OIDC_ROLES: "kept-admins=admin",
    };
    const problemsOf = (change: Record<string, string | undefined>) => {
      const read = readSettings({ ...whole, ...change }, place);
      return read.ok ? [] : read.problems;
    };

    test("needs its address, a client, roles and where browsers come back to", () => {
      assert.deepEqual(problemsOf({}), []);
      for (const name of Object.keys(whole)) {
        const problems = problemsOf({ [name]: undefined });
        assert.deepEqual(problems, [`Signing in with a provider needs ${name} too.`], name);
      }
    });

    test("is reached over TLS, but on this machine", () => {
      for (const issuer of ["http://127.0.0.1:8080/realm", "http://localhost:8080", "http://[::1]:1"]) {
        assert.deepEqual(problemsOf({ KEPT_ORG_OIDC_ISSUER: issuer }), [], issuer);
      }
      for (const issuer of [
        ...["http://sign-in.example.org", "http://localhost.example.org", "ftp://sign-in.example.org"],
        ...["https://ada@sign-in.example.org", "https://sign-in.example.org/?a", "sign-in.example.org"],
      ]) {
        assert.equal(problemsOf({ KEPT_ORG_OIDC_ISSUER: issuer }).length, 1, issuer);
      }
    });

    test("gives the roles there are, to groups that are named", () => {
      for (const roles of [
        ...["", "admin", "=admin", "kept-admins=king", "a=admin;", "leads=teamLead", "leads=admin:Payments"],
        ...["leads=teamLead:", "a=admin;;b=admin"],
      ]) {
        assert.equal(problemsOf({ KEPT_ORG_OIDC_ROLES: roles }).length, 1, roles);
      }
      for (const scopes of ["profile", "openid  profile", "openid\nprofile", ""]) {
        assert.equal(problemsOf({ KEPT_ORG_OIDC_SCOPES: scopes }).length, 1, scopes);
      }
    });
  });

  test("knows a host that only this machine can reach", () => {
    assert.deepEqual(
      ["127.0.0.1", "localhost", "::1", "127.8.0.1", "0.0.0.0", "::", "10.0.0.1", "localhost.example"].map(
        isLoopback,
      ),
      [true, true, true, true, false, false, false, false],
    );
  });
});
