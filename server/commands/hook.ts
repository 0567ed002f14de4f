import { anyTool } from "../hooks/anyTool.ts";
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

const notTaken = `kept: this was not taken in, because no tool is connected. Run kept connect ${anyTool.tool} once.\n`;

/** `kept hook TOOL`: what the shim does, for whoever calls this instead. Whatever happens, it ends with 0. */
export function hookCommand([tool = anyTool.tool]: readonly string[], options: HookOptions): CommandResult {
  try {
    const payload = options.readInput();
    const isSound = /^[a-z0-9-]+$/.test(tool) && payload.length <= longestRecord;
    if (isSound && isOfTool(tool, payload)) options.spool.leave(tool, payload, options.now(), options.uuid());
    // Whoever writes such a call wants to know; a tool that was disconnected while it runs goes on in peace.
    if (tool === anyTool.tool && !options.spool.isOpen) return { ...done(""), stderr: notTaken };
  } catch {
    // Whoever calls a hook is never told of its failure.
  }
  return done("");
}
