/** Most likely a typing error: what there is helps more than that it is not there. */
export function noSuchTeam(team: string, teams: readonly string[]): string {
  const known = teams.length === 0 ? "Nobody was invited yet." : `Invited were: ${teams.join(", ")}.`;
  return `Nobody was ever invited to a team ${team}. ${known}`;
}
