import { reportMarkdown } from "../../core/report/report.ts";
import type { EditsBehind, EditsQuestion } from "../../protocol/editsBehind.ts";
import type { Question, Summary } from "../../protocol/summary.ts";
import type { RequestHandlers } from "../requests.ts";

interface Numbers {
  /** Commits what there is, so that the answer knows of it. */
  readonly flush: () => void;
  readonly summary: (question: Question, isCompared: boolean) => Promise<Summary>;
  readonly edits: (question: EditsQuestion) => EditsBehind;
}

/** Answers with numbers, and with the edits behind them. */
export function numberRequests({
  flush,
  summary,
  edits,
}: Numbers): Pick<RequestHandlers, "kept/summary" | "kept/edits" | "kept/report"> {
  return {
    "kept/summary": async ({ isCompared = false, ...question }) => {
      flush();
      return { ok: true, value: await summary(question, isCompared) };
    },
    "kept/edits": (question) => {
      flush();
      return Promise.resolve({ ok: true, value: edits(question) });
    },
    "kept/report": async ({ days }) => {
      flush();
      return { ok: true, value: { markdown: reportMarkdown(await summary({ days, scope: "all" }, true)) } };
    },
  };
}
