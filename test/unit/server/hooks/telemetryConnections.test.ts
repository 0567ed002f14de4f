import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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

  for (const [shell, name] of [
    [undefined, ".bashrc"],
    ["/bin/bash", ".bashrc"],
    ["/usr/bin/zsh", ".zshrc"],
  ] as const)
    for (const text of [undefined, "export A=1\n", "export A=1"])
      test(`copilot-cli-telemetry is put into ${name} with ${JSON.stringify(text)}, by SHELL ${shell}, and exactly that is taken out again`, () => {
        mkdirSync(path.join(home, ".copilot"));
        const file = place(name, text);
        const inShell = { ...options().around, environment: shell === undefined ? {} : { SHELL: shell } };
        const given = () => ({ ...options(), around: inShell });
        const tool = "copilot-cli-telemetry";
        const { stdout } = connectCommand([tool, "--dry-run"], given());
        assert.match(stdout, new RegExp(`${name} would be written:`));
        assert.match(stdout, /OTEL_EXPORTER_OTLP_ENDPOINT='http:\/\/127\.0\.0\.1:\d+\/kept-/);
        assert.equal(existsSync(file), text !== undefined);
        assert.equal(connectCommand([tool], given()).exitCode, 0);
        const connected = readFileSync(file, "utf8");
        assert.equal(connectCommand([tool], given()).exitCode, 0);
        assert.equal(readFileSync(file, "utf8"), connected, "twice is once");
        assert.match(connectCommand([], given()).stdout, new RegExp(`^${tool} .*: connected`, "m"));
        // Who disconnects may be in another shell.
        assert.equal(disconnect(tool).exitCode, 0);
        assert.equal(existsSync(file) ? readFileSync(file, "utf8") : undefined, text);
      });

  test("copilot-cli-telemetry has a shell start Copilot with what it reads, and nothing where it is told otherwise", function () {
    if (process.platform === "win32") this.skip();
    const file = place(".bashrc", "");
    const program = place(
      "bin/copilot",
      '#!/bin/sh\necho "$OTEL_EXPORTER_OTLP_ENDPOINT $COPILOT_OTEL_ENABLED $*"\n',
    );
    chmodSync(program, 0o700);
    assert.equal(connect("copilot-cli-telemetry").exitCode, 0);
    const endpoint = endpointOf(address().read()!, "copilot-cli");
    const run = (environment: Record<string, string>) =>
      spawnSync("sh", ["-c", `. "${file}"; copilot -p "two words"; echo "$OTEL_EXPORTER_OTLP_ENDPOINT"`], {
        encoding: "utf8",
        env: { PATH: `${path.dirname(program)}:${process.env["PATH"]}`, ...environment },
      }).stdout;
    assert.equal(run({}), `${endpoint} true -p two words\n\n`);
    assert.equal(
      run({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://mine" }),
      "http://mine  -p two words\nhttp://mine\n",
    );
    assert.equal(run({ COPILOT_OTEL_FILE_EXPORTER_PATH: "/mine" }), "  -p two words\n\n");
  });

  test("copilot-cli-telemetry says why it is not for a shell of another language, and for Windows", () => {
    for (const around of [
      { platform: "linux", userHome: home, environment: { SHELL: "/usr/bin/fish" } },
      { platform: "win32", userHome: home, environment: {} },
    ]) {
      const given = { ...options(), around };
      const { exitCode, stderr } = connectCommand(["copilot-cli-telemetry"], given);
      assert.equal(exitCode, 2);
      assert.match(stderr, /variables of the environment alone/);
      assert.equal(disconnectCommand(["--all"], given).exitCode, 0);
    }
    assert.equal(address().read(), undefined, "nothing is received");
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
      ["copilot-cli-telemetry", ".bashrc", "alias copilot='copilot --banner'\n"],
      ["copilot-cli-telemetry", ".bashrc", "function copilot { command copilot; }\n"],
      ["claude-code-telemetry", ".claude/settings.json", '{"env": ['],
      ["claude-code-telemetry", ".claude/settings.json", '{"env": "none"}'],
    ];
    for (const [tool, name, text] of elsewhere) {
      const file = place(name, text);
      const { exitCode, stderr } = connect(tool);
      assert.equal(exitCode, 2, text);
      assert.match(stderr, /settings\.json|config\.toml|bashrc/);
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
