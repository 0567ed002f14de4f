import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";

const library = fileURLToPath(import.meta.resolve("@cyclonedx/cyclonedx-library/package.json"));
const schemas = path.join(path.dirname(library), "res", "schema");
const read = (name: string) =>
  JSON.parse(readFileSync(path.join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8")) as object;

/** What CycloneDX's own schema has against a bill of materials of version 1.6. How dates and addresses look is not tried. */
export function objectionsTo(bill: unknown): string[] {
  const formats = { "date-time": true, "idn-email": true, "iri-reference": true, uri: true } as const;
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  for (const name of ["spdx", "jsf-0.82"]) {
    // It is referred to by the name of its file, and calls itself by another.
    const $id = `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`;
    ajv.addSchema({ ...read(name), $id });
  }
  const validate = ajv.compile(read("bom-1.6"));
  validate(bill);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
