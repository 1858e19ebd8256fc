// The graph of a trace: what is in it, and that its text keeps to the grammar of the language whatever the strings hold.
// Where Graphviz is installed, it is asked too.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'ava'
import fc from 'fast-check'
import { renderDot } from './dot.js'
import { brokenClaim } from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import { smpScope, twoCpus } from './golden/red-runs.js'
import { violatedClaims } from './verdicts.js'

const graph = renderDot({ scope: smpScope, claim: { ...brokenClaim, trace: twoCpus }, version: '1' })

/** Statements of the part of the language that is written; a string ends at a quote that no backslash escapes. */
const string = String.raw`"(?:[^"\\\n]|\\.)*"`
const attributes = String.raw`\[\w+=(?:${string}|\w+)(?:, \w+=(?:${string}|\w+))*\]`
const statement = new RegExp(
  String.raw`^  (?:\w+ ${attributes};|\w+ -> \w+ ${attributes};|\{ rank=same; \w+(?:; \w+)*; \}|// [^\n]*|label=${string}; labelloc=t; rankdir=TB; node ${attributes}; edge ${attributes};)$`,
)
function check(text: string): void {
  const lines = text.trimEnd().split('\n')
  assert.equal(lines[0], 'digraph trace {')
  assert.equal(lines.at(-1), '}')
  for (const line of lines.slice(1, -1)) assert.match(line, statement)
}

test('states stand in a row by depth, the violated one outlined, other commands dashed beside it', t => {
  t.notThrows(() => check(graph))
  t.is([...graph.matchAll(/^ {2}s\d+ \[/gm)].length, twoCpus.steps.length + 1)
  t.regex(graph, /^ {2}s5 \[.*color=red, penwidth=3, peripheries=2\];$/m)
  t.is([...graph.matchAll(/peripheries/g)].length, 1)
  t.regex(graph, /s0 -> s1 \[label="cpu 0: P0 spawn → ok\\l"\]/)
  t.regex(graph, /s2 -> a3_1 \[label="P0 \\"\\\\N\\" mmap\\l", style=dashed\]/)
  t.regex(graph, /\{ rank=same; s3; a3_0; a3_1; a3_more; \}/)
})

test('whatever the strings hold, the text keeps to the grammar', t => {
  const keeps = (strings: readonly string[]) => {
    const { scopes, version } = hostileRun(strings)
    for (const scope of scopes)
      for (const claim of violatedClaims(scope))
        if (claim.trace !== undefined) check(renderDot({ scope, claim: { ...claim, trace: claim.trace }, version }))
  }
  t.notThrows(() => fc.assert(fc.property(hostileLists, keeps), { numRuns: 100 }))
})

test('Graphviz draws it, where it is installed', t => {
  const { error, status, stderr, stdout } = spawnSync('dot', ['-Tplain'], {
    input: graph,
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (error !== undefined) {
    t.log('not installed here: only the grammar is checked')
    return t.pass()
  }
  t.is(stderr, '')
  t.is(status, 0)
  t.is([...stdout.matchAll(/^node s\d/gm)].length, twoCpus.steps.length + 1)
})
