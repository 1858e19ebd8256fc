#!/usr/bin/env node
// The program `mmspec`: everything is in `program.ts`, so that tests and other programs can have it without running it.

import { main } from './program.js'
import { leaveOnClosedPipe } from './terminal.js'

leaveOnClosedPipe()
await main(process.argv.slice(2))
