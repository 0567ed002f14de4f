import { noteEntry, type AuditEntry } from "../audit/auditLog.ts";
import { ask, type RunWork, type Work } from "../store/statements.ts";
import type { Act } from "../audit/acts.ts";
import type { Role } from "./roles.ts";

/** Somebody who may open the console. Accounts have nothing to do with devices: nobody is measured by having one. */
export interface Account {
  /** Random. */
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  /** The team whose numbers a team lead sees; null for every other role. */
  readonly team: string | null;
  /** By what an identity provider knows them; null where a key is shown instead. */
  readonly subject: string | null;
  readonly createdOn: string;
}

export interface NewAccount extends Account {
  /** Null where an identity provider vouches. */
  readonly keyHash: string | null;
}

/** What an identity provider says of somebody, with what a new account would be called by. */
export interface VouchedAccount extends Pick<Account, "account" | "name" | "role" | "team" | "createdOn"> {
  readonly subject: string;
}

/** The entry about a change, once it is known that and how an account changed. */
export type NoteAbout = (act: Act, account: Pick<Account, "name" | "role" | "team">) => AuditEntry;

export interface Session {
  readonly tokenHash: string;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Accounts {
  /** Those that were not ended, by name. */
  accounts(): Promise<Account[]>;
  /** False where the name, the key or the subject is somebody else's already: nothing changed. */
  addAccount(account: NewAccount, entry: AuditEntry): Promise<boolean>;
  /** Ends its sessions too. The last administrator stays, for nobody could let anyone in afterwards. */
  endAccount(
    account: string,
    today: string,
    entry: (ended: Account) => AuditEntry,
  ): Promise<"ended" | "unknown" | "lastAdmin">;
  accountByKey(keyHash: string): Promise<Account | undefined>;
  /** The account of somebody an identity provider vouches for: made, or brought to what the provider says now. */
  accountOfVouched(vouched: VouchedAccount, entry: NoteAbout): Promise<Account>;
  /** Ends the account of somebody the provider gives no role any more, an administrator's too. */
  endVouched(subject: string, today: string, entry: NoteAbout): Promise<void>;
  /** Forgets those that ended before now. */
  openSession(session: Session, entry: AuditEntry): Promise<void>;
  /** Undefined where the session ended, or the account. */
  accountOfSession(tokenHash: string, now: number): Promise<Account | undefined>;
  closeSession(tokenHash: string, entry: AuditEntry): Promise<void>;
  /** Those that ended by themselves. */
  forgetSessions(now: number): Promise<void>;
}

const columns = 'account.account, name, role, team, subject, created_on AS "createdOn"';

export function createAccounts(run: RunWork): Accounts {
  const one = (sql: string, ...values: readonly (string | number)[]) =>
    run(function* () {
      return (yield* ask<Account>(sql, ...values))[0];
    });
  return {
    accounts: () =>
      run(() => ask<Account>(`SELECT ${columns} FROM account WHERE ended_on IS NULL ORDER BY name, account`)),

    addAccount: (account, entry) => run(() => addAccount(account, entry)),

    endAccount: (account, today, entry) => run(() => endAccount(account, today, entry)),

    accountByKey: (keyHash) =>
      one(`SELECT ${columns} FROM account WHERE key_hash = $1 AND ended_on IS NULL`, keyHash),

    accountOfVouched: (vouched, entry) => run(() => accountOfVouched(vouched, entry)),

    endVouched: (subject, today, entry) =>
      run(function* () {
        const [account] = yield* accountBySubject(subject);
        if (account !== undefined) yield* close(account, today, entry("accountEnded", account));
      }),

    openSession: ({ tokenHash, account, expiresAt }, entry) =>
      run(function* () {
        yield* ask("DELETE FROM console_session WHERE expires_at <= $1", entry.at);
        yield* ask(
          "INSERT INTO console_session (token_hash, account, expires_at) VALUES ($1, $2, $3)",
          ...[tokenHash, account, expiresAt],
        );
        yield* noteEntry(entry);
      }),

    accountOfSession: (tokenHash, now) =>
      one(
        `SELECT ${columns} FROM console_session JOIN account ON account.account = console_session.account ` +
          "WHERE token_hash = $1 AND expires_at > $2 AND ended_on IS NULL",
        ...[tokenHash, now],
      ),

    closeSession: (tokenHash, entry) =>
      run(function* () {
        const closed = yield* ask(
          "DELETE FROM console_session WHERE token_hash = $1 RETURNING 1 AS closed",
          tokenHash,
        );
        if (closed.length > 0) yield* noteEntry(entry);
      }),

    forgetSessions: (now) =>
      run(function* () {
        yield* ask("DELETE FROM console_session WHERE expires_at <= $1", now);
      }),
  };
}

function* addAccount(
  { account, name, role, team, subject, createdOn, keyHash }: NewAccount,
  entry: AuditEntry,
): Work<boolean> {
  const added = yield* ask(
    "INSERT INTO account (account, name, role, team, subject, key_hash, created_on) " +
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1 AS added",
    ...[account, name, role, team, subject, keyHash, createdOn],
  );
  if (added.length === 0) return false;
  yield* noteEntry(entry);
  return true;
}

function* endAccount(
  account: string,
  today: string,
  entry: (ended: Account) => AuditEntry,
): Work<"ended" | "unknown" | "lastAdmin"> {
  // Taken first, so that two who end each other at once do not both succeed.
  yield* ask("UPDATE account SET ended_on = NULL WHERE ended_on IS NULL AND role = 'admin'");
  const standing = yield* ask<Account>(`SELECT ${columns} FROM account WHERE ended_on IS NULL`);
  const ended = standing.find((each) => each.account === account);
  if (ended === undefined) return "unknown";
  if (ended.role === "admin" && standing.filter(({ role }) => role === "admin").length === 1) {
    return "lastAdmin";
  }
  yield* close(ended, today, entry(ended));
  return "ended";
}

function* close({ account }: Account, today: string, entry: AuditEntry): Work<void> {
  yield* ask(
    "UPDATE account SET ended_on = $2, key_hash = NULL, subject = NULL WHERE account = $1",
    ...[account, today],
  );
  yield* ask("DELETE FROM console_session WHERE account = $1", account);
  yield* noteEntry(entry);
}

function accountBySubject(subject: string): Work<Account[]> {
  return ask<Account>(`SELECT ${columns} FROM account WHERE subject = $1 AND ended_on IS NULL`, subject);
}

function* accountOfVouched(vouched: VouchedAccount, entry: NoteAbout): Work<Account> {
  const [found] = yield* accountBySubject(vouched.subject);
  if (found === undefined) return yield* addVouched(vouched, entry);
  const { role, team } = vouched;
  if (found.role === role && found.team === team) return found;
  const changed = { ...found, role, team };
  yield* ask("UPDATE account SET role = $2, team = $3 WHERE account = $1", found.account, role, team);
  // A page that was opened in the role of before does not act in the new one.
  yield* ask("DELETE FROM console_session WHERE account = $1", found.account);
  yield* noteEntry(entry("accountChanged", changed));
  return changed;
}

/** Two people may have one name; in the log of what was done they must not be one. */
function* addVouched(vouched: VouchedAccount, entry: NoteAbout): Work<Account> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? vouched.name : `${vouched.name} (${number})`;
    const account = { ...vouched, name };
    const isAdded = yield* addAccount({ ...account, keyHash: null }, entry("accountMade", account));
    if (isAdded) return account;
    // Or the same person came in twice at once.
    const [found] = yield* accountBySubject(vouched.subject);
    if (found !== undefined) return found;
  }
}
