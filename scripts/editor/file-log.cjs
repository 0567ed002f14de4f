"use strict";
/**
 * Stands in for the editor's log writer, a native module that only a compiler could make. Without it the editor writes
 * no log files, and output channels, which show those files, stay empty.
 */
const { appendFileSync, mkdirSync, statSync, renameSync } = require("node:fs");
const path = require("node:path");

const levels = ["trace", "debug", "info", "warning", "error", "critical", "off"];

class Logger {
  #file;
  #largest;
  #level = 0;
  #raw = false;

  constructor(_kind, _name, file, largest) {
    this.#file = file;
    this.#largest = largest;
  }

  trace(text) {
    this.#write(0, text);
  }
  debug(text) {
    this.#write(1, text);
  }
  info(text) {
    this.#write(2, text);
  }
  warn(text) {
    this.#write(3, text);
  }
  error(text) {
    this.#write(4, text);
  }
  critical(text) {
    this.#write(5, text);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  /** The editor knows one pattern, the one that is written here. */
  setPattern() {
    this.#raw = false;
  }
  clearFormatters() {
    this.#raw = true;
  }
  flush() {}
  drop() {}

  #write(level, text) {
    if (level < this.#level) return;
    this.#rotate();
    appendFileSync(this.#file, this.#raw ? text : `${now()} [${levels[level]}] ${text}\n`);
  }

  #rotate() {
    const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    if (this.#largest > 0 && size > this.#largest) renameSync(this.#file, `${this.#file}.1`);
  }
}

function now() {
  return new Date().toISOString().replace("T", " ").slice(0, -1);
}

async function create(name, file, largest) {
  mkdirSync(path.dirname(file), { recursive: true });
  return new Logger("", name, file, largest);
}

exports.version = 0;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
