import type { PermissionName } from "../access/permissions.ts";
import { roles } from "../access/roles.ts";
import { html, type Html } from "./html.ts";
import type { Visit } from "./site.ts";

const places: readonly { readonly path: string; readonly name: string; readonly needs: PermissionName }[] = [
  { path: "/", name: "Scorecard", needs: "readOrganisation" },
  { path: "/adoption", name: "Adoption", needs: "readOrganisation" },
  { path: "/outcomes", name: "Outcomes", needs: "readOrganisation" },
  { path: "/cost", name: "Cost", needs: "readOrganisation" },
  { path: "/coaching", name: "Coaching", needs: "readPrompts" },
  { path: "/settings", name: "Settings", needs: "readSettings" },
  { path: "/audit", name: "Audit log", needs: "readAudit" },
  { path: "/accounts", name: "Access", needs: "manageAccounts" },
  { path: "/service", name: "Service", needs: "readService" },
];

/** The frame of every page of the console, which says all it says without its one script too. */
export function shell({
  title,
  body,
  visit,
  scriptAddress,
}: {
  readonly title: string;
  readonly body: Html;
  readonly visit: Visit | undefined;
  readonly scriptAddress: string | undefined;
}): Html {
  return html`<!doctype html>
    <html lang="en">
      ${head(title, scriptAddress)}
      <body>
        <a class="skip" href="#main">Skip to the page</a>
        <header class="top">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <h1>Kept <span class="quiet subtitle">${title}</span></h1>
          ${visit === undefined ? html`` : signedInAs(visit)}
        </header>
        ${visit === undefined ? html`` : navigation(visit, title)}
        <main id="main">${body}</main>
        <footer class="quiet">
          Numbers about groups of at least five people, never about one. Not made for judging anybody's
          performance.
        </footer>
      </body>
    </html>`;
}

/** A page within a page. */
export function frame({
  title,
  body,
  scriptAddress,
}: {
  readonly title: string;
  readonly body: Html;
  readonly scriptAddress: string | undefined;
}): Html {
  return html`<!doctype html>
    <html lang="en">
      ${head(title, scriptAddress)}
      <body class="frame">
        <main>
          <h1 class="hidden">${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

function head(title: string, scriptAddress: string | undefined): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Kept</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/console.css" />
    ${scriptAddress === undefined ? html`` : html`<script src="${scriptAddress}" defer></script>`}
  </head>`;
}

function signedInAs({ account, formField }: Visit): Html {
  return html`<form class="who" method="post" action="/sign-out">
    ${formField}
    <span>${account.name} <span class="quiet">${roles[account.role]}</span></span>
    <button>Sign out</button>
  </form>`;
}

function navigation(visit: Visit, title: string): Html {
  const links = places
    .filter(({ needs }) => visit.allows(needs))
    .map(
      ({ path, name }) =>
        html`<li><a href="${path}" ${name === title ? html`aria-current="page"` : html``}>${name}</a></li>`,
    );
  return html`<nav aria-label="Console">
    <ul>
      ${links}
    </ul>
  </nav>`;
}
