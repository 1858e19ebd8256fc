// Which fields of a command go together. The vocabulary can say a mapping anywhere at page 3, or a target that nothing is
// moved to; no system call says that, no line of the notation writes it, and the model never runs it.

import type { Command } from '../../spec/interface.js'

export function makesSense(command: Command): boolean {
  if ('reach' in command && command.reach !== 'user' && command.page !== 0) return false
  if (command.name === 'mremap') return command.to === 0 || command.moving.split('|').includes('fixed')
  if (command.name === 'shmget') return command.short === 0 || command.count > 0
  if (command.name !== 'mmap' && command.name !== 'shmat') return true
  return command.placement !== 'anywhere' || (command.page === 0 && command.skew === 'aligned')
}
