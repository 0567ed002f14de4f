import * as z from "zod";
import { toolSchema } from "../../../protocol/tool.ts";
import type { AppParts } from "../../app.ts";
import type { PermissionName } from "../../access/permissions.ts";
import { complaintsOf, lineSchema, linesOf } from "../form.ts";
import { head, table } from "../charts.ts";
import { html, type Html } from "../html.ts";
import { readSetting } from "../settings/readSettings.ts";
import {
  amountSchema,
  levels,
  repositoriesSchema,
  targeted,
  targetsSchema,
} from "../settings/settingFields.ts";
import {
  settingSchemas,
  tiers,
  type SettingName,
  type SettingValue,
  type Tier,
} from "../settings/settings.ts";
import { settingWords } from "../settings/settingWords.ts";
import type { Site, Visit } from "../site.ts";
import { toolWords } from "../toolWords.ts";

/** What the organisation aims at and approves of. Whoever may not change something sees it. */
export function addSettingsPages(site: Site, { store }: Pick<AppParts, "store">): void {
  site.page("/settings", "readSettings", async (visit) => ({
    title: "Settings",
    body: html`${organisationForm(visit, await readSetting(store, "organisation"))}
    ${targetsForm(visit, await readSetting(store, "targets"))}
    ${toolsForm(visit, await readSetting(store, "tools"))}
    ${repositoriesForm(visit, await readSetting(store, "repositories"))}
    ${budgetsForm(visit, await readSetting(store, "budgets"))}
    ${coachingForm(visit, await readSetting(store, "coaching"))}`,
  }));

  const addForm = <Name extends SettingName, Fields>(
    name: Name,
    needs: PermissionName,
    options: { readonly schema: z.ZodType<Fields>; readonly lists?: readonly string[] },
    valueOf: (fields: Fields) => SettingValue<Name>,
  ) =>
    site.form(`/settings/${name}`, needs, options, async (visit, fields) => {
      const value = settingSchemas[name].safeParse(valueOf(fields));
      if (!value.success) return { complaints: complaintsOf(value.error) };
      const json = JSON.stringify(value.data);
      await store.setConsoleSetting(
        name,
        json,
        visit.entry("settingChanged", settingWords(name, value.data).slice(0, 1000)),
      );
      return { go: `/settings#${name}` };
    });

  addForm("organisation", "setTargets", { schema: z.object({ name: lineSchema(60) }) }, (fields) => fields);

  addForm("targets", "setTargets", { schema: targetsSchema }, (fields) =>
    Object.fromEntries(
      targeted.flatMap(({ id }) => {
        const [baseline = null, requirement = null, ceiling = null] = levels.map(
          (level) => fields[`${id} ${level}`] ?? null,
        );
        const isSet = baseline !== null || requirement !== null || ceiling !== null;
        return isSet ? [[id, { baseline, requirement, ceiling }]] : [];
      }),
    ),
  );

  addForm(
    "tools",
    "setTools",
    {
      schema: z.object({ says: z.enum(["nothing", "list"]), tool: z.array(toolSchema) }),
      lists: ["tool"],
    },
    ({ says, tool }) => ({ approved: says === "nothing" ? null : tool }),
  );

  addForm(
    "repositories",
    "setRepositories",
    {
      schema: repositoriesSchema,
    },
    (fields) =>
      (Object.keys(tiers) as Tier[]).flatMap((tier) =>
        linesOf(fields[tier] ?? "").map((remote) => ({ remote, tier })),
      ),
  );

  addForm(
    "budgets",
    "setBudgets",
    {
      schema: z.object({
        currency: z
          .string()
          .trim()
          .toUpperCase()
          .regex(/^[A-Z]{3}$/, { error: "expected three letters, such as EUR" }),
        monthly: amountSchema,
      }),
    },
    (fields) => ({ ...fields, teams: {} }),
  );

  addForm(
    "coaching",
    "setRules",
    {
      schema: z.object({ secondPerson: z.enum(["yes", "no"]), renews: z.enum(["yes", "no"]).default("no") }),
    },
    ({ secondPerson, renews }) => ({ secondPerson: secondPerson === "yes", renews: renews === "yes" }),
  );
}

function part(
  { allows, formField }: Visit,
  name: SettingName,
  needs: PermissionName,
  { title, about, fields }: { readonly title: string; readonly about: string; readonly fields: Html },
): Html {
  const may = allows(needs);
  return html`<section aria-labelledby="${name}">
    <h2 id="${name}">${title}</h2>
    <p class="quiet">${about}</p>
    <form method="post" action="/settings/${name}">
      ${may ? formField : html``}
      <fieldset ${may ? html`` : html`disabled`}>
        <legend class="hidden">${title}</legend>
        ${fields}
      </fieldset>
      ${may ? html`<button class="primary">Save ${title.toLowerCase()}</button>` : html`<p class="quiet">Your role sees this and cannot change it.</p>`}
    </form>
  </section>`;
}

function organisationForm(visit: Visit, { name }: SettingValue<"organisation">): Html {
  return part(visit, "organisation", "setTargets", {
    title: "Organisation",
    about: "How it is called on these pages.",
    fields: html`<label for="organisation-name">Name</label>
      <input id="organisation-name" name="name" value="${name}" maxlength="60" required />`,
  });
}

function targetsForm(visit: Visit, targets: SettingValue<"targets">): Html {
  const shown = (share: number | null | undefined) =>
    share === null || share === undefined ? "" : String(Math.round(share * 1000) / 10);
  return part(visit, "targets", "setTargets", {
    title: "Targets",
    about:
      "In percent. The requirement is what verdicts are given by; empty means the usual one, where there is one. The ceiling is what more would not be worth.",
    fields: html`${table(
      "targets",
      ["Metric", "Better is", "Baseline", "Requirement", "Ceiling"].map(head),
      targeted.map(
        ({ id, name, direction, target }) =>
          html`<tr>
            <th scope="row">${id} ${name}</th>
            <td>${direction}</td>
            ${levels.map(
              (level) =>
                html`<td>
                  <input
                    class="share"
                    name="${id} ${level}"
                    inputmode="decimal"
                    aria-label="${level} of ${name}"
                    value="${shown(targets[id]?.[level])}"
                    placeholder="${level === "requirement" ? shown(target) : ""}"
                  />
                </td>`,
            )}
          </tr>`,
      ),
    )}`,
  });
}

function toolsForm(visit: Visit, { approved }: SettingValue<"tools">): Html {
  const option = (value: string, words: string, isChosen: boolean) =>
    html`<label class="choice">
      <input type="radio" name="says" value="${value}" ${isChosen ? html`checked` : html``} /> ${words}
    </label>`;
  return part(visit, "tools", "setTools", {
    title: "Approved tools",
    about:
      "Editors of those who joined are told this list, and say to the person alone when a tool that is not on it wrote in a repository that is work. Nothing of that comes back.",
    fields: html`${option("nothing", "Say nothing about tools", approved === null)}
      ${option("list", "Approve these", approved !== null)}
      <div class="boxes">
        ${toolSchema.options.map(
          (tool) =>
            html`<label class="choice">
              <input
                type="checkbox"
                name="tool"
                value="${tool}"
                ${approved?.includes(tool) === true ? html`checked` : html``}
              />
              ${toolWords(tool)}
            </label>`,
        )}
      </div>`,
  });
}

function repositoriesForm(visit: Visit, repositories: SettingValue<"repositories">): Html {
  return part(visit, "repositories", "setRepositories", {
    title: "Repository tiers",
    about:
      "Patterns of remotes, one in a line, such as github.com/example/*; of several that fit, the one that asks for most care holds. Editors of those who joined compare them on their own machine: 20 AI lines in no commit ask for a second pair of eyes anywhere in code of the enhanced tier, nowhere in a sandbox, and in between where it is about sign-in, secrets, SQL, infrastructure or dependencies. No device says which of them it works in.",
    fields: html`${(Object.keys(tiers) as Tier[]).map(
      (tier) =>
        html`<label for="tier-${tier}">${tiers[tier]}</label>
          <textarea id="tier-${tier}" name="${tier}" rows="2">
${repositories
              .filter((each) => each.tier === tier)
              .map(({ remote }) => remote)
              .join("\n")}</textarea>`,
    )}`,
  });
}

function budgetsForm(visit: Visit, { currency, monthly }: SettingValue<"budgets">): Html {
  return part(visit, "budgets", "setBudgets", {
    title: "Budgets",
    about: "For everybody together, in a calendar month.",
    fields: html`<div class="fields">
      <div>
        <label for="currency">Currency</label>
        <input id="currency" name="currency" value="${currency}" maxlength="3" required />
      </div>
      <div>
        <label for="monthly">Amount; empty for none</label>
        <input id="monthly" name="monthly" inputmode="numeric" value="${monthly ?? ""}" />
      </div>
    </div>`,
  });
}

function coachingForm(visit: Visit, { secondPerson, renews }: SettingValue<"coaching">): Html {
  const option = (value: string, words: string, isChosen: boolean) =>
    html`<label class="choice">
      <input type="radio" name="secondPerson" value="${value}" ${isChosen ? html`checked` : html``} />
      ${words}
    </label>`;
  return part(visit, "coaching", "setRules", {
    title: "Coaching rules",
    about: "Who wrote a prompt cannot be the one to approve it where a second person is asked for.",
    fields: html`${option("yes", "A second person approves each prompt", secondPerson)}
      ${option("no", "Whoever wrote it may publish it", !secondPerson)}
      <label class="choice">
        <input type="checkbox" name="renews" value="yes" ${renews ? html`checked` : html``} /> Sign what is in
        force anew four days before it ends, where the keys lie with the service; nothing is added by it
      </label>`,
  });
}
