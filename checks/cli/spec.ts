// `mmspec spec`: whether the specification says what the code does, and the specification as a document.

import type { Command } from 'commander'
import { renderJson, renderSpec, renderSpecCheck, wholePage } from '../../reports/index.js'
import { needSources } from '../spec/chapters.js'
import { checkSpec, updateSpec } from '../spec/check.js'
import { specDocument } from '../spec/document.js'
import { colourOption, jsonOption } from './options.js'
import { prepareFolder, writeFile } from './out.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface CheckGiven {
  readonly update?: boolean
  readonly json?: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec spec check                             examples, tables, links, rules, claims and chapters
  mmspec spec check --update                    write the generated tables first
  mmspec spec build                             reports/out/spec/spec.html: all of it, with a search
`

export function spec(program: Command): void {
  const verb = program
    .command('spec')
    .summary('check the specification against the code, and make pages of it')
    .addHelpText('before', examples)
  verb
    .command('check')
    .summary('run the examples, and look for what the specification and the code do not say alike')
    .addHelpText('before', examples)
    .option('--update', 'bring the generated tables and sources up to date first')
    .addOption(jsonOption())
    .addOption(colourOption())
    .action(({ update, json, colour }: CheckGiven) => {
      needSources('spec check')
      const result = checkSpec(update === true ? updateSpec() : [])
      say(json === true ? renderJson(result, { times: false }) : renderSpecCheck(result, screenOf(colour)))
      process.exitCode = result.ok ? 0 : 1
    })
  verb
    .command('build')
    .summary('make pages of the specification: one that has everything, and one for each chapter')
    .addHelpText('before', examples)
    .option('--out <folder>', 'where to write them', 'reports/out/spec')
    .action(({ out }: { readonly out: string }) => {
      needSources('spec build')
      prepareFolder(out)
      const pages = renderSpec(specDocument())
      for (const [name, text] of pages) writeFile(out, name, text)
      const size = Math.ceil(Buffer.byteLength(pages.get(wholePage) ?? '') / 1024)
      say(`${out}/${wholePage} has everything (${size} kB); ${pages.size - 1} pages beside it have a chapter each\n`)
    })
}
