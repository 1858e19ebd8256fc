// What is derived from the shipped text behaves as the text: run straight through, the same commands leave the same
// words. What cannot be derived is refused, with its place.

import test from 'ava'
import fc from 'fast-check'
import { createMachine, type Hooks, mapFlags, protectionBits, tinyBoot } from '../../impl/index.js'
import { derivedCopy } from './copy.js'
import { derive, NotDerivable } from './derive.js'
import { straight } from './straight.js'

const never = { preempt: () => false, pause: () => false, chose() {} } as Hooks

const page = fc.nat(5).map(it => it * 64)
const pages = fc.integer({ min: 1, max: 3 }).map(it => it * 64)
const process = fc.nat(2)
const protection = fc.constantFrom(protectionBits.r, protectionBits.rw, protectionBits.none)
type Call = readonly [name: string, ...args: readonly number[]]
const call = fc.oneof(
  fc.tuple(fc.constant('spawn'), process),
  fc.tuple(fc.constant('exit'), process),
  fc.tuple(fc.constant('fork'), process, process),
  fc.tuple(
    fc.constant('mmap'),
    process,
    page,
    pages,
    protection,
    fc.constantFrom(mapFlags.fixed, mapFlags.fixed | mapFlags.shared),
  ),
  fc.tuple(fc.constant('munmap'), process, page, pages),
  fc.tuple(fc.constant('mprotect'), process, page, pages, protection),
  fc.tuple(fc.constant('mremap'), process, page, pages, pages, fc.constantFrom(0, 1)),
  fc.tuple(fc.constant('store'), process, page, fc.nat(9)),
  fc.tuple(fc.constant('load'), process, page),
  fc.tuple(fc.constant('swapOut'), process, page),
  fc.tuple(fc.constant('mlock'), process, page, pages),
)

test('a derived machine that nobody interrupts leaves the same words as the shipped one', async t => {
  const derived = await derivedCopy()
  const boot = { ...tinyBoot, processes: 3, spaces: 3, frames: 12, slots: 4 }
  fc.assert(
    fc.property(fc.array(call, { minLength: 10, maxLength: 40 }), calls => {
      const shipped = createMachine(boot)
      const other = straight(derived.createMachine(boot, never))
      const run = (machine: object, [name, ...args]: Call) =>
        straight((machine as Readonly<Record<string, (...args: readonly number[]) => unknown>>)[name](...args))
      for (const one of [
        ['spawn', 0],
        ['mmap', 0, 64, 192, protectionBits.rw, mapFlags.fixed],
        ...calls,
      ] as readonly Call[])
        t.deepEqual(run(other, one), run(shipped, one), one.join(' '))
      t.deepEqual(new Int32Array(other.memory), new Int32Array(shipped.memory))
    }),
    { numRuns: 60 },
  )
})

const refused = (text: string, says: RegExp) =>
  test(`refused: ${text.split('\n')[0]}`, t => {
    const error = t.throws(() => derive(new Map([['chapter.js', text]])), { instanceOf: NotDerivable })
    t.regex(error?.message ?? '', says)
  })

const chapter = (body: string) => `export function create({ preempt }) { function f() { preempt('x'); } ${body} }`
refused(chapter('return [1].map(() => f());'), /chapter\.js:1:\d+: .* reaches a hook and is given to something/)
refused(chapter('return { get f() { return f(); } };'), /getter that reaches a hook/)
refused(chapter('const g = async () => f(); return g;'), /async or a generator already/)
refused(chapter('return function () { return () => { f(); this.g(); }; };'), /arrow function with 'this'/)
refused(chapter('function g(x = f()) { return x; } return g;'), /default of a parameter/)
refused(chapter('return maybe => { for (const f of maybe) f(); };'), /nothing says which f is called/)
refused('const { preempt } = globalThis;\npreempt();', /while the module is loaded/)

const derived = (text: string): string => derive(new Map([['chapter.js', text]])).texts.get('chapter.js') ?? ''
/** A call that answers with a generator or at once, as it is written where it does not stand at the end. */
const eitherWay = (call: string): string =>
  `(answer$ = ${call}, typeof answer$ === 'object' && answer$?.next !== undefined ? yield* answer$ : answer$)`

test('a function that reaches a hook becomes a generator, and so does whoever goes on behind a call of it', t => {
  const text = `export function create({ preempt }) {
    const wait = () => { preempt('x'); };
    return { twice() { wait(); wait(); }, none: () => 3 };
}`
  t.is(
    derived(text),
    `export function create({ preempt }) {
    const wait = (function* ()    { (preempt('x') && (yield)); });
    return { *twice() { (yield* wait()); (yield* wait()); }, none: () => 3 };
}`,
  )
})

test('a function that only hands on what it calls stays what it is, and whoever calls it is prepared for both', t => {
  const text = `export function create({ preempt }) {
    const twice = (act) => { act(); act(); };
    function poll(mail) { if (mail) step(); }
    function step() { preempt('y'); }
    return { one: () => twice(() => preempt('x')), two: () => twice(x => ({ x })), three: () => 3, poll };
}`
  t.is(
    derived(text),
    `export function create({ preempt }) {
    const twice = (function* (act)    { ${eitherWay('act()')}; ${eitherWay('act()')}; });
    function poll(mail) { if (mail) return step(); }
    function* step() { (preempt('y') && (yield)); }
    return { one: () => twice((function* ()   { return ( (preempt('x') && (yield))); })), two: () => twice(x => ({ x })), three: () => 3, poll };
}
var answer$;
`,
  )
})

test('a call at the end whose answer nobody should hear is not handed on', t => {
  const text = `export function create({ preempt }) {
    function take() { preempt('x'); return 7; }
    return { give() { take(); } };
}`
  t.regex(derived(text), /\*give\(\) { \(yield\* take\(\)\); }/)
})
