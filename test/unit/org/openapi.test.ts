import assert from "node:assert/strict";
import { eventSchemas, problems } from "../../../protocol/collector.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { fields } from "../../../protocol/field.ts";
import { makeApp, type AppForTest } from "../../org/support/app.ts";

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, unknown> }> }>>;
  components: { schemas: Record<string, { properties?: Record<string, { description?: string }> }> };
}

suite("The OpenAPI document", () => {
  let service: AppForTest;
  let document: Document;

  suiteSetup(async () => {
    service = await makeApp();
    document = (await service.app.inject(endpoints.description.path)).json();
  });

  suiteTeardown(() => service.close());

  test("lists the contract's addresses, methods and answers", () => {
    assert.equal(document.openapi, "3.1.0");
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { responses }]) => `${method.toUpperCase()} ${path} ${Object.keys(responses).join(" ")}`,
      ),
    );
    const declared = Object.values(endpoints).map(
      ({ method, path, answers }) => `${method} ${path} ${Object.keys(answers).join(" ")}`,
    );
    assert.deepEqual(listed.sort(), declared.sort());
  });

  test("lists what the service really has", () => {
    for (const { method, path } of Object.values(endpoints)) {
      assert.ok(service.app.hasRoute({ method, url: path }), `${method} ${path}`);
    }
  });

  test("says of every field of an event what it means and how long it is kept", () => {
    for (const [event, { shape }] of Object.entries(eventSchemas)) {
      const described = document.components.schemas[event]?.properties ?? {};
      assert.deepEqual(Object.keys(described).sort(), Object.keys(shape).sort());
      for (const [name, schema] of Object.entries(shape)) {
        const about = fields.get(schema);
        assert.ok(about, `${event} ${name}`);
        assert.equal(described[name]?.description, `${about.meaning} Kept: ${about.retention}`);
      }
    }
  });

  test("points to nothing that is not there", () => {
    const references = JSON.stringify(document).match(/#\/components\/[\w./]+/g) ?? [];
    assert.ok(references.length > 0);
    for (const reference of references) {
      const name = reference.slice("#/components/schemas/".length);
      assert.ok(document.components.schemas[name], reference);
    }
  });

  test("has a problem for each status an address can answer with", () => {
    const statuses = new Set(Object.values(problems).map(({ status }) => status));
    for (const { answers } of Object.values(endpoints)) {
      for (const status of Object.keys(answers).map(Number)) {
        assert.ok(
          status === 200 || status === 204 || status === 304 || statuses.has(status as 400),
          String(status),
        );
      }
    }
  });
});
