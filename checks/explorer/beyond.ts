// What no scope of the package reaches, and why that is no gap: steps, answers and rows of decisions that stand in the
// model for completeness and that no bounds let a search come to. What is listed here and reached is an error too.

export const beyond: { readonly [system: string]: { readonly [name: string]: string } } = {
  memory: {},
}
