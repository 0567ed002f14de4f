import { isOfTool } from "../hooks/payload.ts";
import { longestRecord } from "../hooks/shim.ts";
import type { HookSpool } from "../hooks/spool.ts";
import { done, type CommandResult } from "./usage.ts";

export interface HookOptions {
  readonly spool: HookSpool;
  readonly now: () => number;
  readonly uuid: () => string;
  /** All of the standard input. */
  readonly readInput: () => Uint8Array;
}

/** `kept hook TOOL`: what the shim does, for whoever calls this instead. Whatever happens, it ends with 0. */
export function hookCommand([tool = "agent"]: readonly string[], options: HookOptions): CommandResult {
  try {
    const payload = options.readInput();
    const isSound = /^[a-z0-9-]+$/.test(tool) && payload.length <= longestRecord;
    if (isSound && isOfTool(tool, payload)) options.spool.leave(tool, payload, options.now(), options.uuid());
  } catch {
    // Whoever calls a hook is never told of its failure.
  }
  return done("");
}
