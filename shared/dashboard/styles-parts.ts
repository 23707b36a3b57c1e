/** The parts of the content that are not tables: badges, bars, steps, figures, chart, filters. */
export const partStyles = `
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.lead { font-size: 16px; max-width: 110ch; }
.needs { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; padding: 10px 16px; background: var(--bad-ground); border-left: 3px solid var(--bad); border-radius: 4px; }
.needs a { font-weight: 600; font-size: 16px; }
.notes { padding: 10px 18px; background: var(--warn-ground); border-left: 3px solid var(--warn); border-radius: 4px; max-width: 130ch; }
.notes.bad { background: var(--bad-ground); border-color: var(--bad); }
.notes :is(ul, summary), .notes p + p { margin-top: 4px; }
.notes ul { padding-left: 18px; display: grid; gap: 4px; overflow-wrap: anywhere; }
.notes button { margin-top: 4px; }
.notes .small { min-height: 24px; padding-block: 0; margin: 0 4px 0 0; font-size: 12.5px; }
.said { padding-inline: 18px; }
.said ul { padding-left: 18px; margin-top: 4px; display: grid; gap: 4px; overflow-wrap: anywhere; }
.said summary { cursor: pointer; }
.notes summary { cursor: pointer; font-weight: 500; }
.badge { display: inline-flex; align-items: center; gap: 5px; padding: 1px 9px 1px 7px; border-radius: 99px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.note .badge, .panel td .badge { white-space: normal; border-radius: 10px; }
.shape { width: 11px; height: 11px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.run .shape { fill: currentColor; }
.badge.good { color: var(--good); background: var(--good-ground); }
.badge.bad { color: var(--bad); background: var(--bad-ground); }
.badge.warn { color: var(--warn); background: var(--warn-ground); }
.badge.run { color: var(--run); background: var(--run-ground); }
.badge.wait, .badge.off { color: var(--wait); background: var(--wait-ground); }
.badges { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.kind { margin-left: 8px; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; font-size: 12px; font-weight: 400; color: var(--soft); }
.badges .kind { margin: 0; }
.bar { display: block; height: 8px; width: 100%; border-radius: 4px; }
.bar .track { fill: var(--line); }
.bar .copied { fill: var(--bar); }
.bar .adopted { fill: var(--bar-adopted); }
.bar .excepted { fill: var(--bar-excepted); }
.progress { display: grid; grid-template-columns: minmax(50px, 1fr) 3.4em; gap: 6px; align-items: center; }
.percent { text-align: right; white-space: nowrap; }
.steps { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; padding: 0; font-size: 12.5px; }
.steps li { flex: 1 1 auto; padding: 5px 10px 0; border-top: 3px solid var(--line); color: var(--soft); }
.steps .past { border-color: var(--good); color: var(--text); }
.steps .past::before { content: "\\2713" / ""; margin-right: 5px; color: var(--good); }
.steps .now { border-color: var(--main); color: var(--text); font-weight: 650; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 24px; justify-content: space-between; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.tabs { display: flex; gap: 20px; border-bottom: 1px solid var(--line); }
.tabs a { padding: 6px 2px; margin-bottom: -1px; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; font-weight: 500; }
.tabs a:hover { color: var(--text); border-color: var(--line); }
.tabs a[aria-current] { color: var(--text); border-color: var(--main); font-weight: 650; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; }
.numbers, .chart { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px; }
.numbers { display: grid; gap: 12px; align-content: start; }
.great { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; align-items: baseline; }
.great strong { font-size: 28px; line-height: 1.1; font-weight: 650; }
.great .bar, .great .hint { grid-column: 1 / -1; }
.great .bar { height: 10px; margin: 4px 0 2px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 8px 20px; }
.facts dt { color: var(--soft); font-size: 12.5px; }
.facts dd { overflow-wrap: anywhere; }
.chart { display: flex; flex-direction: column; min-height: 190px; }
.plot { flex: 1; display: grid; grid-template: 1fr 1fr auto / auto 1fr 1fr; gap: 2px 8px; min-height: 110px; font-size: 12px; color: var(--soft); }
.plot svg { grid-area: 1 / 2 / 3 / 4; width: 100%; height: 100%; min-height: 90px; overflow: visible; }
.plot .top { grid-area: 1 / 1; text-align: right; line-height: 1; }
.plot .zero { grid-area: 2 / 1; align-self: end; text-align: right; line-height: 1; }
.plot .begin { grid-area: 3 / 2; }
.plot .end { grid-area: 3 / 3; text-align: right; }
.plot path { vector-effect: non-scaling-stroke; fill: none; }
.plot .rule { stroke: var(--line); stroke-width: 1; }
.plot .line { stroke: var(--bar); stroke-width: 2; stroke-linejoin: round; }
.plot .area { fill: var(--run-ground); }
.chart figcaption { color: var(--soft); margin-top: 4px; }
.reasons { border-left: 3px solid var(--bad); background: var(--surface); border-radius: 4px; padding: 12px 18px; max-height: 320px; overflow: auto; }
.reasons ul, .because { padding-left: 18px; overflow-wrap: anywhere; }
.filters { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin-bottom: 10px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; flex: 1 1 420px; }
.chips button { border-radius: 99px; border-color: var(--line); padding-inline: 11px; }
.chips button[aria-pressed=true] { background: var(--text); color: var(--surface); border-color: var(--text); }
.chips .n { opacity: .85; font-weight: 400; }
.filters .field { display: grid; gap: 2px; font-size: 12.5px; color: var(--soft); }
.filters .field > * { font-size: 14px; color: var(--text); }
.picked { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 14px; margin-bottom: 8px; background: var(--run-ground); border: 1px solid var(--run); border-radius: 8px; }
.pages { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; justify-content: center; margin-top: 10px; }
.trouble p:first-child { color: var(--bad); font-weight: 500; overflow-wrap: anywhere; }
.case { border-left: 3px solid var(--bad); padding: 4px 14px; display: grid; gap: 4px; }
.history { list-style: none; padding: 0; display: grid; gap: 4px; }
.history li { display: grid; grid-template-columns: 12em 1fr; gap: 12px; }
.history time { color: var(--soft); }`
