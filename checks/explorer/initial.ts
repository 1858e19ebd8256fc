// The first state of a machine: every leaf at the first value of its domain, then what the system's `initial` sets.

import { type Machine, PackedHost } from '../../model/kit/index.js'

export function initialState(machine: Machine): Uint8Array {
  const bytes = new Uint8Array(machine.bytes)
  machine.system.initial(new PackedHost(machine, bytes).m, machine.setting.bounds)
  return bytes
}
