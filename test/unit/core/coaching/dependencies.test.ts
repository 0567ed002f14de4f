import assert from "node:assert/strict";
import { dependenciesIn, newDependencies } from "../../../../core/coaching/dependencies.ts";

suite("Dependencies that a file names", () => {
  for (const [path, text, names] of [
    [
      "app/package.json",
      '{ "name": "a", "scripts": { "test": "x" }, "dependencies": { "lit": "1" }, "devDependencies": { "@a/b": "2" } }',
      ["lit", "@a/b"],
    ],
    [
      "go.mod",
      "module example.org/own\n\ngo 1.22\n\nrequire github.com/a/b v1.2.3\nrequire (\n\tgolang.org/x/net v0.1.0 // indirect\n)\n",
      ["github.com/a/b", "golang.org/x/net"],
    ],
    [
      "Cargo.toml",
      '[package]\nname = "own"\n[dependencies]\nserde = "1"\n[target.x.dev-dependencies]\ntokio = { version = "1" }\n[dependencies.rand]\nversion = "0.8"\n[features]\nextra = []\n',
      ["serde", "tokio", "rand"],
    ],
    [
      "pyproject.toml",
      '[project]\nname = "own"\ndependencies = [\n  "requests[socks]>=2",\n  "Flask",\n]\n[tool.poetry.group.dev.dependencies]\npython = "^3"\npytest = "*"\n',
      ["pytest", "requests", "flask"],
    ],
    ["requirements-dev.txt", "# tools\n-r base.txt\nDjango==4.2\nuvicorn[standard]\n", ["django", "uvicorn"]],
    ["Gemfile", 'source "https://example.org"\ngem "rails", "7"\n  gem \'pg\'\n', ["rails", "pg"]],
    [
      "pom.xml",
      "<project><artifactId>own</artifactId><dependency>\n<groupId>g</groupId>\n<artifactId>junit</artifactId></dependency></project>",
      ["junit"],
    ],
  ] as const) {
    test(`are read from ${path}`, () => assert.deepEqual([...(dependenciesIn(path, text) ?? [])], names));
  }

  test("are not known of other files, and of what cannot be read", () => {
    assert.equal(dependenciesIn("tsconfig.json", '{ "dependencies": { "a": "1" } }'), undefined);
    for (const text of ["{", "null", ""]) assert.equal(dependenciesIn("package.json", text), undefined);
    assert.equal(newDependencies("package.json", "{}", "{"), undefined);
  });

  test("are read to the end whatever a file is made of", () => {
    const parts = [
      "\n",
      " ",
      "a.",
      "[",
      "dependencies = [",
      '"',
      "<dependency>",
      "gem ",
      "<artifactId>",
      "[a.dependencies\n",
    ];
    for (const path of ["go.mod", "Cargo.toml", "pyproject.toml", "Gemfile", "pom.xml", "requirements.txt"]) {
      for (const part of parts) {
        const text = part.repeat(Math.floor((256 * 1024) / part.length));
        assert.ok(dependenciesIn(path, text), `${path} of ${JSON.stringify(part)}`);
        assert.ok(
          dependenciesIn(path, `${part.repeat(90)}\n`.repeat(100)),
          `lines of ${JSON.stringify(part)}`,
        );
      }
    }
    assert.equal(dependenciesIn("go.mod", " ".repeat(256 * 1024 + 1)), undefined);
  });

  test("are new where they were not named before: neither another version nor what was moved or taken out", () => {
    const before = '{ "version": "1", "dependencies": { "a": "1", "b": "1" } }';
    const after =
      '{ "version": "2", "dependencies": { "a": "2" }, "devDependencies": { "b": "1", "c": "1" } }';
    assert.equal(newDependencies("package.json", before, after), 1);
    assert.equal(newDependencies("package.json", after, before), 0);
    assert.equal(newDependencies("package.json", before, before), 0);
  });
});
