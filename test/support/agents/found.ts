import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import type { ToolEdit, ToolRequest } from "../../../core/tools/toolRecords.ts";

/** What a reader found in a file of records. */
export class Found {
  readonly edits: ToolEdit[] = [];
  readonly requests: ToolRequest[] = [];
  readonly allowances: AllowanceWindow[] = [];
  readonly problems: string[] = [];

  edit(edit: ToolEdit): void {
    this.edits.push(edit);
  }
  request(request: ToolRequest): void {
    this.requests.push(request);
  }
  allowance(window: AllowanceWindow): void {
    this.allowances.push(window);
  }
  problem(line: number, reason: string): void {
    this.problems.push(`${line}: ${reason}`);
  }
  /** The edits that the tool says it made, in short. */
  get made(): unknown[] {
    return this.edits
      .filter(({ outcome }) => outcome !== "proposed")
      .map(({ path: file, text, outcome, model }) => [file, outcome, model, text]);
  }
}
