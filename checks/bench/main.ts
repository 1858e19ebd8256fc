#!/usr/bin/env node
// Measures what the project promises about speed: figures and ratios from the same run, in user CPU time. A missed bar
// is said, and changes the exit code only with --strict: a noisy machine is no broken build.

import { cpus } from 'node:os'
import { explorer } from './explorer.js'
import { verdictOf } from './figures.js'
import { implementation } from './implementation.js'
import { lockstepRate } from './lockstep.js'
import { type Options, parseOptions, usage } from './options.js'
import { versionOf } from './programs.js'
import { scheduleRate } from './schedules.js'
import { type Report, renderReport } from './screen.js'
import { shootdowns } from './shootdown.js'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = parseOptions(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return 2
  }
  if (options.help) {
    process.stdout.write(usage)
    return 0
  }
  const report = await measure(options)
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report))
  const missed = report.sections.some(({ figures }) => figures.some(figure => verdictOf(figure) === 'missed'))
  return options.strict && missed ? 1 : 0
}

async function measure({ size }: Options): Promise<Report> {
  const machine = [
    `cpu   ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    `node  ${process.version}, V8 ${process.versions.v8}`,
    `cc    ${versionOf('cc', '--version') ?? 'none'}`,
    `spin  ${versionOf('spin', '-V') ?? 'none'}`,
  ]
  const sections = [
    await explorer(size),
    await implementation(size),
    await shootdowns(size),
    lockstepRate(size),
    scheduleRate(size),
  ]
  return { machine, sections }
}
