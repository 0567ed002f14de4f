import { replyTo, type Handlers } from "../protocol/messages.ts";
import { requestsToServer } from "../protocol/server.ts";
import type { Reply } from "../protocol/errors.ts";

export type RequestHandlers = Handlers<typeof requestsToServer>;

export const requestMethods = Object.keys(requestsToServer);

/** Answers one request of the extension. Whatever goes wrong becomes the answer. */
export function answerRequest(
  handlers: RequestHandlers,
  method: string,
  params: unknown,
): Promise<Reply<unknown>> {
  return replyTo(requestsToServer, handlers, method, params);
}
