import { frameStyles } from './styles-frame.ts'
import { partStyles } from './styles-parts.ts'
import { tableStyles } from './styles-tables.ts'

/** Colours by role, light and dark; every text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3). */
const colours = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --surface: #ffffff; --sunken: #eef0f4; --line: #d8dde4; --edge: #7b8795;
  --text: #18212c; --soft: #4d5967; --link: #0b57a4; --main: #0b57a4; --on-main: #ffffff;
  --good: #17653a; --good-ground: #e2f3e8; --bad: #a81f17; --bad-ground: #fce9e7; --warn: #7a4a00; --warn-ground: #fdf0d9;
  --run: #0b57a4; --run-ground: #e3eefb; --wait: #45505e; --wait-ground: #e9ecf1; --bar: #2f7fd0; --bar-adopted: #17a2a2; --bar-excepted: #c07a12;
  --shadow: 0 1px 2px rgb(20 30 45 / 8%), 0 8px 32px rgb(20 30 45 / 18%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11151a; --surface: #191f26; --sunken: #222933; --line: #313a45; --edge: #8693a2;
    --text: #e7ebf0; --soft: #a9b4c0; --link: #82bbf7; --main: #82bbf7; --on-main: #0b1420;
    --good: #7fd6a0; --good-ground: #153021; --bad: #ffa59c; --bad-ground: #3d1b19; --warn: #f2c06e; --warn-ground: #382a10;
    --run: #82bbf7; --run-ground: #15293f; --wait: #b9c3ce; --wait-ground: #272f39; --bar: #4c9bea; --bar-adopted: #2dbdbd; --bar-excepted: #e0a53f;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 32px rgb(0 0 0 / 60%);
  }
}`

const base = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, "Segoe UI", "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; }
h1 { font-size: 22px; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 15px; font-weight: 650; margin-bottom: 8px; }
h3 { font-size: 13px; font-weight: 650; margin-bottom: 6px; }
h1:focus, h2:focus, main:focus { outline: none; }
a { color: var(--link); text-underline-offset: 2px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
button, input, select, textarea { font: inherit; color: inherit; }
button, select, input:not([type=checkbox]), textarea { min-height: 30px; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); padding: 3px 10px; }
button { cursor: pointer; font-weight: 500; }
button:hover:not(:disabled, [aria-disabled=true]) { background: var(--sunken); }
button:disabled, button[aria-disabled=true] { color: var(--soft); cursor: default; border-style: dashed; }
button.main { background: var(--main); color: var(--on-main); border-color: var(--main); font-weight: 600; }
button.main:hover:not(:disabled) { background: var(--text); border-color: var(--text); color: var(--surface); }
button.grave { color: var(--bad); border-color: var(--bad); }
button.main.grave { background: var(--bad); border-color: var(--bad); color: var(--surface); }
button.main:disabled { background: var(--sunken); border-color: var(--edge); color: var(--soft); }
button.quiet { border-color: transparent; background: none; color: var(--link); padding-inline: 6px; }
input[type=checkbox] { width: 16px; height: 16px; margin: 0; accent-color: var(--main); vertical-align: middle; }
select { padding-right: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.hint { color: var(--soft); }
.bad-text { color: var(--bad); font-weight: 500; }
.inline { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; padding: 0; }
.plain { list-style: none; padding: 0; }
.code { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; font-size: 12.5px; }
@media (prefers-reduced-motion: no-preference) {
  .bar rect { transition: width .6s ease, x .6s ease; }
  dialog[open] { animation: appear .12s ease-out; }
  @keyframes appear { from { opacity: 0; } }
}
@media (forced-colors: active) { .bar .track { fill: Canvas; stroke: CanvasText; } .bar .copied, .chart .line { fill: Highlight; stroke: Highlight; } }`

/** The page’s whole style sheet. */
export const styles: string = [colours, base, frameStyles, partStyles, tableStyles].join('\n')
