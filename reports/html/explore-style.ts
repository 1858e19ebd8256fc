// How the explorer's page looks, beside what all pages have.

export const exploreStyle = `
.explore .way { list-style: none; margin: .4rem 0; padding: 0; } .way button { width: 100%; text-align: left; overflow-wrap: anywhere; border-color: transparent; background: none; font-size: .88em; }
.way .now button { background: var(--newback); border-color: var(--new); } .way .ahead { opacity: .6; } .way b { color: var(--faint); font-weight: 500; margin-right: .3rem; } .way span, .commands span { color: var(--faint); }
.explore nav button { white-space: nowrap; } @media (max-width: 40rem) { .explore .keys { display: none; } }
.token, #kept { overflow-wrap: anywhere; } .explore #filter { width: 100%; } .commands h3 { margin: .5rem 0 .2rem; } .commands > div { display: flex; flex-wrap: wrap; gap: .35rem; } .commands button { text-align: left; overflow-wrap: anywhere; font-size: .88em; } .commands button.idle { opacity: .75; border-style: dashed; }
button:disabled { opacity: .45; cursor: default; } #problem:not(:empty) { border-left: 4px solid var(--bad); background: var(--badback); padding: .5rem .8rem; position: sticky; bottom: 0; }
#filter, #keep-name { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .2rem .5rem; max-width: 24rem; }
.claims ul, .refusals ul { list-style: none; margin: .3rem 0; padding: 0; font-size: .86em; } .claims .violated .mark, .claims .violated b { color: var(--bad); } .claims .unasked { color: var(--faint); }
@media (min-width: 80rem) { .explore .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem; } } .was { opacity: .75; }
`
