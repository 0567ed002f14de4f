import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where hooks leave what tools say, below Kept's folder. One file each, so that nothing is waited for. */
export const spoolName = "hooks";
/** Touched at each look into the spool. */
export const lookedName = ".looked";
/** Its time is the one from which on hooks leave nothing more, unless somebody looks again: a month after each look. */
export const untilName = ".until";
/** A byte for each record that found no room. */
export const fullName = ".full";
/** There while no more has room: hooks look for no other sign of that. Each look says anew whether it is so. */
export const closedName = ".closed";
/** A byte for each record that was deleted because it had waited too long, by whoever does not read them. */
export const oldName = ".old";
/** How many records were left since hooks last measured what waits. */
export const sinceName = ".since";

/** What a tool's configuration calls. It never moves, whatever version of Kept is installed, or whether one is. */
export function shimPath(folder: string, platform: string): string {
  return path.join(folder, "bin", platform === "win32" ? "kept-hook.cmd" : "kept-hook");
}

/** Writes the shim. Anew each time: an older Kept's may be there. */
export function writeShim(folder: string, platform: string, makeName: () => string): string {
  const file = shimPath(folder, platform);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${makeName()}`;
  writeFileSync(fresh, platform === "win32" ? windowsShim : shellShim, { mode: 0o700 });
  chmodSync(fresh, 0o700);
  // A tool may be running the old one.
  renameSync(fresh, file);
  return file;
}

/** How many records may wait, how many bytes of them, and bytes that one more may have. */
export const mostRecords = 4096;
export const mostWaiting = 12_000_000;
export const longestRecord = 4_000_000;
/** So many come in before it is measured again what waits: thousands of files take longer than a hook may. */
export const recordsToMeasure = 16;
/** Kilobytes. On the disk a record takes up to a block more than it holds. */
const block = 4;

/**
 * Whatever happens, it reads what it is given and ends with 0, so that no tool ever waits for Kept or fails with it. A
 * record gets its name only when it is whole. Each program that is started takes longer than all the rest, so it starts
 * two. What waits is measured now and then, by a process that nobody waits for; a tool may end what its hooks leave running,
 * so where none has measured for twice as long, it does so itself.
 */
const shellShim = `#!/bin/sh
# Part of Kept. Leaves what a tool says of its edits where Kept finds it. "kept disconnect" takes it out again.
umask 077
spool="\${0%/*}/../${spoolName}"
tool="\${1:-agent}"
leave() { cat >/dev/null 2>&1; exit 0; }
measure() {
  set -- "$spool"/*.json
  n=$#
  set -- $(du -sk "$spool")
  if [ $n -ge ${mostRecords} ] || [ $((\${1:-0} - ${block} * n)) -ge ${Math.floor(mostWaiting / 1024)} ]; then : >"$spool/${closedName}"; fi
  echo 0 >"$spool/${sinceName}"
}
case "$tool" in *[!a-z0-9-]*) leave ;; esac
[ -e "$spool/${untilName}" ] || leave
if [ -e "$spool/${closedName}" ]; then printf . >>"$spool/${fullName}"; leave; fi
name="$spool/$tool.$$.$PPID"
head -c ${longestRecord} >"$name.part" 2>/dev/null || leave
if [ "$name.part" -nt "$spool/${untilName}" ]; then rm -f "$name.part"; leave; fi
i=0
while [ -e "$name.$i.json" ]; do i=$((i + 1)); done
mv "$name.part" "$name.$i.json" 2>/dev/null
{
  since=0
  [ -e "$spool/${sinceName}" ] && read -r since <"$spool/${sinceName}"
  case "$since" in [0-9] | [1-9][0-9]) ;; *) since=${recordsToMeasure} ;; esac
  echo $((since + 1)) >"$spool/${sinceName}"
  if [ $since -eq ${recordsToMeasure} ]; then measure </dev/null >/dev/null &
  elif [ $since -ge ${2 * recordsToMeasure} ]; then measure; fi
} 2>/dev/null
read -r rest && leave
exit 0
`;

const windowsShim = `@echo off\r
rem Part of Kept. Leaves what a tool says of its edits where Kept finds it. "kept disconnect" takes it out again.\r
setlocal\r
set "spool=%~dp0..\\${spoolName}"\r
if not exist "%spool%\\${lookedName}" goto leave\r
if exist "%spool%\\${closedName}" goto full\r
rem Two that begin in the same second are given the same random numbers.\r
set "now=%TIME: =0%"\r
set "name=%~1.%now::=%.%RANDOM%%RANDOM%%RANDOM%"\r
cd /d "%spool%" 2>nul || goto leave\r
rem Of what Windows has, only curl copies bytes without a limit to a line.\r
set "here=%CD:\\=/%"\r
set "here=%here: =%%20%"\r
"%SystemRoot%\\System32\\curl.exe" -s -T - "file:///%here%/%name%.part" >nul 2>nul\r
move /y "%name%.part" "%name%.0.json" >nul 2>nul\r
if %RANDOM% geq ${Math.floor(32_768 / recordsToMeasure)} exit /b 0\r
set /a n=0, kilobytes=0\r
for %%f in (*.json) do set /a "n+=1, kilobytes+=%%~zf/1024" 2>nul\r
if %n% geq ${mostRecords} goto close\r
if %kilobytes% lss ${Math.floor(mostWaiting / 1024)} exit /b 0\r
:close\r
type nul >${closedName}\r
exit /b 0\r
:full\r
<nul set /p "=." >>"%spool%\\${fullName}"\r
:leave\r
findstr "^" >nul 2>nul\r
exit /b 0\r
`;
