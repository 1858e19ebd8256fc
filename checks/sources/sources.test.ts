// Lines of the sources: every step of every operation has one, and what is written there is that step. Checked against the
// sources themselves, which the index never reads.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import type { Source } from '../../reports/result.js'
import { modelClaims } from '../claims/index.js'
import { memory } from '../memory/system.js'
import { allScopes, loadScope } from '../scope/index.js'
import { root } from '../spec/chapters.js'
import { systems } from '../systems.js'
import { claimSource, scopeSource, stepSource } from './index.js'

const linesFrom = ({ file, line }: Source): readonly string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .slice(line - 1)
const lineOf = (source: Source): string => linesFrom(source)[0] ?? ''

/** The key of a step, or one that is put together: a shootdown has the name that the operation gives it. */
const isKeyOf = (line: string, step: string): boolean => {
  const built = /^\s*\[(?:name|`\$\{name\}(\w+)`)\]: /.exec(line)
  return built === null ? new RegExp(`(?:^|[\\s{])${step}(?::|,)`).test(line) : step.endsWith(built[1] ?? '')
}

test('every step of every operation of the memory system has a line, which holds its name', t => {
  const steps = memory.operations.flatMap(({ name, steps }) => Object.keys(steps).map(step => [name, step] as const))
  t.true(steps.length > 700)
  const wrong = steps.filter(([operation, step]) => {
    const source = stepSource('memory', operation, step)
    return source === null || !isKeyOf(lineOf(source), step)
  })
  t.deepEqual(wrong, [])
})

test('steps of one name that operations share, and steps of their own, are told apart', t => {
  const fileOf = (operation: string, step: string) => stepSource('memory', operation, step)?.file
  t.is(fileOf('fork', 'start'), 'model/copy-on-write/fork.ts')
  t.is(fileOf('spawn', 'start'), 'model/processes/spawn.ts')
  t.is(fileOf('fork', 'frame'), 'model/copy-on-write/pinned.ts')
  t.is(fileOf('fork', 'forgetSend'), 'model/tlb/shootdown.ts')
  const line = (step: string) => lineOf(stepSource('memory', 'fork', step) ?? { file: 'README.md', line: 1 })
  t.regex(line('forgetSend'), /Send`\]/)
  t.regex(line('forgetAwait'), /Await`\]/)
})

test('what has no step of its own has the line of its operation or rule', t => {
  for (const { name } of memory.rules) {
    const source = stepSource('memory', name, '')
    const [first, second] = source === null ? ['', ''] : linesFrom(source)
    t.true(/\brule\(/.test(first) && (first + second).includes(`'${name}'`), name)
  }
  const added = stepSource('memory', 'fork', 'a step that a mutant adds')
  t.true(added !== null && lineOf(added).includes("operation('fork'"))
  t.is(stepSource('memory', 'no operation', 'step'), null)
})

test('toys have lines too, but for operations whose name is put together', t => {
  const lines = Object.values(systems).flatMap(({ name, operations }) =>
    operations.map(operation => {
      const [step] = Object.keys(operation.steps)
      const source = stepSource(name, operation.name, step)
      return source === null ? name : isKeyOf(lineOf(source), step)
    }),
  )
  t.deepEqual(new Set(lines), new Set([true, 'diamond']))
})

test('every claim has the line where it is stated', t => {
  const ids = [...modelClaims, ...Object.values(memory.recounts)].map(({ id }) => id)
  const wrong = ids.filter(id => {
    const source = claimSource('memory', id)
    return source === null || !lineOf(source).includes(`'${id}'`)
  })
  t.deepEqual(wrong, [])
  t.is(claimSource('memory', 'no/such-claim'), null)
})

test('a scope has the line where its file says what is expected', t => {
  for (const scope of allScopes()) {
    const source = scopeSource(scope)
    t.true(existsSync(join(root, source.file)), scope.name)
    if (Object.keys(scope.expect).length > 0) t.regex(lineOf(source), /^expect:/, scope.name)
  }
  t.is(scopeSource(loadScope('checks/scopes/fork.yaml')).file, 'checks/scopes/fork.yaml')
})
