import { html } from "lit";
import type { TeamRow, TeamShare } from "../../core/organisation/teamNumbers.ts";
import { hiddenSentences } from "../../protocol/protection.ts";
import { originKindSchema } from "../../protocol/origin.ts";
import type { Language } from "../language.ts";
import { properName } from "../origins.ts";

/** A share, or that it is hidden, with the reason where a pointer rests and for whoever listens. */
export function shareText(language: Language, share: TeamShare) {
  const { team } = language.text;
  if (share.state === "shown") return html`${language.percent(share.share)}`;
  if (share.state === "nothing") return html`${team.none}`;
  const why = hiddenSentences[share.why];
  return html`<span title=${why}>${team.hidden}<span class="unseen">: ${why}</span></span>`;
}

/** A week by its days; its ISO name, which the service's exports have, where a pointer rests. */
export function weekName(language: Language, week: string) {
  return html`<span title=${week}>${language.week(week)}</span>`;
}

export function rowName(language: Language, { measure, column }: TeamRow): string {
  const { names } = language.text.team;
  if (measure === "aiShare") return names.aiShare;
  return column === null ? names.kept : language.fill(names.keptOf, { column: columnName(language, column) });
}

function columnName({ text }: Language, column: string): string {
  const kind = originKindSchema.safeParse(column);
  return kind.success ? text.kinds[kind.data] : properName(column);
}
