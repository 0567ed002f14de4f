import type { ToldBy } from "../../../../core/origin/toldEvidence.ts";
import type { ToolEdit, ToolText } from "../../../../core/tools/toolRecords.ts";
import { type Desk, uri } from "../desk.ts";

export function record(text: ToolText, more: Partial<ToolEdit> = {}): ToolEdit {
  return {
    tool: "claude-code",
    mode: "agent",
    model: undefined,
    session: "session-1",
    call: "call-1",
    at: 1000,
    path: "/work/a.ts",
    text,
    outcome: "applied",
    ...more,
  };
}

export function replaced(from: string, to: string, more: Partial<ToolEdit> = {}): ToolEdit {
  return record({ kind: "pieces", pieces: [{ before: from, after: to }] }, more);
}

export function tell(desk: Desk, told: ToolEdit, by: ToldBy = "hook"): void {
  desk.ledger.tell([uri], told, by);
}
