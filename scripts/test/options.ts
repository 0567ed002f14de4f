import { parseArgs } from "node:util";

export const suiteNames = ["check", "unit", "wire", "panel", "org", "host", "faults", "privacy"] as const;

/** At length, what the others try in short: half an hour and more. */
const onlyWhenNamed: readonly SuiteName[] = ["faults", "privacy"];

export type SuiteName = (typeof suiteNames)[number];

export interface TestOptions {
  /** All of them, when none was named. */
  readonly suites: readonly SuiteName[];
  /** Test files, instead of all the suite has. */
  readonly files: readonly string[];
  /** Runs only tests whose full title matches. */
  readonly grep: string | undefined;
  /** Names each test as it ends. */
  readonly verbose: boolean;
  readonly desktop: DesktopOptions | undefined;
}

/** The host suites in a desktop VS Code: one that is installed, or one that is downloaded. */
export interface DesktopOptions {
  readonly executable: string | undefined;
  /** A version number, `minimum` for the oldest that Kept supports, `stable` or `insiders`. */
  readonly version: string;
}

const usage = `npm test                          everything
npm run check | test:unit | test:wire | test:panel | test:org | test:host | test:faults | test:privacy
    -- [FILE …] [--grep PATTERN] [--verbose]
npm run test:host -- --electron [--executable PATH | --vscode VERSION|minimum|stable|insiders]`;

export function readOptions(args: readonly string[]): TestOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      grep: { type: "string" },
      verbose: { type: "boolean", default: false },
      electron: { type: "boolean", default: false },
      executable: { type: "string" },
      vscode: { type: "string", default: "stable" },
    },
  });
  const [first, ...files] = positionals;
  const suite = suiteNames.find((name) => name === first);
  if (first !== undefined && suite === undefined) throw new Error(`There is no suite ${first}.\n${usage}`);
  if (values.electron && suite !== "host") throw new Error(`--electron is for the host suite.\n${usage}`);
  return {
    suites: suite === undefined ? suiteNames.filter((name) => !onlyWhenNamed.includes(name)) : [suite],
    files,
    grep: values.grep,
    verbose: values.verbose,
    desktop: values.electron
      ? { executable: values.executable ?? process.env["KEPT_VSCODE_EXECUTABLE"], version: values.vscode }
      : undefined,
  };
}
