import path from "node:path";
import { root } from "../paths.ts";
import type { Flavour } from "./flavour.ts";

/** What the companion reads from its environment, whichever editor it runs in. */
export function companionEnvironment(resultFile: string, flavour: Flavour, grep: string | undefined) {
  return {
    KEPT_TEST_MOCHA: path.join(root, "node_modules", "mocha", "index.js"),
    KEPT_TEST_RESULT: resultFile,
    KEPT_TEST_FLAVOUR: flavour,
    ...(grep === undefined ? {} : { KEPT_TEST_GREP: grep }),
  };
}
