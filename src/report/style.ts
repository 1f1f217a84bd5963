/** The look of a report: wide and narrow, light and dark, on paper and in grey. */
export const style = `
:root { color-scheme: light dark; --text: #1d2127; --soft: #59616c; --page: #ffffff;
  --card: #f6f7f9; --line: #d5d9df; --real: #7f8792; --synthetic: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e7eb; --soft: #a3abb6; --page: #14171b;
  --card: #1d2126; --line: #3a4049; --real: #7d8590; --synthetic: #7cb0ff; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem;
  color: var(--text); background: var(--page); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
a { color: var(--synthetic); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border-bottom: 1px solid var(--line);
  padding-bottom: .75rem; }
.figures-of-merit { display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
.figures-of-merit div { background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem; padding: .75rem 1rem; }
.figures-of-merit span, .figures-of-merit small { display: block; color: var(--soft); }
.figures-of-merit b { font-size: 1.75rem; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
dt { color: var(--soft); } dd { margin: 0; }
.wide { overflow-x: auto; margin: .75rem 0; overflow-wrap: normal; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.cards, .figures { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
.figures.large { grid-template-columns: minmax(0, 30rem); }
article { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem; min-width: 0; break-inside: avoid; }
article h3 { margin: 0 0 .5rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
article p, figcaption { margin: .4rem 0 0; color: var(--soft); font-size: .85rem; }
.pairs { display: flex; flex-wrap: wrap; gap: .75rem; }
.pairs figure { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem; }
.pairs img { width: auto; height: 96px; max-width: 100%; margin-right: .25rem; image-rendering: pixelated; }
.empty { padding: 2rem 0; } figure { margin: 0; break-inside: avoid; }
label input { font: inherit; padding: .25rem .5rem; max-width: 100%; color: var(--text);
  background: var(--card); border: 1px solid var(--soft); border-radius: .25rem; }
summary { cursor: pointer; padding: .75rem 0; color: var(--synthetic); }
.key span { padding: .1rem .5rem; border-radius: .25rem; border: 2px solid; }
.key .real-key { border-color: var(--real); }
.key .synthetic-key { border-color: var(--synthetic); color: var(--synthetic); }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 10px; }
.real { fill: var(--real); } .synthetic { fill: var(--synthetic); }
.heat { fill: var(--synthetic); } .hover { fill: transparent; }
.synthetic-line, .cross { fill: none; stroke: var(--synthetic); stroke-width: 1.6; }
.curve { fill: none; stroke: var(--synthetic); stroke-width: 1.4; }
.lines span { white-space: nowrap; } .lines svg { display: inline; width: 2rem; height: .6rem; }
.dashed { stroke-dasharray: 3 3; stroke-width: 1.2; }
.real-line { fill: none; stroke: var(--real); stroke-width: 1.6; }
.real-area { fill: var(--real); opacity: .3; } .shade-1 { opacity: .7; } .shade-2 { opacity: .45; }
.sides { display: grid; gap: 1rem; margin: .75rem 0;
  grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
.cross { stroke-width: 1.2; } .border { fill: none; stroke: var(--line); }
.axis, .tick { stroke: var(--soft); } .grid { stroke: var(--line); }
.whisker { stroke: var(--synthetic); stroke-width: 2; }
.examples { display: block; max-width: 100%; width: 36rem; image-rendering: pixelated; }
footer { margin: 2.5rem 0 1rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media print { nav, footer { display: none; } body { max-width: none; font-size: 11pt; }
  details::details-content { content-visibility: visible; block-size: auto; } label { display: none; } .wide { overflow: visible; }
  .wide table { font-size: 8pt; } th, td { white-space: normal; overflow-wrap: anywhere; }
  /* Paper does not scroll. */
  :is(th, td):nth-child(n+10) { display: none; } }
`;
