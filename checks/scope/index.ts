// Scopes: finding them, reading them, binding them to a machine.

export { type BoundScope, bindScope } from './bind.js'
export { builtInClaims, claimIds, systemOf } from './judge.js'
export { allScopes, loadScope, scopeNames } from './load.js'
export { type Expectation, type ScopeFile, type ScopeTag, type ScopeText, scopeTags } from './schema.js'
export { mutantOf, slugOf } from './slug.js'
