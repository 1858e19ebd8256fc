// What the run report has beside the look of every page.

export const runStyle = `
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--new); } .none { color: var(--faint); }
section { margin-top: 2.2rem; } section h2 { border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
ul.why { list-style: none; margin: .6rem 0 1rem; } ul.why li { margin: .2rem 0; overflow-wrap: anywhere; } ul.plain { list-style: none; padding: 0; }
.wide { overflow-x: auto; } .wide td a { color: var(--accent); text-decoration: underline; display: inline; } table.tight { width: auto; } .wide:focus-visible { outline: 2px solid var(--accent); }
.wide td:not(.num) { min-width: 6.5rem; } .wide th[scope=row] { color: inherit; font-weight: 500; min-width: 11rem; } th small { display: block; color: var(--faint); font-weight: 400; }
.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } td p { margin: .15rem 0; overflow-wrap: anywhere; }
tr.unsure > th, tr.unsure > td { background: var(--newback); } .wide thead th { white-space: nowrap; vertical-align: bottom; }
tr.wrong > th, tr.wrong > td { background: var(--badback); } tr.wrong > td { color: inherit; } tr.wrong code { color: inherit; }
th.turned { height: 9rem; text-align: right; vertical-align: bottom; padding: 0 .3rem .3rem 0; } th.turned span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
td.gap { background: var(--badback); color: var(--bad); font-weight: 600; }
ul.names { columns: 22rem; margin: .3rem 0; padding-left: 1.2rem; font-size: .88em; } ul.names li { overflow-wrap: anywhere; break-inside: avoid; }
details > summary { cursor: pointer; }
svg.bars rect { fill: var(--accent); } svg.chart { width: 100%; max-width: 56rem; height: auto; display: block; }
svg.chart text { fill: var(--faint); font-size: 13px; } svg.chart rect { fill: var(--accent); } svg .grid { stroke: var(--line); stroke-width: 1; }
svg polyline { fill: none; stroke-width: 2; } svg line { stroke-width: 3; }
.line0 { stroke: #2456a6; } .line1 { stroke: #c2410c; } .line2 { stroke: #1b6e3c; } .line3 { stroke: #8b5cc4; } .line4 { stroke: #b7791f; } .line5 { stroke: #0e7490; }
@media (prefers-color-scheme: dark) { .line0 { stroke: #8ab4f8; } .line1 { stroke: #ff9e64; } .line2 { stroke: #7bd88f; } .line3 { stroke: #c4a7f0; } .line4 { stroke: #ffca5c; } .line5 { stroke: #67d3e6; } }
ul.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .88em; }
@media (max-width: 40rem) { .wide th[scope=row] { min-width: 8rem; } svg.chart { min-width: 34rem; } }
@media print { .wide { overflow: visible; } section { break-inside: auto; } tr { break-inside: avoid; } }
`
