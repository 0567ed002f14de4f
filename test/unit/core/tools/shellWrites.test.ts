import assert from "node:assert/strict";
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
