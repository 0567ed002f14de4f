import { makeApp } from "../../org/support/app.ts";
import { badInputSuite } from "./badInput.suite.ts";

badInputSuite("SQLite", makeApp);
