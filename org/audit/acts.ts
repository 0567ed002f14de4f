/** Everything that is written down, and how it reads behind a name: "Ada signed in". */
export const acts = {
  signedIn: "signed in",
  signedOut: "signed out",
  signInRefused: "could not sign in",
  accountMade: "let somebody in",
  accountChanged: "changed an account",
  accountEnded: "ended an account",
  settingChanged: "changed a setting",
  numbersExported: "exported numbers",
  promptSaved: "saved a prompt",
  promptProposed: "proposed a prompt",
  promptApproved: "approved a prompt",
  promptRetired: "retired a prompt",
  promptsPublished: "published prompts",
  bundleRenewed: "renewed what is in force",
  bundleExported: "took out a bundle to be signed",
  invitationMade: "made an invitation",
  invitationsEnded: "ended invitations",
  teamRevoked: "revoked the credentials of a team",
  keyAdded: "added a key that signs",
  backupMade: "made a backup",
  storeRestored: "restored a backup",
  storeMoved: "moved the store",
  tablesMigrated: "brought the tables to another version",
} as const;

export type Act = keyof typeof acts;
