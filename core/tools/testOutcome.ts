/** A command after which the status is another program's. */
const hidesStatus = /\|(?!\|)|\|\|\s*(?:true|echo|:)|;\s*(?:echo|true)\b/;
const failed =
  /\b[1-9]\d*\s+(?:tests?\s+)?(?:failed|failing|failures?|errors?)\b|^(?:FAIL|FAILED|not ok)\b|\bFAILED\b/m;
const passed = /\b\d+\s+(?:tests?\s+)?(?:passed|passing|ok)\b|^(?:PASS|ok)\b|\btest result: ok\b/m;

/** Whether a test run passed; undefined where nobody can tell, because its status is hidden and it printed nothing that is known. */
export function testOutcome(run: {
  readonly command: string;
  /** By its status; undefined where that is not told. */
  readonly isSuccess: boolean | undefined;
  readonly output: string | undefined;
}): "passed" | "failed" | undefined {
  if (run.isSuccess === false) return "failed";
  if (run.isSuccess && !hidesStatus.test(run.command)) return "passed";
  const output = run.output ?? "";
  if (failed.test(output)) return "failed";
  return passed.test(output) ? "passed" : undefined;
}
