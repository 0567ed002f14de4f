import type { Agent } from "./agent.ts";
import { amp } from "./amp.ts";
import { claudeCode } from "./claudeCode.ts";
import { claudeDesktop } from "./claudeDesktop.ts";
import { cline } from "./cline.ts";
import { codex } from "./codex.ts";
import { continueDev } from "./continueDev.ts";
import { copilotChat } from "./copilotChat.ts";
import { copilotEditing } from "./copilotEditing.ts";
import { copilotCli } from "./copilotCli.ts";
import { cursor } from "./cursor.ts";
import { cursorState } from "./cursorState.ts";
import { droid } from "./droid.ts";
import { geminiCli } from "./geminiCli.ts";
import { openCode } from "./openCode.ts";
import { windsurf } from "./windsurf.ts";

/** Every tool whose own records are read; one that keeps them in several ways may be here several times. */
export const agents: readonly Agent[] = [
  amp,
  claudeCode,
  claudeDesktop,
  cline,
  codex,
  continueDev,
  copilotChat,
  copilotEditing,
  copilotCli,
  cursor,
  cursorState,
  droid,
  geminiCli,
  openCode,
  windsurf,
];
