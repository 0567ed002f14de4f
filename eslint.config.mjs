import tseslint from "typescript-eslint";
import { exceptions, forbidden, onlyImportedBy } from "./eslint.layers.mjs";

/** Entry files only wire, and are where time, chance and identity enter. */
export const entryFiles = [
  "extension/main.ts",
  "server/main.ts",
  "server/cli.ts",
  "server/agents/worker.ts",
  "webview/main.ts",
  "org/main.ts",
  "org/console/script/main.ts",
  "scripts/**",
  "bench/**",
  "test/**",
];

const layer = (files, { folders, packages }) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: folders, message: "This folder may not import that one: see ARCHITECTURE.md." },
          ...packages.map((name) => ({
            group: [name],
            message: "This package does not belong here: see ARCHITECTURE.md.",
          })),
          ...packagesOwnedByOneFile(files[0]).map((name) => ({
            group: [name],
            message: "One file alone may import this package: see eslint.layers.mjs.",
          })),
        ],
      },
    ],
  },
});

/** Packages that the rest of a folder must reach through the one file that owns them. */
function packagesOwnedByOneFile(glob) {
  return Object.entries(onlyImportedBy)
    .filter(([, owners]) => owners.some((owner) => owner.startsWith(glob.replace(/\*.*$/, ""))))
    .map(([name]) => name);
}

/** Imported by name, zod brings all its languages into every bundle. */
const wholeZod = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
  message: 'Write: import * as z from "zod"',
};

const ambient = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time is passed in: take a clock.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time is passed in: take a clock.",
  },
  {
    selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']",
    message: "Time is passed in: take a clock.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Chance is passed in.",
  },
  { selector: "CallExpression[callee.property.name='randomUUID']", message: "Identity is passed in." },
  { selector: "ImportSpecifier[imported.name='randomUUID']", message: "Identity is passed in." },
];

/** The editor makes links of what stands in a message, and one of them may run a command. */
const message = {
  selector: "Identifier[name=/^show(Information|Warning|Error)Message$/]",
  message: "Say it by extension/messages.ts, which makes no link of somebody else's words.",
};

export default tseslint.config(
  { ignores: ["**/dist/**", "**/out/**", "**/node_modules/**", "test/artifacts/**", ".cache/**"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-console": "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true } }],
      "no-restricted-syntax": ["error", wholeZod, message, ...ambient],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.entries(forbidden).map(([folder, row]) => layer([`${folder}/**/*.ts`], row)),
  ...Object.entries(exceptions).map(([glob, row]) => layer([glob], row)),
  ...Object.values(onlyImportedBy).map((owners) => ({
    files: owners,
    rules: { "no-restricted-imports": "off" },
  })),
  { files: entryFiles, rules: { "no-restricted-syntax": ["error", wholeZod, message] } },
  {
    files: ["extension/messages.ts"],
    rules: { "no-restricted-syntax": ["error", wholeZod, ...ambient] },
  },
  {
    files: [
      "scripts/**/*.ts",
      "test/**/*.ts",
      "bench/**/*.ts",
      "server/cli.ts",
      "server/commands/**/*.ts",
      "org/main.ts",
    ],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },
);
