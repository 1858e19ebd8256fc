// One exploration in a process of its own: argument, the bounds as JSON; prints what it cost as JSON.

import { machineOf } from '../../model/kit/index.js'
import { explore } from '../explorer/explore.js'
import { mmSmall } from '../toys/mm-small.js'

const sizes: { readonly [set: string]: number } = JSON.parse(process.argv[2])
const machine = machineOf(mmSmall, {
  bounds: { sizes, switches: {} },
  granularity: 'whole',
  fuse: [],
  choices: 'all',
  operations: null,
  mutant: null,
})
const { verdict, states, transitions, bytes } = explore(machine, { engine: 'packed', claims: null, audit: false })
if (verdict !== 'holds') throw new Error(`MM-small is ${verdict}`)
const { userCPUTime, maxRSS } = process.resourceUsage()
process.stdout.write(JSON.stringify({ states, transitions, bytes, seconds: userCPUTime / 1e6, peak: maxRSS * 1024 }))
