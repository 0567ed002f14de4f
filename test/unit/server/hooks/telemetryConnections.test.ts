import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { connectCommand, disconnectCommand } from "../../../../server/commands/connect.ts";
import { AddressFile, endpointOf, tokenOf } from "../../../../server/otel/receiverAddress.ts";

const json: Readonly<Record<string, string>> = {
  "that is empty": "{}\n",
  "of one line": '{"model":"opus"}',
  "with other settings": '{\n  "model": "opus",\n  "env": {\n    "A": "1"\n  }\n}\n',
  "with comments": '{\n\t// mine\n\t"model": "opus", /* and mine */\n\t"b": [1, 2]\n}\n',
};
const toml: Readonly<Record<string, string>> = {
  "that ends with a line": 'model = "gpt-5"\n\n[profiles.fast]\nmodel = "mini"\n',
  "that ends without one": 'model = "gpt-5"',
  "with Windows' line ends": 'model = "gpt-5"\r\n',
};

suite("Connecting a tool's telemetry", () => {
  let home: string;
  let made: number;

  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-telemetry-"));
    made = 0;
  });
  teardown(() => rmSync(home, { recursive: true, force: true }));

  const options = () => ({
    folder: path.join(home, "kept data"),
    around: { platform: "linux", userHome: home, environment: {} },
    uuid: () => `fresh ${made++}`,
  });
  const connect = (...args: string[]) => connectCommand(args, options());
  const disconnect = (...args: string[]) => disconnectCommand(args, options());
  const address = () => new AddressFile(path.join(home, "kept data"));
  const place = (name: string, text?: string) => {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (text !== undefined) writeFileSync(file, text, { mode: 0o640 });
    return file;
  };

  for (const [tool, name] of [
    ["claude-code-telemetry", ".claude/settings.json"],
    ["gemini-cli-telemetry", ".gemini/settings.json"],
    ["github-copilot-telemetry", ".config/Code/User/settings.json"],
  ] as const)
    for (const [kind, text] of Object.entries(json))
      test(`${tool} is put into a file ${kind}, and exactly that is taken out again`, () => {
        const file = place(name, text);
        assert.match(connect(tool, "--dry-run").stdout, /only you can \(mode 600\)/);
        assert.equal(statSync(file).mode & 0o777, 0o640);
        assert.equal(connect(tool).exitCode, 0);
        assert.equal(statSync(file).mode & 0o777, 0o600);
        chmodSync(file, 0o644);
        const connected = readFileSync(file, "utf8");
        const endpoint = endpointOf(address().read()!, tool.replace("-telemetry", ""));
        assert.equal(connected.split(endpoint).length, 2);
        assert.equal(connect(tool).exitCode, 0);
        assert.equal(readFileSync(file, "utf8"), connected, "twice is once");
        assert.equal(statSync(file).mode & 0o777, 0o600, "closed again");
        assert.match(connect().stdout, new RegExp(`^${tool} .*: connected`, "m"));
        assert.equal(disconnect(tool).exitCode, 0);
        assert.equal(readFileSync(file, "utf8"), text);
        assert.equal(statSync(file).mode & 0o777, 0o600);
      });

  for (const [kind, text] of Object.entries(toml))
    test(`codex-telemetry is put into a file ${kind}, and exactly that is taken out again`, () => {
      const file = place(".codex/config.toml", text);
      assert.equal(connect("codex-telemetry").exitCode, 0);
      const settings = parseToml(readFileSync(file, "utf8")) as {
        model: string;
        otel: { log_user_prompt: boolean; exporter: { "otlp-http": { endpoint: string; protocol: string } } };
      };
      assert.equal(settings.model, "gpt-5");
      assert.equal(settings.otel.log_user_prompt, false);
      const { endpoint, protocol } = settings.otel.exporter["otlp-http"];
      assert.equal(endpoint, `${endpointOf(address().read()!, "codex")}/v1/logs`);
      assert.equal(protocol, "binary");
      assert.equal(connect("codex-telemetry").exitCode, 0);
      assert.equal(disconnect("codex-telemetry").exitCode, 0);
      assert.equal(readFileSync(file, "utf8"), text);
    });

  test("makes a file where there is none, and takes it away again where nothing else is in it", () => {
    const file = place(".codex/config.toml");
    assert.equal(connect("codex-telemetry").exitCode, 0);
    assert.ok(existsSync(file));
    assert.equal(disconnect("codex-telemetry").exitCode, 0);
    assert.equal(existsSync(file), false);
  });

  test("leaves alone what sends its telemetry elsewhere, and what its tool would not understand", () => {
    const elsewhere: [string, string, string][] = [
      [
        "claude-code-telemetry",
        ".claude/settings.json",
        '{"env":{"OTEL_EXPORTER_OTLP_ENDPOINT":"https://otel.example.com"}}',
      ],
      ["claude-code-telemetry", ".claude/settings.json", '{"env":{"CLAUDE_CODE_ENABLE_TELEMETRY":"1"}}'],
      ["gemini-cli-telemetry", ".gemini/settings.json", '{"telemetry":{"enabled":true,"target":"gcp"}}'],
      ["codex-telemetry", ".codex/config.toml", '[otel]\nexporter = "none"\n'],
      ["codex-telemetry", ".codex/config.toml", 'otel.environment = "staging"\n'],
      ["codex-telemetry", ".codex/config.toml", 'model = "unfinished\n'],
      ["claude-code-telemetry", ".claude/settings.json", '{"env": ['],
      ["claude-code-telemetry", ".claude/settings.json", '{"env": "none"}'],
    ];
    for (const [tool, name, text] of elsewhere) {
      const file = place(name, text);
      const { exitCode, stderr } = connect(tool);
      assert.equal(exitCode, 2, text);
      assert.match(stderr, /settings\.json|config\.toml/);
      assert.equal(readFileSync(file, "utf8"), text);
      assert.equal(disconnect(tool).exitCode, 0, "there was nothing of Kept in it");
      assert.equal(readFileSync(file, "utf8"), text);
    }
    assert.equal(address().read(), undefined, "nothing is received");
  });

  test("takes its own out again though its address is lost or another, and keeps what was changed by hand", () => {
    const file = place(".claude/settings.json", '{\n  "model": "opus"\n}\n');
    connect("claude-code-telemetry");
    address().remove();
    assert.equal(connect("claude-code-telemetry").exitCode, 0, "with a new address");
    const changed = readFileSync(file, "utf8").replace(
      '"OTEL_LOGS_EXPORTER": "otlp"',
      '"OTEL_LOGS_EXPORTER": "none"',
    );
    writeFileSync(file, changed);
    address().remove();
    assert.equal(disconnect("claude-code-telemetry").exitCode, 0);
    assert.deepEqual(parse(readFileSync(file, "utf8")), {
      model: "opus",
      env: { OTEL_LOGS_EXPORTER: "none" },
    });
  });

  test("gives each tool a token of its own, in a file that nobody else may read", () => {
    place(".claude/settings.json", "{}\n");
    assert.match(connect("claude-code-telemetry", "--dry-run").stdout, /OTEL_EXPORTER_OTLP_ENDPOINT/);
    assert.equal(existsSync(address().path), false, "only said");
    connect("claude-code-telemetry");
    connect("codex-telemetry");
    const given = address().read()!;
    assert.equal(statSync(address().path).mode & 0o777, 0o600);
    assert.notEqual(tokenOf(given, "codex"), tokenOf(given, "claude-code"));
    disconnect("codex-telemetry");
    assert.deepEqual(address().read(), given, "the other still sends");
    disconnect("--all");
    assert.equal(existsSync(address().path), false);
  });

  test("takes no address from a file that somebody has spoilt", () => {
    mkdirSync(path.join(home, "kept data"));
    for (const text of ["", "{", "[]", '{"port":80,"key":"x"}', '{"port":21000,"key":"short"}']) {
      writeFileSync(address().path, text);
      assert.equal(address().read(), undefined, text);
    }
  });
});
