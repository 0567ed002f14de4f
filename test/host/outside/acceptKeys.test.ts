import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { insertedChars } from "../../support/editor/report.ts";
import { Workbench } from "../../support/editor/workbench.ts";
import { buildProvider, providerId } from "../provider/build.ts";

const { vsix, flavour } = packageUnderTest();

const longestWaitMs = 20_000;
const pollMs = 100;
/** Long enough for the server to write down what it has. */
const quietMs = 1500;

/** Only the editor's own account says whose suggestion it was. */
const tool = flavour === "plain" ? "unknown" : providerId;
const accepted = `ai/${tool}/completion/unknown`;
const acceptedEdit = `ai/${tool}/nextEdit/unknown`;

const snippets = { pair: { prefix: "pairing", body: ["pair(${1:one}, ${2:two})$0"] } };

const settings = {
  "editor.autoClosingBrackets": "never",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.wordBasedSuggestions": "off",
  "files.autoSave": "off",
};

suite(`The keys that accept a suggestion (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;
  let count = 0;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      companion: await buildProvider(),
      files: { "first.txt": "", ".vscode/keys.code-snippets": JSON.stringify(snippets) },
      settings,
    });
    const keybindings = path.join(session.folder, "user", "User", "keybindings.json");
    await writeFile(keybindings, JSON.stringify([{ key: "alt+l", command: "kept.acceptNextLine" }]));
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
    await workbench.openFile("first.txt");
    // The provider is there when its first text is.
    await until(async () => {
      await press("End");
      await workbench.type("say ");
      const shown = ghost().waitFor({ timeout: 2000 });
      return shown.then(
        () => true,
        () => false,
      );
    });
    await press("Escape");
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  const press = (key: string) => workbench.page.keyboard.press(key);
  const ghost = () => workbench.page.locator(".editor-group-container.active .ghost-text-decoration").first();

  /** A new, empty file of the workspace, in the editor that has the focus. */
  async function newFile(): Promise<string> {
    const name = `keys${++count}.txt`;
    await writeFile(path.join(session.workspace, name), "");
    await workbench.openFile(name);
    return name;
  }

  async function typeUntilSuggested(text: string) {
    await workbench.type(text);
    await ghost().waitFor();
  }

  /** Saves until the file holds what is expected, or fails with what it holds. */
  async function assertText(name: string, expected: string | RegExp) {
    let found = "";
    await until(async () => {
      await press("ControlOrMeta+S");
      found = await readFile(path.join(session.workspace, name), "utf8");
      return typeof expected === "string" ? found === expected : expected.test(found);
    }).catch(() => assert.fail(`The file holds ${JSON.stringify(found)}, not ${String(expected)}.`));
  }

  /** Characters that each origin inserted while something was done. */
  async function insertedBy(act: () => Promise<void>): Promise<Record<string, number>> {
    const before = await settled(session);
    await act();
    const after = await settled(session);
    const grown = Object.entries(after)
      .map(([origin, chars]) => [origin, chars - (before[origin] ?? 0)] as const)
      .filter(([, chars]) => chars > 0);
    return Object.fromEntries(grown);
  }

  async function acceptWhole() {
    const name = await newFile();
    await typeUntilSuggested("say ");
    await press("Tab");
    await assertText(name, "say hello brave world");
  }

  async function acceptWord() {
    const name = await newFile();
    await typeUntilSuggested("say ");
    await press("Control+ArrowRight");
    await assertText(name, "say hello");
    await press("Escape");
  }

  async function acceptEdit() {
    const name = await newFile();
    await workbench.type("fix teh now");
    const indicators = ".editor-group-container.active .inline-edits-view-gutter-indicator *";
    await workbench.page.locator(`${indicators} >> visible=true`).first().waitFor();
    await press("Tab");
    await assertText(name, "fix the now");
  }

  function keysDoWhatTheyDid() {
    test("Tab accepts the next edit", acceptEdit);

    test("Tab accepts the whole, and what is typed at once after it comes after it", async () => {
      const name = await newFile();
      await typeUntilSuggested("say ");
      await press("Tab");
      await workbench.page.keyboard.type("!");
      await assertText(name, "say hello brave world!");
    });

    test("Ctrl+Right accepts a word, then the space, then the next word", async () => {
      const name = await newFile();
      await typeUntilSuggested("say ");
      for (let part = 0; part < 3; part++) {
        await ghost().waitFor();
        await press("Control+ArrowRight");
      }
      await assertText(name, "say hello brave");
      await press("Escape");
    });

    test("Tab without a suggestion indents", async () => {
      const name = await newFile();
      await press("Tab");
      await workbench.type("x");
      await assertText(name, /^(\t| +)x$/);
    });

    test("Ctrl+Right without a suggestion moves a word", async () => {
      const name = await newFile();
      await workbench.type("one two");
      await press("Home");
      await press("Control+ArrowRight");
      await workbench.type("!");
      await assertText(name, "one! two");
    });

    test("Escape hides the suggestion, and Tab indents then", async () => {
      const name = await newFile();
      await typeUntilSuggested("say ");
      await press("Escape");
      await ghost().waitFor({ state: "detached" });
      await press("Tab");
      await workbench.type("x");
      await assertText(name, /^say \s+x$/);
    });

    test("Tab accepts from the open list, then jumps to the snippet's next placeholder", async () => {
      const name = await newFile();
      await workbench.type("pairi");
      await press("Control+Space");
      await workbench.page.locator(".suggest-widget.visible .monaco-list-row.focused").waitFor();
      await press("Tab");
      await workbench.page.locator(".suggest-widget.visible").waitFor({ state: "hidden" });
      await workbench.type("1");
      await press("Tab");
      await workbench.type("2");
      await assertText(name, "pair(1, 2)");
      await press("Escape");
    });

    test("Tab with a suggestion and the list open accepts from the list", async () => {
      const name = await newFile();
      await typeUntilSuggested("pairing say ");
      await press("Control+Space");
      await workbench.page.locator(".suggest-widget.visible .monaco-list-row.focused").waitFor();
      await press("Tab");
      await assertText(name, /^pairing say pair\(one, two\)/);
      await press("Escape");
    });

    test("Tab moves the focus where Tab moves the focus", async () => {
      const name = await newFile();
      await typeUntilSuggested("say ");
      await press("Control+M");
      try {
        assert.equal(await focusIsInEditor(), true);
        await press("Tab");
        await until(async () => !(await focusIsInEditor()));
      } finally {
        await workbench.editor.click();
        await press("Control+M");
      }
      await assertText(name, "say ");
    });
  }

  async function focusIsInEditor(): Promise<boolean> {
    return workbench.page.evaluate(
      () => document.activeElement?.closest(".editor-group-container .monaco-editor") != null,
    );
  }

  suite("wrapped", () => {
    keysDoWhatTheyDid();

    test("give a whole completion its origin", async () => {
      assert.deepEqual(await insertedBy(acceptWhole), { human: 4, [accepted]: 17 });
    });

    test("give an accepted word its origin", async () => {
      assert.deepEqual(await insertedBy(acceptWord), { human: 4, [accepted]: 5 });
    });

    test("give a next edit its origin", async () => {
      const { human, ...others } = await insertedBy(acceptEdit);
      assert.equal(human, 11);
      assert.deepEqual(Object.keys(others), [acceptedEdit]);
    });

    test("can be joined by a key of one's own, for the next line", async () => {
      const inserted = await insertedBy(async () => {
        const name = await newFile();
        await typeUntilSuggested("say ");
        await press("Alt+L");
        await assertText(name, "say hello brave world");
      });
      assert.deepEqual(inserted, { human: 4, [accepted]: 17 });
    });

    test("take nothing typed around an accept for AI", async () => {
      const inserted = await insertedBy(async () => {
        const name = await newFile();
        await typeUntilSuggested("say ");
        await press("Tab");
        await workbench.page.keyboard.type("!?");
        await assertText(name, "say hello brave world!?");
      });
      assert.deepEqual(inserted, { human: 6, [accepted]: 17 });
    });

    test("leave little unknown of typing, accepting and pasting", async () => {
      const inserted = await insertedBy(workAWhile);
      const total = Object.values(inserted).reduce((sum, chars) => sum + chars, 0);
      const known = total - (inserted["unknown"] ?? 0);
      const share = ((100 * known) / total).toFixed(1);
      console.log(`${flavour}: the origin of ${known} of ${total} inserted characters is known, ${share} %`);
      console.log(JSON.stringify(inserted));
      assert.equal(inserted[accepted], 17 + 5 + 17);
      assert.equal(inserted["human"], 57);
    });
  });

  /** Types, accepts a whole, a word and a whole, and pastes. */
  async function workAWhile() {
    const name = await newFile();
    await workbench.type("a greeting for the morning\n");
    await typeUntilSuggested("say ");
    await press("Tab");
    await workbench.type("\nand another\n");
    await typeUntilSuggested("say ");
    await press("Control+ArrowRight");
    await press("Escape");
    await workbench.type("\nok\n");
    await typeUntilSuggested("say ");
    await press("Tab");
    await press("Shift+Home");
    await press("ControlOrMeta+C");
    await press("End");
    await press("Enter");
    await press("ControlOrMeta+V");
    // The browser pastes a moment later, and what changes during a save is taken for a formatter's work.
    const sentences = workbench.editor.locator(".view-line", { hasText: "say hello brave world" });
    await until(async () => (await sentences.count()) === 3);
    await assertText(name, /world\nsay hello brave world$/);
  }

  suite("left alone", () => {
    suiteSetup(() => session.changeSettings({ "kept.wrapAcceptKeys": false }));

    if (flavour === "plain") {
      test("leave an accepted completion unknown", async () => {
        await until(async () => {
          const inserted = await insertedBy(acceptWhole);
          return inserted["unknown"] === 17 && inserted[accepted] === undefined;
        });
      });
    } else {
      test("leave the completion to the editor's own account", async () => {
        assert.deepEqual(await insertedBy(acceptWhole), { human: 4, [accepted]: 17 });
      });
    }

    keysDoWhatTheyDid();
  });

  suite("while Kept is off", () => {
    suiteSetup(async () => {
      await session.changeSettings({ "kept.wrapAcceptKeys": true, "kept.enabled": false });
      await workbench.statusBarEntry("Kept").waitFor({ state: "detached" });
    });

    test("accept as ever", async () => {
      assert.deepEqual(await insertedBy(acceptWhole), {});
      await acceptWord();
      assert.equal(await workbench.page.locator(".notification-list-item").count(), 0);
    });
  });
});

/** Inserted characters by origin, once nothing more is written down. */
async function settled(session: Session): Promise<Record<string, number>> {
  for (let before = await insertedChars(session); ;) {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    const now = await insertedChars(session);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

async function until(condition: () => Promise<boolean>) {
  const deadline = Date.now() + longestWaitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
