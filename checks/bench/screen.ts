// The benchmark's screen: the machine, a table for each section, and one line that sums up.

import { renderTable } from '../../reports/index.js'
import { type Figure, type Section, verdictOf } from './figures.js'

export interface Report {
  readonly machine: readonly string[]
  readonly sections: readonly Section[]
}

const headers = ['', 'ours', 'theirs', 'unit', 'ratio', 'spread', 'bar', 'verdict']

export function renderReport({ machine, sections }: Report): string {
  const parts = [
    machine.join('\n'),
    ...sections.map(section =>
      [
        section.title,
        ...(section.figures.length === 0 ? [] : [renderTable(section.figures.map(rowOf), headers).trimEnd()]),
        ...(section.skipped === null ? [] : [`skipped: ${section.skipped}`]),
        ...section.notes,
      ].join('\n'),
    ),
    summaryOf(sections),
  ]
  return `${parts.join('\n\n')}\n`
}

const rowOf = (figure: Figure): readonly string[] => [
  figure.name,
  digits(figure.ours),
  figure.theirs === null ? '' : digits(figure.theirs),
  figure.unit,
  figure.ratio === null ? '' : figure.ratio.toFixed(2),
  figure.spread.map(end => (figure.ratio === null ? digits(end) : end.toFixed(2))).join('–'),
  figure.bar === null ? '' : `${figure.bar.kind === 'most' ? '≤' : '≥'} ${figure.bar.than}`,
  verdictOf(figure),
]

/** Three digits that mean something, and no more. */
const digits = (value: number) =>
  value >= 1000 ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ') : value.toFixed(value >= 100 ? 0 : 1)

/** `12 bars met, 1 missed: walk; 1 comparison skipped`. */
export function summaryOf(sections: readonly Section[]): string {
  const figures = sections.flatMap(section => section.figures)
  const named = (verdict: string) => figures.filter(figure => verdictOf(figure) === verdict).map(({ name }) => name)
  const missed = named('missed')
  const skipped = sections.filter(section => section.skipped !== null).length
  const met = named('ok').length
  return [
    `${met} ${met === 1 ? 'bar' : 'bars'} met`,
    ...(missed.length === 0 ? [] : [`${missed.length} missed: ${missed.join(', ')}`]),
    ...(skipped === 0 ? [] : [`${skipped} ${skipped === 1 ? 'comparison' : 'comparisons'} skipped`]),
  ].join(' · ')
}
