// Places and changes as a reader says them.

import test from 'ava'
import { changedPlaces, changeList, changesInLine, placeSaid, valueSaid } from './spoken.js'

const change = (path: string, from = '0', to = '1') => ({ path, from, to })

test('a place is named by the members that it is in, one by one', t => {
  t.is(placeSaid('spaces[0].pages[1].entry'), 'space 0, page 1: entry')
  t.is(placeSaid('processes[1].limits.memlock'), 'process 1: limits memlock')
  t.is(placeSaid('cpus[0].tlb[2]'), 'CPU 0, translation 2')
  t.is(placeSaid('count'), 'count')
  t.is(placeSaid('cpu 0'), 'CPU 0: under way')
})

test('a value that names where something is reads as that place', t => {
  t.is(valueSaid('present(frame 0, rights rw)'), 'frame 0, rw')
  t.is(valueSaid('swapped(slot 1)'), 'slot 1')
  t.is(valueSaid('stored(byte 3)'), 'byte 3')
  t.is(valueSaid('absent'), 'absent')
})

test('changes of a place stand together, memory before the figures that follow from it, and last what claims know', t => {
  const diff = [
    change('spaces[0].users'),
    change('frames[0].references'),
    change('spaces[0].pages[0].entry', 'absent', 'present(frame 0, rights r)'),
    change('frames[0].content', 'stale', 'zero'),
    change('ghost.spaces[0].pages[0].byte'),
  ]
  t.deepEqual(
    changedPlaces(diff).map(({ where, whats }) => [where, ...whats.map(({ what }) => what)]),
    [
      ['frame 0', 'references', 'content'],
      ['space 0, page 0', 'entry'],
      ['space 0', 'users'],
      ['claims know of space 0, page 0', 'byte'],
    ],
  )
  t.deepEqual(changesInLine(diff), [
    'frame 0: references 0 → 1, content stale → zero',
    'space 0, page 0: entry absent → frame 0, r',
    'space 0: users 0 → 1',
  ])
})

test('where an operation stands is said by what it has in hand now, and where it goes on', t => {
  const under = (from: string, to: string) => changeList([change('cpu 1', from, to)]).toString()
  const peek = 'pin.peek(page 0, at 0)'
  t.regex(
    under(peek, 'pin.take(page 0, at 1, seen {0, 1})'),
    /has in hand <ins>at 0 → 1, seen \{0, 1\}<\/ins>; goes on to <ins>take</,
  )
  t.regex(under('idle', peek), /<span>goes on to <ins>peek</)
  t.regex(under(peek, 'idle'), /idle again/)
})

test('the list of changes has all of them, or says that there are none', t => {
  const diff = Array.from({ length: 5 }, (_, frame) => change(`frames[${frame}].references`))
  t.is(changeList(diff).toString().match(/<li>/g)?.length, 5)
  t.regex(changeList([]).toString(), /nothing changed/)
})
