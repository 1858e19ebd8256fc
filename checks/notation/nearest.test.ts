import test from 'ava'
import fc from 'fast-check'
import { nearest } from './nearest.js'

const words = ['spawn', 'exit', 'mmap', 'munmap', 'read', 'write', 'swapout', 'swapin', 'mm-small', 'r']

const guesses: readonly [typed: string, meant: string | null][] = [
  ['wrte', 'write'],
  ['writee', 'write'],
  ['wrIte', 'write'],
  ['raed', 'read'],
  ['psawn', 'spawn'],
  ['munamp', 'munmap'],
  ['swap-in', 'swapin'],
  ['swapuot', 'swapout'],
  ['MMAP', 'mmap'],
  ['mmsmall', 'mm-small'],
  ['R', 'r'],
  ['x', null],
  ['wild', null],
  ['', null],
  ['frobnicate', null],
  ['dear', 'read'],
]

for (const [typed, meant] of guesses) {
  test(`whoever types "${typed}" is offered ${meant ?? 'nothing'}`, t => t.is(nearest(typed, words), meant))
}

test('of equally near words the first is offered', t => {
  t.is(nearest('cat', ['hat', 'car', 'cut']), 'hat')
})

test('without words there is nothing to offer', t => {
  t.is(nearest('write', []), null)
})

test('a valid word is always its own nearest', t => {
  const property = fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), candidates => {
    return candidates.every(word => nearest(word, candidates)?.toLowerCase() === word.toLowerCase())
  })
  t.notThrows(() => fc.assert(property))
})
