// The first state of a machine: every leaf at the first value of its domain, then what the system's `initial` sets, then
// what the scope has done beforehand.

import { type Machine, ModelError, PackedHost, writeCode } from '../../model/kit/index.js'

export function initialState(machine: Machine): Uint8Array {
  const bytes = new Uint8Array(machine.bytes)
  machine.system.initial(new PackedHost(machine, bytes).m, machine.setting.bounds)
  for (const [path, value] of machine.setting.start ?? []) {
    const cell = machine.layout.leaves.find(leaf => leaf.path === path)
    const code = cell?.domain.code(value) ?? -1
    if (cell === undefined || code < 0) throw new ModelError(`${path} cannot start as it does`)
    writeCode(bytes, cell, code)
  }
  return bytes
}
