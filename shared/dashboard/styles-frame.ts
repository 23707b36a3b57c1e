/** What surrounds the content: header, warnings, dialogs. */
export const frameStyles = `
.page { min-height: 100vh; display: flex; flex-direction: column; }
.skip { position: absolute; left: 8px; top: -60px; z-index: 3; background: var(--surface); padding: 6px 12px; border-radius: 6px; }
.skip:focus { top: 8px; }
header.top { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding: 8px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; font-size: 16px; color: var(--text); text-decoration: none; letter-spacing: -.01em; }
header.top nav { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
header.top nav a { text-decoration: none; }
header.top nav a:hover { text-decoration: underline; }
.crumb { color: var(--soft); }
.fresh { margin-left: auto; color: var(--soft); font-size: 13px; }
.fresh::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 50%; background: var(--good); }
.fresh.stale::before { background: none; border: 2px solid var(--bad); }
.fresh time { color: var(--text); }
.own { display: flex; gap: 8px; align-items: center; }
.fresh:not(:has(+ .own)), .top:not(:has(.fresh)) .own { margin-left: auto; }
main { flex: 1; width: 100%; max-width: 1560px; margin: 0 auto; padding: 20px 24px 32px; display: flex; flex-direction: column; gap: 16px; }
footer { padding: 8px 24px 16px; color: var(--soft); font-size: 12.5px; max-width: 1560px; width: 100%; margin: 0 auto; }
.warning { padding: 10px 24px; background: var(--bad-ground); color: var(--bad); border-bottom: 1px solid var(--bad); font-weight: 500; }
.sign-in { width: 100%; max-width: 460px; margin: 8vh auto 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 28px; display: grid; gap: 12px; }
.sign-in form { display: grid; gap: 8px; }
.sign-in label { font-weight: 600; }
.sign-in input { min-height: 36px; }
.sign-in .hint { font-size: 13px; }
.sign-in button { min-height: 36px; margin-top: 4px; }
.fault { color: var(--bad); background: var(--bad-ground); border-left: 3px solid var(--bad); padding: 8px 12px; border-radius: 4px; }
.fault > span { display: block; overflow-wrap: anywhere; }
.fault[hidden] { display: none; }
dialog { color: inherit; background: var(--surface); border: 1px solid var(--line); box-shadow: var(--shadow); padding: 0; }
dialog::backdrop { background: rgb(10 15 22 / 45%); }
dialog.ask { width: min(540px, calc(100vw - 32px)); border-radius: 10px; padding: 24px; }
dialog.ask h2 { font-size: 18px; margin: 0; }
.order { display: grid; gap: 14px; }
.order .field { display: grid; gap: 4px; font-weight: 600; }
.order .field > * { font-weight: 400; }
.order fieldset { border: 0; padding: 0; margin: 0; min-width: 0; }
.order fieldset:not([hidden]) { display: grid; gap: 10px; }
.order .about { padding-left: 18px; max-height: 30vh; overflow: auto; overflow-wrap: anywhere; }
.foretold { display: grid; gap: 6px; }
.foretold code { font-size: 12.5px; overflow-wrap: anywhere; }
.order .actions { justify-content: flex-start; margin-top: 4px; }
dialog.sheet { width: min(860px, 100vw); max-width: none; height: 100vh; max-height: none; margin: 0 0 0 auto; border-width: 0 0 0 1px; }
.panel { display: flex; flex-direction: column; gap: 14px; padding: 20px 24px 40px; }
.panel > header { position: sticky; top: 0; z-index: 1; display: flex; gap: 12px; justify-content: space-between; align-items: center; margin: -20px -24px 0; padding: 14px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.panel h2 { margin: 0; font-size: 18px; overflow-wrap: anywhere; }
.panel .bar { height: 10px; width: 100%; }
.sum { display: grid; gap: 4px; }
.toast { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); z-index: 9; max-width: min(640px, calc(100vw - 32px)); padding: 10px 18px; border-radius: 8px; background: var(--text); color: var(--surface); box-shadow: var(--shadow); }
@media (max-width: 640px) {
  header.top, main, footer { padding-inline: 14px; }
  .fresh { margin-left: 0; order: 3; }
}`
