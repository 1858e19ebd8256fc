// idle: a CPU runs no process for a while, and leaves the tables loaded that it has: it may come back to the same. Hardware may
// go on walking them. Rule: spec/tlb.md#idle.

import { disabled } from '../kit/index.js'
import { operation } from '../state.js'

export const idle = operation('idle', { concurrent: true, rule: 'tlb.md#idle', args: {} }).steps({
  idle: (m, my) => {
    if (!m.cpus[my.cpu].running) return disabled
    m.cpus[my.cpu].running = false
  },
})
