import type { AppParts } from "../../app.ts";
import { acts } from "../../audit/acts.ts";
import { readEntryName, type AuditEntry } from "../../audit/auditLog.ts";
import { head, table } from "../charts.ts";
import { html, type Html } from "../html.ts";
import type { Site } from "../site.ts";

const atOnce = 100;

/** What was done in the console, for everybody who may open it. */
export function addAuditPage(site: Site, { store }: Pick<AppParts, "store">): void {
  site.page("/audit", "readAudit", async ({ now, query }) => {
    const after = readEntryName(query.get("before") ?? "");
    const found = await store.auditEntries({ before: now + 1, after, limit: atOnce + 1 });
    return { title: "Audit log", body: logOf(found.slice(0, atOnce), found.length > atOnce) };
  });
}

function logOf(entries: readonly AuditEntry[], areMore: boolean): Html {
  const last = entries.at(-1);
  return html`<section aria-labelledby="log">
    <h2 id="log">What was done here</h2>
    ${
      entries.length === 0
        ? html`<p>Nothing earlier was written down.</p>`
        : table(
            "log",
            ["When (UTC)", "Who", "Did", "What"].map(head),
            entries.map(
              ({ at, who, act, subject }) =>
                html`<tr>
                  <td class="when">${new Date(at).toISOString().slice(0, 16).replace("T", " ")}</td>
                  <td class="together">${who}</td>
                  <td class="together">${acts[act]}</td>
                  <td>${subject}</td>
                </tr>`,
            ),
          )
    }
    ${areMore && last !== undefined ? html`<p><a href="/audit?before=${last.entry}">Earlier</a></p>` : html``}
    <p class="quiet">
      Every change and every export that is made here is written down in the same transaction, and nothing
      here can take an entry back. So is what the command line does: letting people in, invitations, keys,
      publishing, backups, restoring, moving and new versions of the tables.
    </p>
  </section>`;
}
