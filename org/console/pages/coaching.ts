import * as z from "zod";
import { bundleLimits, type Bundle } from "../../../protocol/bundle.ts";
import type { AppParts } from "../../app.ts";
import { renewedBeforeDays } from "../../bundles/renewBundle.ts";
import { digestOf, itemOf } from "../coaching/approval.ts";
import { audienceWords } from "../coaching/promptFields.ts";
import type { StoredPrompt } from "../coaching/prompts.ts";
import { createPublisher } from "../coaching/publisher.ts";
import { head, table } from "../charts.ts";
import { html, type Html } from "../html.ts";
import { readSetting } from "../settings/readSettings.ts";
import type { Site, Visit } from "../site.ts";
import { stateWords, subjectOf } from "./prompt.ts";

const daysError = { error: `expected 1 to ${bundleLimits.days} days` };
const daysSchema = z.object({
  days: z
    .string(daysError)
    .regex(/^\s*\d{1,3}\s*$/, daysError)
    .transform(Number)
    .pipe(z.number().min(1, daysError).max(bundleLimits.days, daysError)),
});

const changedMeanwhile = {
  complaints: [{ field: "seen", words: "Somebody changed this prompt meanwhile. Open it again." }],
};

/** What is written, what is in force, and how one becomes the other. */
export function addCoachingPages(
  site: Site,
  parts: Pick<AppParts, "store" | "host" | "promises" | "console">,
): void {
  const { store, promises } = parts;
  const publisher = createPublisher(parts);

  site.page("/coaching", "readPrompts", async (visit) => {
    const [prompts, inForce, next] = [
      await store.prompts(),
      await publisher.inForce(),
      await publisher.next(),
    ];
    const { secondPerson, renews } = await readSetting(store, "coaching");
    const ending = { now: visit.now, isRenewed: renews && publisher.canSign() };
    return {
      title: "Coaching",
      body: html`${inForcePart(inForce, ending)} ${promptsPart(prompts, inForce, visit)}
      ${visit.allows("publishPrompts") ? publishPart(visit, next, inForce, publisher.canSign()) : html``}
      ${keysPart(promises.keys(), promises.signatures, publisher.canSign(), secondPerson)}`,
    };
  });

  site.form("/coaching/publish", "publishPrompts", { schema: daysSchema }, async (visit, { days }) => {
    const outcome = await publisher.publish(days, (subject) => visit.entry("promptsPublished", subject));
    return outcome.ok ? { go: "/coaching" } : { complaints: [{ words: outcome.reason }] };
  });

  site.form("/coaching/export", "publishPrompts", { schema: daysSchema }, async (visit, { days }) => {
    const draft = await publisher.draft(days);
    if (!draft.ok) return { complaints: [{ words: draft.reason }] };
    const { sequence } = draft.bundle;
    await store.note(visit.entry("bundleExported", `bundle ${sequence}, to be signed elsewhere`));
    return {
      file: {
        name: `kept-bundle-${sequence}.json`,
        mediaType: "application/json",
        content: JSON.stringify(draft.bundle),
      },
    };
  });

  site.form(
    "/coaching/signed",
    "publishPrompts",
    { schema: z.object({ envelope: z.string().trim().min(1, { error: "is needed" }) }) },
    async (visit, { envelope }) => {
      const outcome = await publisher.take(envelope, (subject) => visit.entry("promptsPublished", subject));
      return outcome.ok
        ? { go: "/coaching" }
        : { complaints: [{ field: "envelope", words: outcome.reason }] };
    },
  );

  site.form(
    "/coaching/retire",
    "writePrompts",
    { schema: z.object({ prompt: z.uuidv4(), seen: z.string() }) },
    async (visit, { prompt, seen }) => {
      const before = await store.prompt(prompt);
      if (before === undefined || digestOf(before) !== seen) {
        return changedMeanwhile;
      }
      const retired: StoredPrompt = { ...before, state: "retired" };
      if (!(await store.putPrompt(retired, before, visit.entry("promptRetired", subjectOf(before))))) {
        return changedMeanwhile;
      }
      const outcome = await publisher.without(prompt, (subject) =>
        visit.entry("promptsPublished", `${subject}, without one that was retired`),
      );
      return outcome?.ok === false ? { complaints: [{ words: outcome.reason }] } : { go: "/coaching" };
    },
  );
}

const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function inForcePart(
  bundle: Bundle | undefined,
  { now, isRenewed }: { readonly now: number; readonly isRenewed: boolean },
): Html {
  const daysLeft = bundle === undefined ? 0 : Math.floor((bundle.expiresAt - now) / dayMs);
  return html`<section aria-labelledby="in-force">
    <h2 id="in-force">In force</h2>
    ${
      bundle === undefined
        ? html`<p>Nothing is published: editors show no prompt of yours.</p>`
        : html`<p>
              Bundle ${bundle.sequence} with ${bundle.items.length}
              ${bundle.items.length === 1 ? "prompt" : "prompts"}, from ${dayOf(bundle.issuedAt)} to
              ${dayOf(bundle.expiresAt)}.
              ${
                isRenewed
                  ? `The service signs it anew ${renewedBeforeDays} days before, without what is over by then.`
                  : "Then editors show none of it any more, unless it is published again."
              }
            </p>
            ${
              !isRenewed && daysLeft <= renewedBeforeDays
                ? html`<p class="complaint">
                    ▲ It ends in
                    ${daysLeft < 1 ? "less than a day" : daysLeft === 1 ? "a day" : `${daysLeft} days`}:
                    publish again below.
                  </p>`
                : html``
            }`
    }
  </section>`;
}

function promptsPart(prompts: readonly StoredPrompt[], inForce: Bundle | undefined, visit: Visit): Html {
  const published = new Set((inForce?.items ?? []).map(({ id }) => id));
  return html`<section aria-labelledby="prompts">
    <h2 id="prompts">Prompts</h2>
    ${
      prompts.length === 0
        ? html`<p>None is written yet.</p>`
        : table(
            "prompts",
            ["Says", "For", "From", "To", "State"].map(head),
            prompts.map((prompt) => promptRow(prompt, published.has(prompt.prompt))),
          )
    }
    <p class="acts">
      ${visit.allows("writePrompts") ? html`<a class="button primary" href="/coaching/write">Write a prompt</a>` : html``}
      <a href="/coaching/effect">Reach, effect, and what the next one could be about</a>
    </p>
  </section>`;
}

const shownChars = 90;

function promptRow(prompt: StoredPrompt, isInForce: boolean): Html {
  const { texts, defaultLocale, audience, when } = itemOf(prompt);
  const text = texts[defaultLocale] ?? "";
  return html`<tr>
    <th scope="row" class="says">
      <a href="/coaching/prompt?prompt=${prompt.prompt}" dir="auto"
        >${text.length > shownChars ? `${text.slice(0, shownChars)}…` : text}</a
      >
    </th>
    <td>${audienceWords(audience)}${when === undefined ? "" : ", while a condition holds"}</td>
    <td class="when">${prompt.firstDay}</td>
    <td class="when">${prompt.lastDay}</td>
    <td>${stateWords[prompt.state]}${isInForce ? ", in force" : ""}</td>
  </tr>`;
}

function publishPart(
  { formField }: Visit,
  next: readonly StoredPrompt[],
  inForce: Bundle | undefined,
  canSign: boolean,
): Html {
  const coming = new Set(next.map(({ prompt }) => prompt));
  const ending = (inForce?.items ?? []).filter(({ id }) => !coming.has(id)).length;
  const days = html`<label for="days">For days, 1 to ${bundleLimits.days}</label>
    <input id="days" name="days" inputmode="numeric" value="${bundleLimits.days}" required />`;
  return html`<section aria-labelledby="publish">
    <h2 id="publish">Publish</h2>
    <p>
      The next bundle takes the place of what is in force. It holds every approved prompt that is not over:
      ${next.length === 0 ? "none yet" : next.length}${ending === 0 ? "" : `; ${ending} that ${ending === 1 ? "is" : "are"} in force now would end`}.
    </p>
    ${
      canSign
        ? html`<form method="post" action="/coaching/publish" class="short">
            ${formField} ${days}
            <button class="primary">Sign and publish</button>
          </form>`
        : html`<p class="quiet">
              The keys are not kept with this service. Save the bundle, sign it where they are with
              <code>kept-org keys --sign FILE</code>, and bring back what it prints.
            </p>
            <form method="post" action="/coaching/export" class="short">
              ${formField} ${days}
              <button>Save the next bundle</button>
            </form>
            <form method="post" action="/coaching/signed">
              ${formField}
              <label for="envelope">What was printed</label>
              <textarea id="envelope" name="envelope" rows="4" required></textarea>
              <button class="primary">Publish what was signed</button>
            </form>`
    }
  </section>`;
}

function keysPart(
  keys: readonly { readonly id: string }[],
  needed: number,
  canSign: boolean,
  secondPerson: boolean,
): Html {
  return html`<section aria-labelledby="keys">
    <h2 id="keys">Who vouches for it</h2>
    <p>
      ${
        secondPerson
          ? "A second person approves each prompt."
          : "Whoever wrote a prompt may approve it: no second person is asked for."
      }
      ${needed} ${needed === 1 ? "key has" : "keys have"} to sign.
      ${canSign ? "The service was given what it needs to sign." : "They are kept elsewhere."}
    </p>
    ${
      keys.length === 0
        ? html`<p class="complaint">
            ▲ No key is known: editors believe nothing. <code>kept-org keys --new</code> makes one.
          </p>`
        : html`<ul class="keys">
            ${keys.map(({ id }) => html`<li><code>${id}</code></li>`)}
          </ul>`
    }
    <p class="quiet">
      Editors pin keys when they join. Each bundle names the keys that count from then on, and editors that
      know the newest of those before take them over. To change a key, add the new one, publish with both, and
      take the old one away when nobody can have missed it: after 90 days, or at once if it was stolen.
    </p>
  </section>`;
}
