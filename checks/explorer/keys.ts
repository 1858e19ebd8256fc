// Packs the cells of a state into as few 32-bit words as their domains need, and back. The words are the state, not a
// hash of it, so a visited set of them is exact. A cell never straddles two words.

import type { Machine } from '../../model/kit/index.js'

export interface Keys {
  /** Words of a key. Bit 31 of the last word is never used: the visited set marks taken places with it. */
  readonly words: number
  readonly bits: number
  pack(bytes: Uint8Array, out: Int32Array, at: number): void
  unpack(key: Int32Array, at: number, bytes: Uint8Array): void
}

interface Place {
  readonly cell: Machine['cells'][number]
  readonly word: number
  readonly shift: number
  readonly mask: number
}

const bitsFor = (values: number): number => 32 - Math.clz32(values - 1)

function placesOf(cells: Machine['cells']): Place[] {
  const usable = 31
  let word = 0
  let shift = 0
  return cells.map(cell => {
    const bits = bitsFor(cell.values)
    if (shift + bits > usable) {
      word++
      shift = 0
    }
    const place = { cell, word, shift, mask: 2 ** bits - 1 }
    shift += bits
    return place
  })
}

export function keysOf(machine: Machine): Keys {
  const places = placesOf(machine.cells)
  const words = Math.max(2, ...places.map(p => p.word + 1))
  const read = ({ cell }: Place) => (cell.bytes === 1 ? `b[${cell.at}]` : `(b[${cell.at}] | b[${cell.at + 1}] << 8)`)
  const wordOf = (w: number) =>
    places
      .filter(p => p.word === w)
      .map(p => (p.shift === 0 ? read(p) : `${read(p)} << ${p.shift}`))
      .join(' | ') || '0'
  const packs = Array.from({ length: words }, (_, w) => `out[at + ${w}] = ${wordOf(w)}`).join('\n')
  const loads = Array.from({ length: words }, (_, w) => `const w${w} = key[at + ${w}]`).join('\n')
  const unpacks = places
    .map(({ cell, word, shift, mask }) => {
      const code = `w${word} >>> ${shift} & ${mask}`
      return cell.bytes === 1
        ? `b[${cell.at}] = ${code}`
        : `b[${cell.at}] = (${code}) & 255; b[${cell.at + 1}] = (${code}) >> 8`
    })
    .join('\n')
  const pack: unknown = new Function('b', 'out', 'at', packs)
  const unpack: unknown = new Function('key', 'at', 'b', `${loads}\n${unpacks}`)
  return {
    words,
    bits: places.reduce((sum, p) => sum + bitsFor(p.cell.values), 0),
    pack: pack as Keys['pack'],
    unpack: unpack as Keys['unpack'],
  }
}
