// Where mutants run: three scopes small enough for hundreds of searches, and wider bounds of the same for what
// survives them.

import { bindScope, loadScope } from '../scope/index.js'
import type { Grounds } from './run.js'

const tiny = ['tiny-limit', 'tiny-separate', 'tiny-counted']
const wide = [
  {
    scope: 'tiny-separate',
    sets: ['processes=3', 'spaces=3', 'pages=8', 'frames=6', 'slots=3', 'values=5', 'regions=8', 'tableFrames=8'],
    commands: 10_000,
  },
  { scope: 'tiny-separate', sets: ['processes=1', 'pages=12', 'regions=12', 'tableFrames=4'], commands: 10_000 },
  {
    scope: 'tiny-counted',
    sets: ['pages=4', 'frames=7', 'slots=2', 'geometry=x86', 'window=straddle-3'],
    commands: 2_000,
  },
]

export function usualGrounds(): Grounds {
  const scopes = tiny.map(name => loadScope(name))
  return {
    model: scopes.map(scope => ({
      name: scope.name,
      bind: mutant => {
        const left =
          mutant.operation !== '' && scope.operations !== undefined && scope.operations[mutant.operation] === undefined
        return left ? null : bindScope(scope, [], mutant).machine
      },
    })),
    machines: scopes.map(scope => ({ name: scope.name, machine: bindScope(scope).machine })),
    random: wide.map(({ scope, sets, commands }) => {
      const bound = bindScope(loadScope(scope), sets)
      return { name: [scope, ...sets].join('~'), machine: bound.machine, commands }
    }),
  }
}
