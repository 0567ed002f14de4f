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
/**
 * How many records wait, how many bytes of them, and how many were left since both were measured. Hooks add to it what they
 * leave; each look writes it anew.
 */
export const waitingName = ".waiting";

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

/** How many records may wait, how many bytes of all, a new one included, and of one. */
export const mostRecords = 4096;
export const mostWaiting = 8_000_000;
export const longestRecord = 4_000_000;
/** Where no more than this is left, as good as nothing has room. */
const usualRecord = 65_536;
/**
 * Hooks that run at the same time may each miss what the others add up: so it is measured what waits, and only now and then,
 * because thousands of files take longer than a hook may.
 */
export const recordsToMeasure = 64;

/** Whether one more of so many bytes has room beside what waits. */
export function hasRoom(records: number, bytes: number, more: number): boolean {
  return records < mostRecords && bytes + more <= mostWaiting;
}

export function isFull(records: number, bytes: number): boolean {
  return !hasRoom(records, bytes, usualRecord);
}

/**
 * Whatever happens, it reads what it is given and ends with 0, so that no tool ever waits for Kept or fails with it. A
 * record gets its name only when it is whole. Each program that is started takes longer than all the rest, so it starts
 * three. What waits is measured now and then, by a process that nobody waits for; a tool may end what its hooks leave running,
 * so where none has measured for twice as long, it does so itself, and before it refuses anything.
 */
const shellShim = `#!/bin/sh
# Part of Kept. Leaves what a tool says of its edits where Kept finds it. "kept disconnect" takes it out again.
umask 077
spool="\${0%/*}/../${spoolName}"
tool="\${1:-agent}"
leave() { cat >/dev/null 2>&1; exit 0; }
# All that is there, what is not whole yet included.
measure() {
  set -- "$spool"/*.json "$spool"/*.part
  n=0
  for file; do [ -e "$file" ] && n=$((n + 1)); done
  bytes=$(cat "$@" </dev/null 2>/dev/null | wc -c)
  bytes=$((\${bytes:-0})) since=0
}
keep() { echo "$n $bytes $since" >"$spool/${waitingName}"; }
over() { [ $n -gt ${mostRecords} ] || [ $bytes -gt ${mostWaiting} ]; }
case "$tool" in *[!a-z0-9-]*) leave ;; esac
[ -e "$spool/${untilName}" ] || leave
if [ -e "$spool/${closedName}" ]; then printf . >>"$spool/${fullName}"; leave; fi
name="$spool/$tool.$$.$PPID"
head -c ${longestRecord} >"$name.part" 2>/dev/null || leave
if [ "$name.part" -nt "$spool/${untilName}" ]; then rm -f "$name.part"; leave; fi
{
  size=$(wc -c <"$name.part")
  n='' bytes='' since=''
  [ -e "$spool/${waitingName}" ] && read -r n bytes since <"$spool/${waitingName}"
  # Another hook may just be writing it: what is no three numbers is measured after this record.
  case "$n $bytes $since" in
    *[!0-9' ']* | *' '*' '*' '* | 0[0-9]* | *' 0'[0-9]* | *[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]* | ' '* | *' ') n=0 bytes=0 since=${recordsToMeasure - 1} ;;
  esac
  n=$((n + 1)) bytes=$((bytes + \${size:-${longestRecord}})) since=$((since + 1))
  over && measure
  if over; then
    rm -f "$name.part"
    n=$((n - 1)) bytes=$((bytes - \${size:-0}))
    keep
    if [ $n -ge ${mostRecords} ] || [ $bytes -gt ${mostWaiting - usualRecord} ]; then : >"$spool/${closedName}"; fi
    printf . >>"$spool/${fullName}"
    leave
  fi
  i=0
  while [ -e "$name.$i.json" ]; do i=$((i + 1)); done
  mv "$name.part" "$name.$i.json"
  keep
  if [ $since -ge ${2 * recordsToMeasure} ]; then measure; keep
  elif [ $since -eq ${recordsToMeasure} ]; then { measure; keep; } </dev/null >/dev/null & fi
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
set /a n=0, bytes=0, since=${recordsToMeasure}\r
if exist ${waitingName} for /f "usebackq tokens=1-3" %%a in ("${waitingName}") do set /a "n=%%a, bytes=%%b, since=%%c" 2>nul\r
for %%f in ("%name%.part") do set /a "n+=1, bytes+=%%~zf, since+=1" 2>nul\r
if %since% geq ${recordsToMeasure} goto measure\r
if %n% gtr ${mostRecords} goto measure\r
if %bytes% gtr ${mostWaiting} goto measure\r
:keep\r
move /y "%name%.part" "%name%.0.json" >nul 2>nul\r
>${waitingName} echo %n% %bytes% %since%\r
exit /b 0\r
:measure\r
set /a n=0, bytes=0, since=0\r
for %%f in (*.json *.part) do set /a "n+=1, bytes+=%%~zf" 2>nul\r
if %n% gtr ${mostRecords} goto over\r
if %bytes% leq ${mostWaiting} goto keep\r
:over\r
for %%f in ("%name%.part") do set /a "n-=1, bytes-=%%~zf" 2>nul\r
del "%name%.part" 2>nul\r
>${waitingName} echo %n% %bytes% %since%\r
if %n% geq ${mostRecords} type nul >${closedName}\r
if %bytes% gtr ${mostWaiting - usualRecord} type nul >${closedName}\r
:full\r
<nul set /p "=." >>"%spool%\\${fullName}"\r
:leave\r
findstr "^" >nul 2>nul\r
exit /b 0\r
`;
