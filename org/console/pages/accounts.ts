import * as z from "zod";
import type { AppParts } from "../../app.ts";
import { letIn, newcomerSchema } from "../../access/keys.ts";
import { permissions, type PermissionName } from "../../access/permissions.ts";
import { roles, type Role } from "../../access/roles.ts";
import type { Account } from "../../access/accounts.ts";
import { dateOf } from "../../ingest/isoWeek.ts";
import { head, table } from "../charts.ts";
import { html, type Html } from "../html.ts";
import type { Site, Visit } from "../site.ts";

/** Who may open the console, and what each role may do. */
export function addAccountPages(site: Site, { store, host }: Pick<AppParts, "store" | "host">): void {
  site.page("/accounts", "manageAccounts", async (visit) => ({
    title: "Access",
    body: html`${listOf(await store.accounts(), visit)} ${newcomerForm(visit, await teamsOf())}
    ${permissionTable}`,
  }));

  site.form("/accounts", "manageAccounts", { schema: newcomerSchema }, async (visit, newcomer) => {
    if (newcomer.team !== null && !(await teamsOf()).includes(newcomer.team)) {
      return { complaints: [{ field: "team", words: "there is no such team" }] };
    }
    const outcome = await letIn(newcomer, { store, host }, visit.entry);
    if (!outcome.ok) return { complaints: [{ field: "name", words: "the name is somebody else's already" }] };
    return {
      title: "Access",
      body: html`<section>
        <h2>The key of ${newcomer.name}</h2>
        <p><code class="key">${outcome.key}</code></p>
        <p class="quiet">
          This is the only time it is shown. Hand it over in person or in a password manager.
          <a href="/accounts">Back to access</a>
        </p>
      </section>`,
    };
  });

  site.form(
    "/accounts/end",
    "manageAccounts",
    { schema: z.object({ account: z.uuidv4() }) },
    async (visit, { account }) => {
      const ended = await store.endAccount(account, dateOf(visit.today), ({ name, role }) =>
        visit.entry("accountEnded", `${name}, ${roles[role]}`),
      );
      if (ended === "lastAdmin") {
        const words = "The last administrator stays: nobody could let anyone in afterwards.";
        return { complaints: [{ field: "account", words }] };
      }
      return ended === "unknown"
        ? { complaints: [{ field: "account", words: "There is no such account any more." }] }
        : { go: "/accounts" };
    },
  );

  async function teamsOf(): Promise<string[]> {
    return (await store.teamSizes()).map(({ team }) => team);
  }
}

function listOf(accounts: readonly Account[], { formField, account: own }: Visit): Html {
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Who may open the console</h2>
    ${table(
      "accounts",
      [
        ...["Name", "Role", "Signs in by", "Since"].map(head),
        html`<th scope="col"><span class="hidden">End</span></th>`,
      ],
      accounts.map(
        ({ account, name, role, team, subject, createdOn }) =>
          html`<tr>
            <th scope="row">${name}${account === own.account ? " (you)" : ""}</th>
            <td>${roles[role]}${team === null ? "" : `, ${team}`}</td>
            <td>${subject === null ? "key" : "identity provider"}</td>
            <td>${createdOn}</td>
            <td class="number">
              <form method="post" action="/accounts/end">
                ${formField}
                <input type="hidden" name="account" value="${account}" />
                <button aria-label="End the account of ${name}">End</button>
              </form>
            </td>
          </tr>`,
      ),
    )}
    <p class="quiet">
      Accounts have nothing to do with devices: nobody is measured by having one, and no device is listed
      here. Whoever an identity provider gives a role to comes in again after their account was ended: end the
      role there.
    </p>
  </section>`;
}

function newcomerForm({ formField }: Visit, teams: readonly string[]): Html {
  return html`<section aria-labelledby="newcomer">
    <h2 id="newcomer">Let somebody in</h2>
    <form method="post" action="/accounts" class="fields">
      ${formField}
      <div><label for="name">Name</label><input id="name" name="name" required maxlength="60" /></div>
      <div>
        <label for="role">Role</label>
        <select id="role" name="role">
          ${Object.entries(roles).map(([role, words]) => html`<option value="${role}">${words}</option>`)}
        </select>
      </div>
      <div>
        <label for="team">Team, of a team lead</label>
        <select id="team" name="team">
          <option value="">none</option>
          ${teams.map((team) => html`<option>${team}</option>`)}
        </select>
      </div>
      <div><button class="primary">Let in</button></div>
    </form>
  </section>`;
}

const columns = Object.entries(roles) as [Role, string][];

const permissionTable = html`<section aria-labelledby="permissions">
  <h2 id="permissions">Who may do what</h2>
  ${table(
    "permissions",
    [head("May"), ...columns.map(([, words]) => html`<th scope="col" class="centred">${words}</th>`)],
    (Object.keys(permissions) as PermissionName[]).map(
      (name) =>
        html`<tr>
          <th scope="row">${permissions[name].about}</th>
          ${columns.map(([role]) =>
            (permissions[name].for as readonly Role[]).includes(role)
              ? html`<td class="centred">yes</td>`
              : html`<td class="centred quiet">–</td>`,
          )}
        </tr>`,
    ),
    "grid",
  )}
</section>`;
