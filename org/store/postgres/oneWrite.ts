import type { PostgresClient } from "./open.ts";

/** Sends statements to the database together: on a socket each would be a write, and a packet, of its own. */
export async function inOneWrite<const Answers extends readonly Promise<unknown>[]>(
  client: PostgresClient,
  send: () => Answers,
): Promise<{ -readonly [Each in keyof Answers]: Awaited<Answers[Each]> }> {
  const { stream } = client.connection;
  stream.cork();
  const answers = send();
  stream.uncork();
  try {
    return await Promise.all(answers);
  } catch (error) {
    // What is still on its way belongs to this transaction, and must not arrive in the next.
    await Promise.allSettled(answers);
    throw error;
  }
}
