// Who may trust whom, held by the imports of every source file; and the words that switch the type checker off.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import test from 'ava'
import { root } from './spec/chapters.js'

interface Source {
  readonly file: string
  readonly text: string
}
/** Measurements and golden files are tools of their own; tests may look anywhere. */
const apart = /\.test\.ts$|^checks\/bench\/|^reports\/golden\//

const sources: readonly Source[] = ['spec', 'model', 'impl', 'checks', 'reports'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(name => join(folder, name))
    .filter(file => !apart.test(file))
    .map(file => ({ file, text: readFileSync(join(root, file), 'utf8') })),
)

/** What a file imports, relative paths as paths of the repository. */
const importsOf = ({ file, text }: Source): readonly string[] =>
  [...text.matchAll(/(?:^(?:import|export|\})[^'\n]* from |^import |\bimport\()'([^']+)'/gm)].map(([, name]) =>
    name.startsWith('.') ? relative(root, join(root, dirname(file), name)).replace(/\.js$/, '.ts') : name,
  )

/** For each folder, what its files may import; checks hold everything together and may import all. */
const allowed: { readonly [folder: string]: RegExp } = {
  spec: /^$/,
  model: /^(model\/.+|spec\/interface\.ts|immer|ts-pattern)$/,
  impl: /^(impl\/.+|spec\/interface\.ts)$/,
  checks: /^(spec\/interface\.ts|model\/.+|impl\/.+|checks\/.+|reports\/.+|node:.+|[a-z][a-z-]*)$/,
  reports: /^(reports\/.+|spec\/interface\.ts|node:.+|zod)$/,
}
const folderOf = (file: string) => file.slice(0, file.indexOf('/'))
const forbidden = (of: readonly Source[]): readonly string[] =>
  of.flatMap(source =>
    importsOf(source)
      .filter(name => !allowed[folderOf(source.file)].test(name))
      .map(name => `${source.file} imports ${name}`),
  )

test('spec imports nothing, model and impl only it, reports nothing that is checked, and checks may import all', t => {
  t.true(sources.length > 100)
  t.deepEqual(forbidden(sources), [])
})

test('an import that is not allowed is found in every form it can have', t => {
  for (const [file, name] of [
    ['model/x.ts', '../impl/index.js'],
    ['model/x.ts', '../checks/systems.js'],
    ['model/swap/x.ts', 'zod'],
    ['impl/x.ts', '../model/state.js'],
    ['impl/x.ts', 'node:fs'],
    ['reports/x.ts', '../checks/result.js'],
    ['spec/interface.ts', '../model/index.js'],
  ]) {
    const text = `import { x } from '${name}'`
    t.is(forbidden([{ file, text }]).length, 1, `${file} ${name}`)
    t.is(forbidden([{ file, text: `export * from '${name}'` }]).length, 1)
    t.is(forbidden([{ file, text: `const x = await import('${name}')` }]).length, 1)
    t.is(forbidden([{ file, text: `import '${name}'` }]).length, 1)
  }
})

test('packages are imported where package.json has them', t => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = new Set(sources.flatMap(importsOf).filter(name => !name.includes('/') && !name.startsWith('node:')))
  t.deepEqual([...packages].sort(), Object.keys(dependencies).sort())
})

/** The text without comments and without what stands in quotes, line by line. */
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/`(?:[^`\\$]|\\.|\$(?!\{))*`/g, '``')

const anyType = /:\s*any\b|\bas any\b|<any\b|\bany\[\]|,\s*any>/
const nonNull = /[\w)\]]!(?=[.,;)\]}[]|$)/m
const wrong = ({ text }: Source): readonly string[] => [
  ...(anyType.test(codeOf(text)) ? ['any'] : []),
  ...(nonNull.test(codeOf(text)) ? ['non-null assertion'] : []),
  ...(/@ts-(ignore|nocheck|expect-error)/.test(text) ? ['type checker switched off'] : []),
]

test('no source file uses any, a non-null assertion, or switches the type checker off', t => {
  t.deepEqual(
    sources.flatMap(source => wrong(source).map(what => `${source.file}: ${what}`)),
    [],
  )
})

test('what is not allowed is found where it stands, and words in texts are not', t => {
  const of = (text: string) => wrong({ file: 'x.ts', text })
  for (const text of ['const x: any = 1', 'x as any', 'f<any>()', 'a: any[]', 'Map<string, any>'])
    t.deepEqual(of(text), ['any'])
  for (const text of ['x!.y', 'f(x!)', 'a[0]!;', 'const y = x!\n', 'x![0]'])
    t.deepEqual(of(text), ['non-null assertion'])
  t.deepEqual(of('// @ts-' + 'ignore\nx'), ['type checker switched off'])
  for (const text of ['// is it: any?\n', "'as any'", 'a !== b', '!x.y', '`x!.y`', 'if (!(a)) b'])
    t.deepEqual(of(text), [])
})
