// What is seen of a machine with several CPUs, leaf by leaf in the words of the model, so that a schedule is drawn as any
// trace is. What is half done under a lock is hidden from everybody, and hidden here.

import { size } from '../../model/index.js'
import { commands } from '../../spec/interface.js'
import { type SeenEntry, seenIn } from './seen.js'
import type { Stage } from './stage.js'

export type Leaves = ReadonlyMap<string, string>

/** Leaves of the machine as it is now. */
export function leavesNow(stage: Stage): Leaves {
  const { machine, placement, scenario } = stage
  const { bounds } = scenario
  const { spaces, translations } = seenIn(machine, placement)
  const leaves = new Map<string, string>()
  spaces.forEach((space, process) => {
    const at = `spaces[${process}]`
    leaves.set(`processes[${process}].space`, space === null ? 'none' : String(process))
    leaves.set(`${at}.users`, space === null ? '0' : '1')
    leaves.set(`${at}.writer`, someCpu(space?.writer ?? -1))
    leaves.set(`${at}.reading`, String(space?.readers ?? 0))
    leaves.set(`${at}.tableLock`, someCpu(space?.tables ?? -1))
    for (let page = 0; page < placement.pages; page++) {
      const [regions, entries] = space === null ? [[], []] : [space.regions, space.entries]
      leaves.set(`${at}.pages[${page}].region`, regions === null ? hidden : (regions[page] ?? 'unmapped'))
      leaves.set(`${at}.pages[${page}].entry`, entries === null ? 'hidden' : entryText(entries[page]))
    }
  })
  for (let frame = 0; frame < size(bounds, 'frame'); frame++) {
    leaves.set(`frames[${frame}].references`, String(machine.inspect.referencesOf(frame)))
    leaves.set(`frames[${frame}].content`, `stored(byte ${machine.inspect.frameWord(frame, 0)})`)
  }
  for (let slot = 0; slot < size(bounds, 'slot'); slot++) {
    leaves.set(`slots[${slot}].references`, String(machine.inspect.slotReferencesOf(slot)))
    leaves.set(`slots[${slot}].content`, `stored(byte ${machine.inspect.slotWord(slot, 0)})`)
  }
  scenario.scripts.forEach((_, cpu) => {
    for (let number = 0; number < spaces.length * placement.pages; number++)
      leaves.set(`cpus[${cpu}].tlb[${number}].holds`, 'empty')
    leaves.set(`cpu ${cpu}`, standsAt(stage, cpu))
  })
  for (const { cpu, process, page, frame, rights } of translations) {
    const number = Math.max(0, process) * placement.pages + page
    leaves.set(
      `cpus[${cpu}].tlb[${number}].holds`,
      `present(space ${process}, page ${page}, frame ${frame}, rights ${rights})`,
    )
  }
  return leaves
}

const hidden = 'hidden by a lock'
const someCpu = (cpu: number): string => (cpu < 0 ? 'none' : String(cpu))

function entryText(entry: SeenEntry | undefined): string {
  if (entry === undefined || entry.kind === 'absent') return 'absent'
  return entry.kind === 'swapped' ? `swapped(slot ${entry.at})` : `present(frame ${entry.at}, rights ${entry.rights})`
}

/** The command that a CPU is in, and the point where it stands. */
function standsAt({ scenario, answers, places }: Stage, cpu: number): string {
  const command = scenario.scripts[cpu][answers[cpu].length]
  if (command === undefined) return 'idle'
  return `${commands[command.name].word}(${places[cpu] === undefined ? 'not begun' : `stands at ${places[cpu]}`})`
}
