// How pages look: in light and dark, on a desk, on a phone and on paper. Colour repeats what words and shapes say.

export const style = `
:root { color-scheme: light dark; --ink: #1c1e21; --faint: #5d6570; --paper: #fdfdfc; --card: #f3f4f2; --line: #c9cdd2;
  --bad: #b3261e; --badback: #fbe9e7; --new: #8a5a00; --newback: #fff3d6; --good: #1b6e3c; --accent: #2456a6;
  --w: #c2410c; --r: #2456a6; --s: #6b4fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e8; --faint: #a0a8b2; --paper: #16181b; --card: #20242a;
  --line: #3d444d; --bad: #ff8a80; --badback: #3a1c1a; --new: #ffca5c; --newback: #3a2f12; --good: #7bd88f;
  --accent: #8ab4f8; --w: #ff9e64; --r: #8ab4f8; --s: #c4a7f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 92rem; padding: 1rem 1.2rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: .2rem 0; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .4rem; } h4, h5 { margin: 0; font-size: .85rem; } h4 { color: var(--faint); } .row h4 { width: 5.2rem; flex: none; padding-top: .3rem; }
code, pre, .step-command, .to { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
a { color: var(--accent); } p { margin: .3rem 0; } .faint { color: var(--faint); }
.claim { color: var(--bad); overflow-wrap: anywhere; } .claimed { font-size: 1.05rem; } .why { border-left: 4px solid var(--bad); background: var(--badback); padding: .6rem .9rem; margin: .6rem 0; overflow-wrap: anywhere; } header .why { font-size: 1.05rem; } header .why p { font-size: .93rem; }
.rule p, #rules p { max-width: 46rem; font-size: .93em; } .rule, #rules article { border-left: 3px solid var(--line); padding-left: .9rem; } .rule > summary { color: var(--accent); } .item { display: flex; gap: .5rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .6rem 0; }
dl.facts dt { color: var(--faint); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
button, .tab { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }
button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--faint); font-weight: 500; } td, th { padding: .2rem .6rem .2rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
td.n { text-align: right; width: 2.8rem; white-space: nowrap; color: var(--faint); } td.answer { width: 4.5rem; overflow-wrap: anywhere; }
.steps table { table-layout: fixed; } .steps th:first-child { width: 2.8rem; } .steps th.answer { width: 5.5rem; } .steps td { overflow-wrap: anywhere; border-bottom: 0; } .steps tbody { border-bottom: 1px solid var(--line); } .steps td.lane { border-left: 3px solid var(--accent); padding-left: .5rem; }
.steps .what td { color: var(--faint); font-size: .84em; padding-top: 0; line-height: 1.4; }
tbody.current { background: var(--newback); } tbody.wrong { outline: none; } tbody.wrong code, tbody.wrong .n, tbody.wrong .answer { color: var(--bad); }
td a { text-decoration: none; color: inherit; display: block; } td small { display: block; color: var(--faint); overflow-wrap: anywhere; }
@media (min-width: 64rem) { main { display: grid; grid-template-columns: minmax(20rem, 2fr) 3fr; gap: 2rem; align-items: start; }
  .steps, .scripted .memory { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 1rem; } .scripted .step { scroll-margin-top: 100rem; }
  .scripted .steps.long { padding-bottom: 60vh; } .steps thead th { position: sticky; top: 0; background: var(--paper); } }
.scripted tbody[data-step] { cursor: pointer; }
.chain p { margin-top: .5rem; } .chain ul { list-style: none; padding-left: 0; font-size: .86rem; } .chain li { padding: .1rem 0; color: var(--faint); } .chain li a { color: var(--ink); }
.step { scroll-margin-top: 4rem; padding-top: .4rem; break-inside: avoid; } html:not(.scripted) .step { border-top: 1px solid var(--line); margin-top: 1.2rem; }
.step-command { font-weight: 600; font-size: 1.02rem; margin: .2rem 0 .3rem; overflow-wrap: anywhere; } .step > .faint { font-size: .86em; overflow-wrap: anywhere; }
.changes { margin: .2rem 0 .6rem; padding: 0; list-style: none; font-size: .88em; } .changes li { overflow-wrap: anywhere; display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .12rem 0; } .changes b { min-width: 8.5rem; font-weight: 500; }
.changes del { color: var(--faint); text-decoration: line-through; } .changes ins { color: var(--new); text-decoration: none; font-weight: 600; }
.picture { position: relative; isolation: isolate; margin: .7rem 0; overflow-x: auto; padding: .3rem; }
.row { display: flex; gap: .6rem; margin: 0 0 1.2rem; align-items: flex-start; } .boxes { display: flex; flex-wrap: wrap; gap: .8rem; }
.box { border: 1px solid var(--line); border-radius: 6px; background: var(--card); padding: .3rem .55rem; font-size: .86rem; position: relative; }
.box em { color: var(--new); font-style: normal; font-size: .8rem; } .free { border-style: dashed; background: none; color: var(--faint); }
.pages { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .2rem; }
.page { border: 1px solid var(--line); border-radius: 4px; background: var(--paper); padding: .1rem .4rem; min-width: 4.6rem; }
.page.hole { border-style: dashed; background: none; color: var(--faint); } .page i, .slot i { font-style: normal; font-size: .8em; color: var(--faint); } .to { display: block; white-space: nowrap; }
.to[data-kind=w] { color: var(--w); } .to[data-kind=r] { color: var(--r); } .to[data-kind=s] { color: var(--s); }
.cpu p { margin: .1rem 0; max-width: 34rem; overflow-wrap: anywhere; } .kept .to { display: inline; }
.changed { background: var(--newback); border-color: var(--new); } .wrong { outline: 3px solid var(--bad); outline-offset: 1px; }
svg.arrows { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: visible; z-index: -1; }
svg.arrows path { fill: none; stroke-width: 1.4; opacity: .75; } .aw { stroke: var(--w); } .ar, .ap { stroke: var(--r); } .at { stroke: var(--faint); } .as { stroke: var(--s); stroke-dasharray: 4 3; } svg.arrows .far { opacity: .5; stroke-dasharray: 1 4; stroke-width: 1.8; stroke-linecap: round; }
.legend ul { padding-left: 1.1rem; } .legend .to { display: inline; } .swatch { border: 1px solid var(--line); border-radius: 4px; padding: 0 .4rem; }
details { margin: .5rem 0; } summary { cursor: pointer; } details ul, .status, .why ul { margin: .2rem 0; padding-left: 1.1rem; font-size: .88em; }
#others ul, #claims ul, .status { list-style: none; padding-left: 0; } #others small, #claims small { display: block; color: var(--faint); }
#others li, #claims li { padding: .1rem 0; overflow-wrap: anywhere; } .refused, .waiting, .unasked { color: var(--faint); } .broken, .violated { color: var(--bad); } .apart { margin-top: .4rem; font-weight: 600; }
#claims ul { display: flex; flex-direction: column; max-height: 24rem; overflow-y: auto; } #claims .violated { order: -1; font-weight: 600; } #claims .unasked { order: 1; }
#others ul { max-height: 20rem; overflow-y: auto; } #leaves td { font-family: ui-monospace, monospace; font-size: .82em; overflow-wrap: anywhere; } input { font: inherit; color: var(--ink); background: var(--paper); }
.rest { font-style: normal; font-size: .85em; color: var(--faint); margin-right: .5em; } .rest.changed { color: var(--ink); } .box p:empty { display: none; } .box i { font-style: normal; font-size: .85em; color: var(--faint); }
[role=tablist] { display: flex; flex-wrap: wrap; gap: .3rem; } [role=tab][aria-selected=true] { border-bottom: 3px solid var(--accent); font-weight: 600; } [role=tabpanel] pre { max-height: 30rem; overflow: auto; }
[hidden] { display: none !important; } .beside .shots { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .scripted.beside .step.before { display: block; opacity: .8; } .scripted.beside .step.before .why { display: none; }
.sides table { width: auto; } .sides td, .sides th { padding-right: 2rem; } .wide { overflow-x: auto; } .sides td { overflow-wrap: anywhere; } .sides .differ { color: var(--bad); font-weight: 600; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; }
nav.walk { position: sticky; top: 0; background: var(--paper); padding: .4rem 0; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; z-index: 1; }
.scripted .step:not(.shown) { display: none; } html:not(.scripted) .only-scripted, .scripted .only-plain { display: none; }
html:not(.scripted) details > script { display: block; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30rem; overflow: auto; font: .8em/1.5 ui-monospace, monospace; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; }
@media (max-width: 40rem) { .steps th.answer { width: 4.2rem; } .steps td code { font-size: .76em; } .steps td { padding-right: .3rem; }  nav.walk .faint { display: none; } .changes b { width: 100%; } .changes span { padding-left: .8rem; } body { padding: .6rem .6rem 3rem; } .row { flex-direction: column; gap: .2rem; } }
@media print { #scenario[hidden], #test[hidden] { display: block !important; }  .only-scripted, nav.walk { display: none !important; } .scripted .only-plain { display: revert; }  .scripted .step:not(.shown) { display: block; } body { max-width: none; font-size: 11px; } main { display: block; } .steps, .memory { position: static; max-height: none; } }
`
