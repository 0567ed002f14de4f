import { letIn } from "../../../org/access/keys.ts";
import type { Role } from "../../../org/access/roles.ts";
import { testHost, type Answer, type AppForTest } from "./app.ts";

export interface Visitor {
  readonly cookie: string;
  readonly key: string;
  get(path: string): Promise<Answer>;
  /** Sends a form as the console's own pages do; a list is sent as several fields of one name. */
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Answer>;
}

export const formHeaders = { "content-type": "application/x-www-form-urlencoded" };

/** The key of a new account. */
export async function keyOf(
  { store }: Pick<AppForTest, "store">,
  { name, role, team = null }: { name: string; role: Role; team?: string | null },
): Promise<string> {
  const outcome = await letIn({ name, role, team }, { store, host: testHost }, (act, subject) => ({
    ...{ entry: testHost.id(), at: testHost.now(), who: "a test", act, subject },
  }));
  if (!outcome.ok || outcome.key === null) throw new Error(`${name} could not be let in`);
  return outcome.key;
}

/** Somebody who signed in through the sign-in page. */
export async function signInAs(
  service: Pick<AppForTest, "app" | "store">,
  role: Role,
  { name = `The ${role}`, team = null }: { name?: string; team?: string | null } = {},
): Promise<Visitor> {
  const key = await keyOf(service, { name, role, team });
  const signedIn = await service.app.inject({
    ...{ method: "POST", url: "/sign-in", headers: formHeaders },
    payload: new URLSearchParams({ key }).toString(),
  });
  const [cookie] = String(signedIn.headers["set-cookie"]).split(";");
  if (signedIn.statusCode !== 303 || cookie === undefined) throw new Error(signedIn.body);
  return visitorWith(service, cookie, key);
}

/** Whoever shows this cookie. */
export function visitorWith(service: Pick<AppForTest, "app">, cookie: string, key: string): Visitor {
  const get = (path: string) => service.app.inject({ url: path, headers: { cookie } });
  return {
    cookie,
    key,
    get,
    async post(path, fields = {}) {
      const form = formTokenIn((await get("/audit")).body);
      const pairs = Object.entries(fields).flatMap(([field, value]) =>
        typeof value === "string" ? [[field, value]] : value.map((each) => [field, each]),
      );
      return service.app.inject({
        ...{ method: "POST", url: path, headers: { ...formHeaders, cookie } },
        payload: new URLSearchParams([["form", form], ...pairs]).toString(),
      });
    },
  };
}

/** What the forms of a page bring along. */
export function formTokenIn(page: string): string {
  return /name="form" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
}

/** What a reader sees, without markup. */
export function textOf(page: string): string {
  return page
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
