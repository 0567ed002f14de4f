import assert from "node:assert/strict";
import { isAllowed, permissions, type PermissionName } from "../../../../org/access/permissions.ts";
import { roles, type Role } from "../../../../org/access/roles.ts";
import { makeApp, type AppForTest } from "../../../org/support/app.ts";
import { signInAs, type Visitor } from "../../../org/support/visitor.ts";

/** What was agreed, cell by cell, written down a second time: CoE lead, team lead, finance, security, administrator. */
const agreed: Record<PermissionName, string> = {
  readOrganisation: "yes yes yes yes yes",
  readTeams: "yes no yes no yes",
  readOwnTeam: "no yes no no no",
  exportNumbers: "yes yes yes no no",
  readSettings: "yes yes yes yes yes",
  setTargets: "yes no no no no",
  setTools: "yes no no yes no",
  setRepositories: "no no no yes no",
  setBudgets: "no no yes no no",
  setRules: "no no no no yes",
  readPrompts: "yes yes yes yes yes",
  writePrompts: "yes no no no no",
  approvePrompts: "yes no no yes no",
  publishPrompts: "yes no no no no",
  readService: "yes no no yes yes",
  readAudit: "yes yes yes yes yes",
  manageAccounts: "no no no no yes",
};

const everyRole = Object.keys(roles) as Role[];

/** What each page and form asks for. A page that is not here is found by the last test. */
const pages: Record<string, PermissionName> = {
  "/": "readOrganisation",
  "/adoption": "readOrganisation",
  "/outcomes": "readOrganisation",
  "/cost": "readOrganisation",
  "/coaching": "readPrompts",
  "/coaching/write": "writePrompts",
  "/coaching/effect": "readPrompts",
  "/coaching/preview": "readPrompts",
  "/settings": "readSettings",
  "/audit": "readAudit",
  "/accounts": "manageAccounts",
  "/service": "readService",
};
const forms: Record<string, PermissionName> = {
  "/export": "exportNumbers",
  "/coaching/save": "writePrompts",
  "/coaching/preview": "writePrompts",
  "/coaching/propose": "writePrompts",
  "/coaching/approve": "approvePrompts",
  "/coaching/retire": "writePrompts",
  "/coaching/publish": "publishPrompts",
  "/coaching/export": "publishPrompts",
  "/coaching/signed": "publishPrompts",
  "/settings/targets": "setTargets",
  "/settings/organisation": "setTargets",
  "/settings/tools": "setTools",
  "/settings/repositories": "setRepositories",
  "/settings/budgets": "setBudgets",
  "/settings/coaching": "setRules",
  "/accounts": "manageAccounts",
  "/accounts/end": "manageAccounts",
};

suite("Who may do what in the console", () => {
  for (const [name, cells] of Object.entries(agreed) as [PermissionName, string][]) {
    test(`is as agreed: ${permissions[name].about}`, () => {
      assert.deepEqual(everyRole.map((role) => (isAllowed(role, name) ? "yes" : "no")).join(" "), cells);
    });
  }

  test("is agreed for every permission", () => {
    assert.deepEqual(Object.keys(permissions).sort(), Object.keys(agreed).sort());
  });

  suite("over HTTP", () => {
    let service: AppForTest;
    const visitors = new Map<Role, Visitor>();

    suiteSetup(async () => {
      service = await makeApp();
      for (const role of everyRole) {
        visitors.set(role, await signInAs(service, role, { team: role === "teamLead" ? "everyone" : null }));
      }
    });

    suiteTeardown(() => service.close());

    for (const role of everyRole) {
      test(`holds for ${roles[role]}`, async () => {
        const visitor = visitors.get(role) as Visitor;
        for (const [path, needs] of Object.entries(pages)) {
          const { statusCode } = await visitor.get(path);
          assert.equal(statusCode, isAllowed(role, needs) ? 200 : 403, path);
        }
        for (const [path, needs] of Object.entries(forms)) {
          // An empty form changes nothing: who may send it is told that it is not complete.
          const { statusCode } = await visitor.post(path);
          assert.equal(statusCode, isAllowed(role, needs) ? 400 : 403, path);
        }
      });
    }

    test("and every page that is linked is among those tried", async () => {
      for (const visitor of visitors.values()) {
        const { body } = await visitor.get("/audit");
        const navigation = /<nav[\s\S]*<\/nav>/.exec(body)?.[0] ?? "";
        const linked = [...navigation.matchAll(/href="([^"]+)"/g)].map(([, path]) => path ?? "");
        assert.ok(linked.length > 0);
        assert.deepEqual(
          linked.filter((path) => !Object.hasOwn(pages, path)),
          [],
        );
      }
    });
  });
});
