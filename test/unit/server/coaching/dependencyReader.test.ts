import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { DependencyReader } from "../../../../server/coaching/dependencyReader.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

suite("New dependencies", function () {
  this.timeout(60_000);
  const playground = new GitPlayground();
  let isTrusted = true;
  const git = new Git({
    program: findGit(process.platform, process.env),
    environment: process.env,
    isTrusted: () => isTrusted,
  });
  const read = async (...names: readonly string[]) => {
    const files = names.map((name) => ({
      ...{ uri: pathToFileURL(playground.at(`shop/${name}`)).href, lines: 1, unread: 0 },
    }));
    return (await new DependencyReader(git).of(files)).map(({ newDependencies }) => newDependencies);
  };
  const naming = (...names: readonly string[]) =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "1"])) });

  suiteSetup(() => {
    playground.make("shop");
    playground.commit("shop", "web/package.json", naming("lit"));
    playground.commit("shop", "src/a.ts", "a\n");
  });
  suiteTeardown(() => playground.remove());

  test("are those that the last commit does not name, of files that name any", async () => {
    assert.deepEqual(await read("web/package.json"), [0]);
    playground.write("shop", "web/package.json", naming("lit", "left-pad", "right-pad"));
    assert.deepEqual(await read("web/package.json", "src/a.ts"), [2, undefined]);
  });

  test("are not known of a file in no commit, of one that is gone, and where git may not be asked", async () => {
    playground.write("shop", "package.json", naming("lit"));
    assert.deepEqual(await read("package.json", "nowhere/package.json"), [undefined, undefined]);
    isTrusted = false;
    assert.deepEqual(await read("web/package.json"), [undefined]);
  });
});
