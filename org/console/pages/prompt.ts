import * as z from "zod";
import type { AppParts } from "../../app.ts";
import { dateOf } from "../../ingest/isoWeek.ts";
import { digestOf, itemOf, whyNotApproved } from "../coaching/approval.ts";
import { livePreview, previewOf } from "../coaching/preview.ts";
import {
  audienceWords,
  emptyForm,
  formOf,
  itemFrom,
  promptFormSchema,
  promptLists,
  type Complaints,
  type PromptForm,
} from "../coaching/promptFields.ts";
import { promptForm } from "../coaching/promptForm.ts";
import type { PromptState, StoredPrompt } from "../coaching/prompts.ts";
import { html, type Html } from "../html.ts";
import { readSetting } from "../settings/readSettings.ts";
import type { Outcome, Page, Site, Visit } from "../site.ts";

export const stateWords: Readonly<Record<PromptState, string>> = {
  draft: "Draft",
  proposed: "Waits for a second person",
  approved: "Approved",
  retired: "Retired",
};

const changedMeanwhile: Outcome = {
  complaints: [
    {
      field: "seen",
      words: "Somebody changed this prompt meanwhile. Open it again and look at what it says now.",
    },
  ],
};

/** One prompt: read, written, proposed and approved. */
export function addPromptPages(site: Site, parts: Pick<AppParts, "store" | "host" | "console">): void {
  const { store, host } = parts;
  // Editors name whoever sent a prompt by the host of the address they joined at.
  const { publicUrl } = parts.console;
  const sender = publicUrl === undefined ? "this service" : new URL(publicUrl).host;
  /** Somebody with a key and an account of the provider's would be two people. */
  const isUnvouched = async ({ author }: StoredPrompt, { account }: Visit) => {
    if (parts.console.provider === undefined) return false;
    const writer = (await store.accounts()).find((each) => each.account === author);
    return account.subject === null || writer?.subject == null;
  };
  const find = async ({ query }: Visit) => {
    const asked = z.uuidv4().safeParse(query.get("prompt"));
    return asked.success ? await store.prompt(asked.data) : undefined;
  };
  const teams = async () => (await store.teamSizes()).map(({ team }) => team);

  const writing = async (visit: Visit, form: PromptForm, complaints?: Complaints): Promise<Page> => {
    const wrong = Object.entries(complaints ?? {}).map(([field, words]) => ({ field, words }));
    const isEmpty = wrong.length === 0;
    return {
      title: "Coaching",
      embeds: true,
      status: isEmpty ? 200 : 400,
      complaints: wrong,
      body: html`<div class="beside">
          <section aria-labelledby="writing">
            <h2 id="writing">${form.prompt === "" ? "Write a prompt" : "Change a prompt"}</h2>
            ${isEmpty ? html`` : html`<p class="complaint" role="alert">▲ Not saved: see beside the fields.</p>`}
            ${promptForm(visit, form, await teams(), complaints)}
          </section>
          <section aria-labelledby="preview-heading">
            <h2 id="preview-heading">How it looks</h2>
            ${livePreview(sender)}
            <iframe
              data-without-script
              name="preview"
              src="/coaching/preview?prompt=${form.prompt}"
              title="How editors show it"
            ></iframe>
          </section>
        </div>
        <p><a href="/coaching">Back to coaching</a></p>`,
    };
  };

  site.page("/coaching/write", "writePrompts", async (visit) => {
    const prompt = await find(visit);
    return writing(
      visit,
      prompt === undefined ? emptyForm(visit.today) : formOf(itemOf(prompt), digestOf(prompt)),
    );
  });

  site.page("/coaching/preview", "readPrompts", async (visit) => {
    const prompt = await find(visit);
    return {
      title: "Preview",
      frame: true,
      body:
        prompt === undefined
          ? html`<p class="quiet">Write something, then press Show in the editor.</p>`
          : previewOf(itemOf(prompt), sender),
    };
  });

  site.form(
    "/coaching/preview",
    "writePrompts",
    { schema: promptFormSchema, lists: promptLists },
    (_visit, form) => {
      const read = itemFrom(form, form.prompt === "" ? host.id() : form.prompt);
      return Promise.resolve({
        title: "Preview",
        frame: true,
        body: read.ok
          ? previewOf(read.item, sender)
          : html`<ul class="complaint" role="alert">
              ${Object.entries(read.complaints).map(([field, words]) => html`<li>${field}: ${words}</li>`)}
            </ul>`,
      });
    },
  );

  site.form(
    "/coaching/save",
    "writePrompts",
    { schema: promptFormSchema, lists: promptLists },
    async (visit, form) => {
      const read = itemFrom(form, form.prompt === "" ? host.id() : form.prompt);
      if (!read.ok) return await writing(visit, form, read.complaints);
      const { item } = read;
      if (item.audience.kind === "team" && !(await teams()).includes(item.audience.team)) {
        return await writing(visit, form, { audience: "there is no such team" });
      }
      const before = form.prompt === "" ? undefined : await store.prompt(form.prompt);
      if (form.prompt !== "" && (before === undefined || digestOf(before) !== form.seen)) {
        return changedMeanwhile;
      }
      const put: StoredPrompt = {
        ...{ prompt: item.id, state: "draft", author: visit.account.account, approver: null },
        ...{ firstDay: item.from ?? dateOf(visit.today), lastDay: item.until ?? dateOf(visit.today) },
        ...{ item: JSON.stringify(item), publishedIn: before?.publishedIn ?? null },
      };
      const isPut = await store.putPrompt(put, before, visit.entry("promptSaved", subjectOf(put)));
      return isPut ? { go: `/coaching/prompt?prompt=${put.prompt}` } : changedMeanwhile;
    },
  );

  site.page("/coaching/prompt", "readPrompts", async (visit) => {
    const prompt = await find(visit);
    if (prompt === undefined) return { title: "Coaching", status: 404, body: unknown };
    const { secondPerson } = await readSetting(store, "coaching");
    const names = new Map((await store.accounts()).map(({ account, name }) => [account, name]));
    return {
      title: "Coaching",
      body: html`${facts(prompt, names)}
        <section aria-labelledby="preview-heading">
          <h2 id="preview-heading">How it looks</h2>
          ${previewOf(itemOf(prompt), sender)}
        </section>
        ${actsOn(prompt, visit, secondPerson, await isUnvouched(prompt, visit))}
        <p><a href="/coaching">Back to coaching</a></p>`,
    };
  });

  const change = (
    path: string,
    needs: "writePrompts" | "approvePrompts",
    next: (
      prompt: StoredPrompt,
      visit: Visit,
      asked: { readonly secondPerson: boolean; readonly isUnvouched: boolean },
    ) => StoredPrompt | string,
    act: "promptProposed" | "promptApproved",
  ) =>
    site.form(
      path,
      needs,
      { schema: z.object({ prompt: z.uuidv4(), seen: z.string() }) },
      async (visit, { prompt, seen }) => {
        const before = await store.prompt(prompt);
        if (before === undefined || digestOf(before) !== seen) return changedMeanwhile;
        const { secondPerson } = await readSetting(store, "coaching");
        const put = next(before, visit, {
          secondPerson,
          isUnvouched: await isUnvouched(before, visit),
        });
        if (typeof put === "string") return { complaints: [{ field: "prompt", words: put }] };
        const isPut = await store.putPrompt(put, before, visit.entry(act, subjectOf(put)));
        return isPut ? { go: `/coaching/prompt?prompt=${prompt}` } : changedMeanwhile;
      },
    );

  change(
    "/coaching/propose",
    "writePrompts",
    (prompt) =>
      prompt.state === "draft" ? { ...prompt, state: "proposed" } : "Only a draft can be proposed.",
    "promptProposed",
  );

  change(
    "/coaching/approve",
    "approvePrompts",
    (prompt, { account }, { secondPerson, isUnvouched: isNotKnown }) =>
      whyNotApproved(prompt, account.account, secondPerson, isNotKnown) ?? {
        ...prompt,
        ...{ state: "approved", approver: account.account },
      },
    "promptApproved",
  );
}

/** What the log says of a prompt: how it begins. */
export function subjectOf(prompt: Pick<StoredPrompt, "item" | "prompt">): string {
  const { texts, defaultLocale } = itemOf(prompt);
  const text = texts[defaultLocale] ?? "";
  return `${text.length > 80 ? `${text.slice(0, 79)}…` : text} (${prompt.prompt})`;
}

const unknown = html`<section>
  <h2>There is no such prompt</h2>
  <p><a href="/coaching">Back to coaching</a></p>
</section>`;

function facts(prompt: StoredPrompt, names: ReadonlyMap<string, string>): Html {
  const { author, approver, firstDay, lastDay, publishedIn, state } = prompt;
  const { audience, contact, when } = itemOf(prompt);
  const nameOf = (account: string | null) =>
    account === null ? "nobody yet" : (names.get(account) ?? "somebody who has no account any more");
  const pairs: readonly (readonly [string, string])[] = [
    ["State", stateWords[state]],
    ["For", audienceWords(audience)],
    ["Shown", `${firstDay} to ${lastDay}`],
    ...(when === undefined ? [] : [["While", when] as const]),
    ["Ask", contact],
    ["Written by", nameOf(author)],
    ["Approved by", nameOf(approver)],
    ["First published", publishedIn === null ? "not yet" : `in bundle ${publishedIn}`],
  ];
  return html`<section aria-labelledby="prompt">
    <h2 id="prompt">A prompt</h2>
    <dl class="facts">
      ${pairs.map(
        ([term, words]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function actsOn(prompt: StoredPrompt, visit: Visit, secondPerson: boolean, isUnvouched: boolean): Html {
  const { allows, formField, account } = visit;
  const form = (path: string, words: string, isFirst = false) =>
    html`<form method="post" action="${path}">
      ${formField}
      <input type="hidden" name="prompt" value="${prompt.prompt}" />
      <input type="hidden" name="seen" value="${digestOf(prompt)}" />
      <button class="${isFirst ? "primary" : ""}">${words}</button>
    </form>`;
  const why = whyNotApproved(prompt, account.account, secondPerson, isUnvouched);
  const isOpen = prompt.state !== "retired";
  const offers = [
    ...(allows("writePrompts") && secondPerson && prompt.state === "draft"
      ? [form("/coaching/propose", "Propose to a second person", true)]
      : []),
    ...(allows("approvePrompts") && why === undefined ? [form("/coaching/approve", "Approve", true)] : []),
    ...(allows("writePrompts")
      ? [html`<a class="button" href="/coaching/write?prompt=${prompt.prompt}">Change</a>`]
      : []),
    ...(allows("writePrompts") && isOpen ? [form("/coaching/retire", "Retire")] : []),
  ];
  return html`<section aria-labelledby="acts">
    <h2 id="acts">What to do with it</h2>
    ${
      allows("approvePrompts") && why !== undefined && isOpen && prompt.state !== "approved"
        ? html`<p class="quiet">${why}</p>`
        : html``
    }
    ${
      offers.length === 0
        ? html`<p class="quiet">Your role sees this and cannot change it.</p>`
        : html`<div class="acts">${offers}</div>`
    }
    <p class="quiet">A change makes it a draft again: what is in force stays until the next bundle.</p>
  </section>`;
}
