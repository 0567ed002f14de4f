import { eventSchemas, limits, type Attribute, type LogRecord } from "../../protocol/collector.ts";

/**
 * A record that has the outer form of the contract, told at a fraction of the schema's price. Undefined where anything at all
 * is not as it nearly always is: then the schema decides, and says what is wrong. Whatever passes here passes there.
 */
export function plainRecord(input: unknown): LogRecord | undefined {
  if (!hasKeys(input, 3)) return undefined;
  const { timeUnixNano, eventName, attributes } = input;
  return typeof timeUnixNano === "string" &&
    midnight.test(timeUnixNano) &&
    typeof eventName === "string" &&
    Object.hasOwn(eventSchemas, eventName) &&
    Array.isArray(attributes) &&
    attributes.length <= limits.attributes &&
    attributes.every(isAttribute)
    ? (input as unknown as LogRecord)
    : undefined;
}

const midnight = /^\d{1,10}000000000$/;
const whole = /^\d{1,15}$/;

function isAttribute(input: unknown): input is Attribute {
  if (!hasKeys(input, 2)) return false;
  const { key, value } = input;
  if (typeof key !== "string" || key.length === 0 || key.length > 64 || !hasKeys(value, 1)) return false;
  const { stringValue, intValue } = value;
  return typeof stringValue === "string"
    ? stringValue.length <= limits.attributeChars
    : typeof intValue === "string" && whole.test(intValue);
}

function hasKeys(input: unknown, count: number): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && Object.keys(input).length === count;
}
