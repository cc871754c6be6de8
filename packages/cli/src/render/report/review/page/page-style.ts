const LIGHT = `
--page: #f6f7f9; --card: #ffffff; --ink: #17202a; --faint: #56606b; --line: #d5dae0; --grid: #e6e9ed; --link: #0a5cad;
--good: #0b6b3a; --bad: #b3261e; --good-soft: #e3f3e9; --bad-soft: #fbe9e7; --warn-soft: #fdf1d8; --warn: #7a4d00;
--fargate: #0b5fa5; --fargate-spot: #3b8fd0; --ec2: #b34700; --ec2-spot: #c07a00; --managed-instances: #00795a;
--external: #a8488a; --overhead: #747b84; --accent: #0b5fa5; --track: #dfe3e8;
`;

const DARK = `
--page: #10151b; --card: #181f27; --ink: #e8edf2; --faint: #a3aebb; --line: #36414d; --grid: #28323d; --link: #7cc0ff;
--good: #5fd08f; --bad: #ff8a80; --good-soft: #14301f; --bad-soft: #3b1a18; --warn-soft: #35290f; --warn: #f0c674;
--fargate: #3d9be0; --fargate-spot: #9cd3fa; --ec2: #ee7f3b; --ec2-spot: #f2c04d; --managed-instances: #2fb58a;
--external: #e192c0; --overhead: #8b95a1; --accent: #3d9be0; --track: #36414d;
`;

/** The page on a screen, light or dark, wide or narrow. Colours are told apart with any kind of colour vision. */
const SCREEN = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; background: var(--page); color: var(--ink); overflow-wrap: anywhere; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; }
h1 { font-size: 1.15rem; font-weight: 600; margin: 0; color: var(--faint); }
h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
h3 { font-size: 1.02rem; margin: 0 0 .15rem; }
p { margin: 0 0 .6rem; max-width: 62rem; }
a { color: var(--link); }
.total { font-size: clamp(2.2rem, 7vw, 3.2rem); font-weight: 700; line-height: 1.1; letter-spacing: -.02em; margin: .2rem 0 .35rem; }
.why { font-size: 1.08rem;}
.chip { display: inline-block; vertical-align: middle; font-size: 1rem; font-weight: 600; letter-spacing: 0; line-height: 1.6; padding: 0 .7rem; border-radius: 1rem; margin-left: .6rem; }
.chip.more { background: var(--bad-soft); color: var(--bad); } .chip.less { background: var(--good-soft); color: var(--good); }
.chip.partly { background: var(--warn-soft); color: var(--warn); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; }
.cards div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
.cards dt { color: var(--faint); font-size: .86rem; } .cards dd { margin: 0; font-size: 1.3rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.cards dd small { display: block; font-size: .82rem; font-weight: 400; color: var(--faint); }
nav { margin: 1.25rem 0 0; font-size: .92rem; } nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 0; padding: 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 1.25rem 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.25rem 2rem; }
.columns > *, section > * { min-width: 0; }
.scroll { overflow-x: auto; } .scroll + h3, div + .columns, .scroll + figure, dl + figure, p + h3 { margin-top: 1.5rem; } table + h3 { margin-top: 1rem; }
.scroll:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .2rem; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; padding: .42rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--faint); white-space: nowrap; vertical-align: bottom; }
tbody tr:last-child td { border-bottom: 0; }
td.text { min-width: 7.5rem; } td.drawn { width: 25%; }
.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot td { border-top: 2px solid var(--line); border-bottom: 0; font-weight: 650; }
th button { all: unset; cursor: pointer; font: inherit; color: inherit; }
th button::after { content: "\\2195"; display: inline-block; width: 1em; margin-left: .15em; opacity: .55; text-align: center; }
th[aria-sort="ascending"] button::after { content: "\\2191"; opacity: 1; } th[aria-sort="descending"] button::after { content: "\\2193"; opacity: 1; }
th[aria-sort] { color: var(--ink); }
.filter { margin: 0 0 .6rem; font-size: .94rem; }
.filter input { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--faint); border-radius: .4rem; padding: .25rem .5rem; width: min(18rem, 60vw); }
details { margin: .6rem 0 0; } summary { cursor: pointer; color: var(--link); font-size: .94rem; width: fit-content; }
details[open] > summary { margin-bottom: .6rem; }
.faint { color: var(--faint); } .good { color: var(--good); } .bad { color: var(--bad); } .strong, b { font-weight: 650; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.phone { display: none; }
ul.notes { margin: 0; padding-left: 1.2rem; } ul.notes li { margin-bottom: .3rem; }
figure { margin: 0 0 1.5rem; } section > figure:last-child { margin-bottom: 0; }
figcaption p { color: var(--faint); }
footer { padding-bottom: 2.5rem; color: var(--faint); font-size: .88rem; }
`;

const CHARTS = `
svg { display: block; } svg.wide, svg.narrow { width: 100%; height: auto; overflow: visible; } svg.narrow { display: none; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
svg text.tick { fill: var(--faint); font-size: 11px; } svg text.strong { font-weight: 650; }
svg text.amount { font-variant-numeric: tabular-nums; }
.axis { stroke: var(--faint); fill: none; } .grid { stroke: var(--grid); fill: none; }
.bar { stroke: var(--card); stroke-width: .75; }
.c-fargate { fill: var(--fargate); } .c-fargate-spot { fill: var(--fargate-spot); } .c-ec2 { fill: var(--ec2); } .c-ec2-spot { fill: var(--ec2-spot); }
.c-managed-instances { fill: var(--managed-instances); } .c-external { fill: var(--external); } .c-overhead { fill: var(--overhead); }
.alert { fill: var(--bad); }
.step-up { fill: var(--ec2); } .step-down { fill: var(--fargate); } .step-sum { fill: var(--overhead); }
.joint { stroke: var(--faint); fill: none; stroke-dasharray: 2 2; }
.curve { fill: none; stroke: var(--accent); stroke-width: 2.5; } .drop { stroke: var(--faint); fill: none; stroke-dasharray: 3 3; }
.best { fill: var(--ink); stroke: var(--card); stroke-width: 2; }
.so-far { fill: var(--fargate); } .expected { fill: var(--fargate-spot); opacity: .45; } .whisker { stroke: var(--ink); stroke-width: 2; fill: none; }
.reference { stroke: var(--faint); stroke-dasharray: 3 3; fill: none; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: 0 0 .4rem; padding: 0; font-size: .9rem; }
.swatch { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.05rem; }
.of-total { font-size: .82rem; color: var(--faint); font-variant-numeric: tabular-nums; } ol.first { margin: 0 0 1rem; padding-left: 1.3rem; } h2.first { margin-top: 1.25rem; }
.share { width: 100%; min-width: 4.5rem; height: .5rem; margin-top: .15rem; } .share .track, .meter .track { fill: var(--track); } .share .fill, .meter .fill { fill: var(--accent); }
.meters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1rem 2rem; margin: 0 0 1.25rem; }
.meter dt { color: var(--faint); font-size: .9rem; } .meter dd { margin: 0; } .meter svg { width: 100%; height: .6rem; margin-top: .3rem; }
`;

const PHONE = `
@media screen and (max-width: 40rem) {
  header, main, footer { padding-left: .9rem; padding-right: .9rem; }
  section { padding: 1rem .85rem; border-radius: .6rem; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .cards dd { font-size: 1.1rem; }
  svg.wide { display: none; } svg.narrow { display: block; }
  .minor { display: none; } .phone { display: block; }
  th, td { padding: .4rem .3rem; } th, th.num { white-space: normal; overflow-wrap: normal; } .wide-text td.text:first-child { width: 100%; } .chip { margin-left: 0; }
  .filter input { font-size: 16px; }
}
`;

const PAPER = `
@media print {
  @page { margin: 14mm; }
  body { background: #fff; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  header, main, footer { max-width: none; padding: 0; }
  section { border: 0; padding: 0; margin: 1.4rem 0; }
  nav, .filter, th button::after { display: none !important; }
  .scroll { overflow: visible; }
  figure, tr, .cards div, .meter { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
  summary { color: var(--faint); } table { font-size: 9pt; } th, td { padding: .2rem .35rem; } td.text { min-width: 0; }
}
`;

/** The whole style of the page. */
export const STYLE: string = SCREEN + CHARTS + PHONE + PAPER;
