import { html, nothing } from "lit";
import type { SyncBatch, SyncState } from "../../protocol/sync.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { actionButton } from "../parts/actions.ts";
import "../parts/explained.ts";
import type { Sharing } from "../state.ts";
import { fileOf } from "./fileName.ts";

/** How sharing stands: what waits, left and was refused, which folders are work, and how to end it. */
export function sharingCard(from: EventTarget, language: Language, sharing: Sharing | undefined) {
  const { text } = language;
  return html`<section class="card what sharing" aria-labelledby="sharing">
    <h2 id="sharing">${text.sharing.title}</h2>
    ${sharing ? standing(from, language, sharing) : html`<p class="small">${text.data.noAnswer}</p>`}
  </section>`;
}

function standing(from: EventTarget, language: Language, { state, batches, next }: Sharing) {
  const { text, plural, count, fill, moment } = language;
  const { sharing } = text;
  const { consent, isForbidden, pendingDeletions } = state;
  const deletions =
    pendingDeletions === 0
      ? nothing
      : html`<p class="small">${plural(sharing.deletions, pendingDeletions)}</p>`;
  if (!consent) {
    return html`<p>${isForbidden ? sharing.forbidden : sharing.none}</p>
      ${deletions}
      ${isForbidden ? nothing : html`<div class="buttons">${actionButton(from, language, "joinOrganisation")}</div>`}`;
  }
  const isPaused = consent.stoppedBy === "paused";
  const counts = [
    [
      consent.mode === "sink" ? sharing.counts.waitingEditsSink : sharing.counts.waitingEdits,
      consent.waitingEdits,
    ],
    [sharing.counts.waiting, consent.waitingBatches],
    [sharing.counts.sent, consent.sentBatches],
    [sharing.counts.refused, consent.refusedBatches],
  ] as const;
  const behind = {
    meaning: sharing.countsMeaning,
    window: fill(sharing.countsSince, { moment: moment(consent.givenAt) }),
    sample: plural(sharing.countsSample, batches.length),
  };
  return html`<p dir="auto">${withWhom(language, consent)}</p>
    <p class="small" role="status">
      ${consent.stoppedBy === null ? sharing.agrees : sharing.stopped[consent.stoppedBy]}
    </p>
    ${deletions} ${newFields(language, consent.newFields)}
    <dl class="counts">
      ${counts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>
              <kept-explained
                .language=${language}
                .definition=${{ name, ...behind }}
                text=${count(value)}
              ></kept-explained>
            </dd>
          </div>`,
      )}
    </dl>
    ${folders(from, language, state)} ${nextBatches(language, next, consent.mode)}
    ${sentBatches(language, batches)}
    <div class="buttons">
      ${consent.newFields.length > 0 ? actionButton(from, language, "joinOrganisation", true) : nothing}
      ${actionButton(from, language, isPaused ? "resumeSharing" : "pauseSharing")}
      ${actionButton(from, language, "showSent")} ${actionButton(from, language, "leaveOrganisation")}
    </div>`;
}

function withWhom({ text, fill, moment }: Language, { endpoint, mode, team, givenAt }: Consent): string {
  const { sharing } = text;
  const values = { sender: new URL(endpoint).host, moment: moment(givenAt) };
  if (mode === "sink") return fill(sharing.toSink, values);
  return team === null ? fill(sharing.withoutTeam, values) : fill(sharing.withTeam, { ...values, team });
}

type Consent = NonNullable<SyncState["consent"]>;

function newFields({ text }: Language, fields: Consent["newFields"]) {
  if (fields.length === 0) return nothing;
  return html`<h3>${text.sharing.newFields}</h3>
    <ul>
      ${fields.map(({ name, meaning }) => html`<li><code>${name}</code> ${meaning}</li>`)}
    </ul>`;
}

function folders(from: EventTarget, { text, fill }: Language, state: SyncState) {
  const { sharing } = text;
  const reasons =
    state.consent?.mode === "sink" ? { ...sharing.because, ...sharing.becauseSink } : sharing.because;
  return html`<h3>${sharing.folders}</h3>
    <p class="small">${sharing.foldersWhy}</p>
    ${
      state.folders.length === 0
        ? html`<p class="small">${sharing.noFolder}</p>`
        : html`<ul class="folders">
            ${state.folders.map(({ uri, isWork, because }) => {
              const folder = fileOf(uri).name;
              const button = (mark: "work" | "private" | "asListed", name: string) =>
                html`<button
                  class="quiet"
                  aria-label=${fill(name, { folder })}
                  @click=${() => act(from, { type: "markFolder", mark: { folder: uri, mark } })}
                >
                  ${sharing.mark[mark]}
                </button>`;
              return html`<li>
                <span dir="auto" title=${uri}>${folder}</span>
                <span class="small">${isWork ? sharing.work : sharing.private}, ${reasons[because]}</span>
                ${
                  because === "policy"
                    ? nothing
                    : html`${isWork ? button("private", sharing.markPrivate) : button("work", sharing.markWork)}
                      ${because === "person" ? button("asListed", sharing.markAsListed) : nothing}`
                }
              </li>`;
            })}
          </ul>`
    }`;
}

function nextBatches({ text }: Language, next: readonly string[], mode: Consent["mode"]) {
  const { sharing } = text;
  return html`<h3>${sharing.next}</h3>
    <p class="small">
      ${next.length === 0 ? sharing.nextNone : mode === "sink" ? sharing.nextWhySink : sharing.nextWhy}
    </p>
    ${next.map((batch) => payload(sharing.next, batch))}`;
}

function sentBatches(language: Language, batches: readonly SyncBatch[]) {
  const { text, fill, plural, moment, week: days } = language;
  const { sharing } = text;
  return html`<h3>${sharing.batches}</h3>
    ${
      batches.length === 0
        ? html`<p class="small">${sharing.batchesNone}</p>`
        : batches.map(({ week, state, endedAt, records, reason, text: bytes }) => {
            const name = fill(sharing.batch, { week: days(week), state: sharing.states[state] });
            const when = endedAt === null ? "" : ` ${fill(sharing.on, { moment: moment(endedAt) })}`;
            return html`${payload(`${name}${when}, ${plural(sharing.records, records)}`, pretty(bytes))}
            ${reason === "" ? nothing : html`<p class="small" dir="auto">${reason}</p>`}`;
          })
    }`;
}

function payload(name: string, text: string) {
  return html`<details>
    <summary>${name}</summary>
    <pre tabindex="0" role="region" aria-label=${name} dir="ltr">${text}</pre>
  </details>`;
}

/** What is no JSON is shown as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
