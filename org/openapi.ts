import * as z from "zod";
import { contractVersion, eventSchemas, problemDocumentSchema, problems } from "../protocol/collector.ts";
import { endpoints } from "../protocol/endpoints.ts";
import { fields } from "../protocol/field.ts";
import { problemMediaType } from "./problems.ts";

/** The contract as an OpenAPI 3.1 document. Nothing in it is written twice. */
export function openApiDocument(version: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Kept organisation service",
      version,
      description: `Collector contract, version ${contractVersion}: a strict subset of OTLP/HTTP logs in JSON.`,
    },
    paths: pathsOf(Object.values(endpoints)),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: {
        Problem: jsonSchema(problemDocumentSchema, "output"),
        ...Object.fromEntries(
          Object.entries(eventSchemas).map(([name, schema]) => [
            name,
            {
              description: `The attributes of a record whose eventName is ${name}, as an object.`,
              ...jsonSchema(schema, "input"),
            },
          ]),
        ),
      },
    },
  };
}

function pathsOf(all: readonly (typeof endpoints)[keyof typeof endpoints][]): Record<string, object> {
  const paths: Record<string, object> = {};
  for (const endpoint of all) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operation(endpoint),
    };
  }
  return paths;
}

function operation(endpoint: (typeof endpoints)[keyof typeof endpoints]): object {
  const answers: Readonly<Record<string, z.ZodType | string | null>> = endpoint.answers;
  return {
    summary: endpoint.about,
    security: endpoint.needsToken ? [{ token: [] }] : [],
    ...parametersOf(endpoint),
    ...("body" in endpoint
      ? {
          requestBody: {
            required: !endpoint.body.safeParse({}).success,
            content: { "application/json": { schema: jsonSchema(endpoint.body, "input") } },
          },
        }
      : {}),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, response(status, answer)]),
    ),
  };
}

function parametersOf(endpoint: (typeof endpoints)[keyof typeof endpoints]): object {
  const named = (place: "header" | "query", all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, description]) => ({
      ...{ name, in: place, required: place === "header", description, schema: { type: "string" } },
    }));
  const parameters = [
    ...("headers" in endpoint ? named("header", endpoint.headers) : []),
    ...("query" in endpoint ? named("query", endpoint.query) : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function response(status: string, answer: z.ZodType | string | null): object {
  if (answer === null) return { description: "There is nothing" };
  if (answer === problemDocumentSchema) {
    const titles = Object.values(problems).filter((problem) => String(problem.status) === status);
    return {
      description: titles.map(({ title }) => title).join("; "),
      content: { [problemMediaType]: { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  const content =
    typeof answer === "string"
      ? { [answer]: {} }
      : { "application/json": { schema: jsonSchema(answer, "output") } };
  return { description: "Done", content };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const printed = z.toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema }) {
      const about = fields.get(zodSchema as unknown as z.ZodType);
      if (about !== undefined) {
        jsonSchema.description = `${about.meaning} Kept: ${about.retention}`;
      }
    },
  });
  delete printed.$schema;
  return printed;
}
