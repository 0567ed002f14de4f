import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { shellWrites } from "../../../../core/tools/shellWrites.ts";

const whole = (path: string, after: string) => ({ path, text: { kind: "whole", after } });

suite("What a command of a shell writes", () => {
  for (const [name, command, files] of [
    ["by cat", "cat > a.ts <<'EOF'\none\n$two\nEOF\n", [whole("a.ts", "one\n$two\n")]],
    ["by cat, the other way round", 'cat <<"END" > "my file.md" && ls\nx\nEND', [whole("my file.md", "x\n")]],
    ["by tee", "tee src/b.ts > /dev/null <<\\EOF\n`x`\nEOF", [whole("src/b.ts", "`x`\n")]],
    ["with tabs before it", "cat > a <<-'E'\n\t\tone\n\ttwo\n\tE", [whole("a", "one\ntwo\n")]],
    ["and nothing", "cat > a <<'E'\nE", [whole("a", "")]],
    [
      "behind what is there",
      "cat >> a <<'E'\nlast\nE\ntee -a b <<'E'\nb\nE",
      [
        { path: "a", text: { kind: "pieces", pieces: [{ after: "last\n" }] } },
        { path: "b", text: { kind: "pieces", pieces: [{ after: "b\n" }] } },
      ],
    ],
    [
      "in the folder that it went to",
      "cd /work && cat > a <<'E'\na\nE\ncd sub\ncat > b <<'E'\ncd /elsewhere\nE\ncat > /c <<'E'\nc\nE",
      [whole("/work/a", "a\n"), whole("/work/sub/b", "cd /elsewhere\n"), whole("/c", "c\n")],
    ],
    ["of its own making", "cat > a <<E\n$HOME\nE", [{ path: "a", text: { kind: "unsaid" } }]],
    ["without anything of its own making", "cat > a <<E\nplain\nE", [whole("a", "plain\n")]],
  ] as const)
    test(`${name}, is told`, () => assert.deepEqual(shellWrites(command), files));

  const piece = (path: string, before: string, after: string) => ({
    path,
    text: { kind: "pieces", pieces: [{ before, after }], isIfThere: true },
  });
  const unsaid = (path: string) => ({ path, text: { kind: "unsaid" } });
  for (const [name, command, files] of [
    [
      "by sed",
      "sed -i 's/oldName/newName/g' a.ts b.ts",
      ["a.ts", "b.ts"].map((p) => piece(p, "oldName", "newName")),
    ],
    ["by sed of a Mac", "sed -i '' -e 's/oldName/newName/' a.ts", [piece("a.ts", "oldName", "newName")]],
    [
      "by sed with a copy",
      'sed -i.bak "s|/old/path|/new/path|" "my file"',
      [piece("my file", "/old/path", "/new/path")],
    ],
    [
      "by sed, of signs with a backslash",
      "sed -i 's/a\\.call(x)/b\\/c\\&d/' a",
      [piece("a", "a.call(x)", "b/c&d")],
    ],
    ["by sed with -E", "sed -Ei 's/old\\(x\\)/new(x)/g' a", [piece("a", "old(x)", "new(x)")]],
    [
      "by sed, taken out",
      "sed --in-place 's/, oldArgument//' a && npm test",
      [piece("a", ", oldArgument", "")],
    ],
    ["by perl", "perl -pi -e 's/oldName/newName/g' a.ts", [piece("a.ts", "oldName", "newName")]],
    [
      "by perl, otherwise said",
      "perl -i.bak -pe 's#oldName#newName#' a 2>/dev/null",
      [piece("a", "oldName", "newName")],
    ],
    [
      "in the folder that it went to, by sed",
      "cd src && sed -i 's/oldName/newName/' a.ts",
      [piece("src/a.ts", "oldName", "newName")],
    ],
    [
      "after others",
      "npm run build 2>&1; sed -i 's/oldName/newName/' a # mine",
      [piece("a", "oldName", "newName")],
    ],
    ["by echo", "echo 'a  b' c > a.txt", [whole("a.txt", "a  b c\n")]],
    [
      "by echo, behind what is there",
      "echo 'last' >> a",
      [{ path: "a", text: { kind: "pieces", pieces: [{ after: "last\n" }] } }],
    ],
    [
      "by printf",
      "printf 'one\\ntwo\\n' > a; printf '%s\\n' x 'y z' >b",
      [whole("a", "one\ntwo\n"), whole("b", "x\ny z\n")],
    ],
  ] as const)
    test(`${name}, is told`, () => assert.deepEqual(shellWrites(command), files));

  // The file is certain, and what was done to it is not.
  for (const [name, script] of [
    ["a class of letters", "s/old[Nn]ame/newName/"],
    ["any letter", "s/old.Name/newName/"],
    ["what was found", "s/oldName/new&Name/"],
    ["a group", "s/\\(oldName\\)/new\\1/"],
    ["one of several", "s/oldName/newName/2"],
    ["any case", "s/oldName/newName/I"],
    ["lines", "/oldName/d"],
    ["several things", "s/oldName/newName/;s/one/two/"],
    ["so little that it may be anybody's", "s/a/b/g"],
    ["its letters one by one", "y/abcdefgh/ijklmnop/"],
  ] as const)
    test(`a script of sed that changes ${name} tells its file alone`, () =>
      assert.deepEqual(shellWrites(`sed -i '${script}' a`), [unsaid("a")]));
  test("what a file may have and what a script leaves out is told of its file alone", () => {
    for (const command of [
      "sed -n -i 's/oldName/newName/p' a",
      "sed -i -e 's/oldName/newName/' -e '1d' a",
      "perl -pi -e 's/oldName/$1/' a",
      "perl -pi -e 's/old@Name/newName/' a",
      "perl -pi -e 's/oldName|other/newName/' a",
      "sed -Ei 's/oldName?/newName/' a",
    ])
      assert.deepEqual(shellWrites(command), [unsaid("a")], command);
  });

  for (const hostile of [
    "sed 's/oldName/newName/' a",
    "sed -i 's/oldName/newName/' $FILE",
    "sed -i 's/oldName/newName/' *.ts",
    "sed -i 's/oldName/newName/' {a,b}",
    "sed -i 's/oldName/newName/' ~/a",
    "sed -i 's/oldName/newName/' $(ls)",
    "sed -i 's/oldName/newName/' `ls`",
    'sed -i "s/$OLD/newName/" a',
    "sed -i -f script a",
    "sed -i 's/oldName/newName/",
    "sed -i 's/oldName/newName/'",
    "find . -exec sed -i 's/oldName/newName/' {} +",
    "ls | xargs sed -i 's/oldName/newName/'",
    "ssh host \"sed -i 's/oldName/newName/' a\"",
    "echo sed -i 's/oldName/newName/' a",
    "# sed -i 's/oldName/newName/' a",
    "git commit -m 'first\nsed -i s/oldName/newName/ a\n'",
    "bash <<'E'\nsed -i 's/oldName/newName/' a\nE",
    "if false; then\nsed -i 's/oldName/newName/' a\nfi",
    "for f in a b\ndo\nsed -i 's/oldName/newName/' a\ndone",
    "f() {\nsed -i 's/oldName/newName/' a\n}",
    "true || sed -i 's/oldName/newName/' a",
    "(cd x && sed -i 's/oldName/newName/' a)",
    "cd $X\nsed -i 's/oldName/newName/' a",
    "sed -i 's/oldName/newName/' a &",
    "sed -i 's/oldName/\\\nsed -i s/x/y/ b\n/' a",
    "perl -e 's/oldName/newName/' a",
    "perl -i -e 's/oldName/newName/' a",
    "perl -pie 's/oldName/newName/' a",
    "echo -e 'a\\tb' > a",
    "echo 'a\\nb' > a",
    'echo "$HOME" > a',
    "echo a > /dev/null",
    "echo a > $X",
    "echo a 2> a",
    "echo 12>a",
    "echo a >& a",
    "echo a > b > c",
    "echo a >",
    "printf '%d' 5 > a",
    "printf 'a\\tb' > a",
    "echo a | tee b",
    "sort a > b",
    "> a",
  ])
    test(`nothing is told of ${JSON.stringify(hostile)}`, () => assert.deepEqual(shellWrites(hostile), []));

  test("whatever stands in a command, it is read to its end, and names no file that it does not", () => {
    const random = seededRandom(11);
    const parts = [
      "sed",
      "-i",
      "'",
      '"',
      " ",
      ";",
      "&&",
      "|",
      ">",
      "\\",
      "$",
      "s/oldName/newName/",
      "a.ts",
      "\n",
      "#",
      "2>&1",
      "(",
    ];
    for (let round = 0; round < 20_000; round++) {
      const command = Array.from({ length: 12 }, () => parts[Math.floor(random() * parts.length)]!).join("");
      for (const { path } of shellWrites(command))
        assert.ok(command.replace(/["']/g, "").includes(path), command);
    }
  });

  for (const [name, command] of [
    ["has no end", "cat > a <<'E'\none\n"],
    ["goes to a place that only the shell knows", "cat > $HOME/a <<'E'\none\nE"],
    ["goes to a folder that only the shell knows", "cd $ROOT && cat > a <<'E'\none\nE"],
    ["is given to another program", "python3 - > a <<'E'\nprint(1)\nE"],
    ["another program changes", "cat <<'E' | sed s/a/b/ > a\none\nE"],
    ["is read", "cat a b"],
    ["only looks like one", "echo \"cat > a <<'E'\"\none\nE"],
  ] as const)
    test(`what ${name} is told by nobody`, () => assert.deepEqual(shellWrites(command), []));
});
