// What the pages of the specification have beside what all pages have: text of a readable width, contents at the side,
// a search that lies over the text.

export const specStyle = `
html { scroll-padding-top: 3.6rem; }
.spec { max-width: none; padding-top: 0; }
.spec main { display: block; } @media (min-width: 64rem) { .spec main { display: block; } }
.spec .frame2 { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem; max-width: 78rem; margin: 0 auto; }
.bar { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line); margin: -1rem -1.2rem 1rem; padding: .5rem 1.2rem; }
.bar > div:first-child { max-width: 78rem; margin: 0 auto; display: flex; gap: 1rem; align-items: center; }
.bar a { text-decoration: none; font-weight: 600; white-space: nowrap; }
.bar input { font: inherit; flex: 1; min-width: 0; max-width: 34rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
.bar input:focus-visible { outline: 2px solid var(--accent); }
#found { position: absolute; left: 0; right: 0; top: 100%; background: var(--paper); border-bottom: 1px solid var(--line); max-height: 70vh; overflow-y: auto; box-shadow: 0 8px 20px rgb(0 0 0 / .18); }
#found:empty { display: none; } #found > * { max-width: 78rem; margin: 0 auto; padding: .35rem 1.2rem; display: block; }
#found a { font-weight: 400; white-space: normal; color: inherit; border-bottom: 1px solid var(--line); } #found a.at, #found a:hover { background: var(--newback); }
#found b { color: var(--accent); } #found small { color: var(--faint); display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.contents { font-size: .92rem; } .contents > div { position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto; padding-bottom: 1rem; }
.contents a { display: block; padding: .12rem 0; text-decoration: none; } .contents h4 { width: auto; margin: .9rem 0 .2rem; }
.contents a[aria-current] { font-weight: 600; color: var(--ink); }
article { max-width: 52rem; padding-bottom: 3rem; font-size: 1.02rem; line-height: 1.6; } article + article { border-top: 3px solid var(--line); padding-top: 1.5rem; }
article h1 { font-size: 1.7rem; margin: 1rem 0 .6rem; } article h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
article h3 { font-size: 1.08rem; margin: 1.7rem 0 .35rem; } article p { margin: .6rem 0; } article li { margin: .25rem 0; } article td p { margin: .15rem 0; }
td strong { white-space: nowrap; } a.self { visibility: hidden; text-decoration: none; color: var(--faint); margin-left: .4rem; font-weight: 400; } :hover > a.self, a.self:focus { visibility: visible; }
.wide { overflow-x: auto; margin: .8rem 0; } .wide table { font-size: .92rem; } .wide td { min-width: 3.5rem; } .wide td:first-child { padding-left: .2rem; }
td a { display: inline; color: var(--accent); } article pre { font-size: .84rem; line-height: 1.45; margin: .8rem 0; } article code { background: var(--card); border-radius: 3px; padding: .05em .25em; } article pre code { background: none; }
details > summary { cursor: pointer; color: var(--faint); } .guards { font-size: .88rem; margin: .1rem 0 .6rem; border-left: 2px solid var(--line); padding-left: .7rem; } .guards ul { margin: .3rem 0; padding-left: 1.1rem; } .guards p { margin: .25rem 0; }
.example pre { border-left: 3px solid var(--accent); margin-bottom: .2rem; } .answer { color: var(--good); font-weight: 600; } .example i { font-style: normal; }
.states { font-size: .9rem; margin: 0 0 1rem; } .states .step-command { margin: .8rem 0 .2rem; font-size: .9rem; } .states .picture { margin: .2rem 0 .6rem; } .states .row { margin-bottom: .5rem; }
small { color: var(--faint); } .source { margin: .2rem 0; } .source pre { max-height: none; } :target { scroll-margin-top: 4rem; } span:target, tr:target { background: var(--newback); }
.source span:target { display: inline-block; width: 100%; }
@media (max-width: 60rem) { .spec .frame2 { display: block; } .contents > div { position: static; max-height: none; } .contents nav { columns: 2; } .contents .far { display: none; } }
@media (max-width: 40rem) { .rows td, .rows th { display: block; border: 0; padding: .1rem 0; } .rows tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; } .rows thead { display: none; } .rows code { overflow-wrap: anywhere; }
  .bar { margin: -.6rem -.6rem .6rem; padding: .5rem .6rem; } #found > * { padding: .35rem .6rem; } article { font-size: 1rem; } .bar .name { display: none; } }
@media print { .bar, .contents, a.self { display: none; } .spec .frame2 { display: block; } article { max-width: none; } article + article { break-before: page; } details.states, details.source { display: none; } }
`
