import { createFileRegistry, fromJson, type DescMessage, type JsonValue } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The messages of OTLP that have to do with logs, as far as a receiver needs them: names, numbers and kinds of fields. */

const kinds = {
  double: 1,
  int64: 3,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
} as const;

/** A field as `number: [name, kind]`; a kind with `[]` may be there many times, one with `?` is one of several values. */
type Fields = Readonly<Record<number, readonly [name: string, kind: string]>>;

const messages: Readonly<Record<string, Fields>> = {
  AnyValue: {
    1: ["string_value", "string?"],
    2: ["bool_value", "bool?"],
    3: ["int_value", "int64?"],
    4: ["double_value", "double?"],
    7: ["bytes_value", "bytes?"],
  },
  KeyValue: { 1: ["key", "string"], 2: ["value", "AnyValue"] },
  InstrumentationScope: {
    1: ["name", "string"],
    2: ["version", "string"],
    3: ["attributes", "KeyValue[]"],
    4: ["dropped_attributes_count", "uint32"],
  },
  Resource: { 1: ["attributes", "KeyValue[]"], 2: ["dropped_attributes_count", "uint32"] },
  LogRecord: {
    1: ["time_unix_nano", "fixed64"],
    2: ["severity_number", "uint32"],
    3: ["severity_text", "string"],
    5: ["body", "AnyValue"],
    6: ["attributes", "KeyValue[]"],
    7: ["dropped_attributes_count", "uint32"],
    8: ["flags", "fixed32"],
    9: ["trace_id", "bytes"],
    10: ["span_id", "bytes"],
    11: ["observed_time_unix_nano", "fixed64"],
    12: ["event_name", "string"],
  },
  ScopeLogs: {
    1: ["scope", "InstrumentationScope"],
    2: ["log_records", "LogRecord[]"],
    3: ["schema_url", "string"],
  },
  ResourceLogs: {
    1: ["resource", "Resource"],
    2: ["scope_logs", "ScopeLogs[]"],
    3: ["schema_url", "string"],
  },
  ExportLogsServiceRequest: { 1: ["resource_logs", "ResourceLogs[]"] },
};

const package_ = "otlp";

const file: JsonValue = {
  name: "otlp.proto",
  package: package_,
  syntax: "proto3",
  messageType: Object.entries(messages).map(([name, fields]) => ({
    name,
    field: Object.entries(fields).map(([number, [fieldName, kind]]) => {
      const bare = kind.replace(/\[\]$|\?$/, "");
      const scalar = (kinds as Readonly<Record<string, number>>)[bare];
      return {
        ...{ name: fieldName, jsonName: lowerCamelCase(fieldName) },
        ...{ number: Number(number), label: kind.endsWith("[]") ? 3 : 1 },
        ...(scalar === undefined ? { type: 11, typeName: `.${package_}.${bare}` } : { type: scalar }),
        ...(kind.endsWith("?") ? { oneofIndex: 0 } : {}),
      };
    }),
    oneofDecl: Object.values(fields).some(([, kind]) => kind.endsWith("?")) ? [{ name: "value" }] : [],
  })),
};

function lowerCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

const registry = createFileRegistry(fromJson(FileDescriptorSetSchema, { file: [file] }));

export function otlpMessage(name: string): DescMessage {
  const found = registry.getMessage(`${package_}.${name}`);
  if (!found) throw new Error(`There is no message ${name}`);
  return found;
}
