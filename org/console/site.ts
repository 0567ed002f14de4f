import type * as z from "zod";
import type { Account } from "../access/accounts.ts";
import type { PermissionName } from "../access/permissions.ts";
import type { Act } from "../audit/acts.ts";
import type { AuditEntry } from "../audit/auditLog.ts";
import type { Complaint } from "./form.ts";
import type { Html } from "./html.ts";

/** One look at the console by somebody who is signed in. */
export interface Visit {
  readonly account: Account;
  readonly sessionToken: string;
  /** Hidden field that every form on the page holds. */
  readonly formField: Html;
  readonly query: URLSearchParams;
  readonly now: number;
  /** Days since 1970. */
  readonly today: number;
  readonly allows: (name: PermissionName) => boolean;
  readonly entry: (act: Act, subject: string) => AuditEntry;
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** What is wrong with a form that was sent. */
  readonly complaints?: readonly Complaint[];
  /** It shows another page of the console within it. */
  readonly embeds?: boolean;
  /** It is shown within another page of the console: without a frame of its own. */
  readonly frame?: boolean;
}

/** What comes of a form: another page is asked for, so that loading again sends nothing twice, or one is shown at once. */
export interface File {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export type Outcome =
  | { readonly go: string; readonly cookie?: string }
  | Page
  | { readonly file: File }
  | { readonly complaints: readonly Complaint[] };

export interface Site {
  page(path: string, needs: PermissionName, show: (visit: Visit) => Promise<Page>): void;
  form<Fields>(
    path: string,
    needs: PermissionName,
    options: { readonly schema: z.ZodType<Fields>; readonly lists?: readonly string[] },
    act: (visit: Visit, fields: Fields) => Promise<Outcome>,
  ): void;
}
