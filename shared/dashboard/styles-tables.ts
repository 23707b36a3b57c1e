/** Tables: dense, with quiet lines; long words break, numbers stand to the right. */
export const tableStyles = `
.frame { overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.frame:focus-visible { outline-offset: -2px; border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: 12.5px; font-weight: 600; color: var(--soft); background: var(--sunken); white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody tr:first-child > * { border-top: 0; }
tbody tr:hover > * { background: var(--sunken); }
.number { text-align: right; white-space: nowrap; }
.pick { width: 1%; padding-right: 0; }
td .hint, th .hint { display: block; font-size: 12.5px; font-weight: 400; }
td.hint, td time { white-space: nowrap; }
td p time { white-space: normal; }
.nought { color: var(--soft); }
.mx { white-space: nowrap; }
td p { margin: 0; }
td.note { min-width: 200px; overflow-wrap: anywhere; }
.path { overflow-wrap: anywhere; white-space: pre-wrap; min-width: 110px; }
table.waves td:nth-child(3), table.mailboxes td:nth-child(5) { min-width: 130px; }
thead th.note { white-space: normal; min-width: 220px; }
table.mailboxes td.note { width: 30%; min-width: 240px; }
tbody th > a { display: inline-block; max-width: 320px; overflow-wrap: break-word; vertical-align: top; }
section > p + .frame { margin-top: 8px; }
@media (max-width: 1400px) {
  table.mailboxes :is(th, td):is(:nth-child(4), :nth-child(7)) { display: none; }
  table.mailboxes tbody th > a { max-width: 250px; }
}
@media (max-width: 1200px) {
  table.mailboxes :is(th, td):nth-child(6) { display: none; }
  table.mailboxes :is(td, thead th).note { min-width: 200px; }
}
@media (max-width: 720px) {
  table.mailboxes, table.mailboxes :is(thead, tbody) { display: block; }
  table.mailboxes tr { display: grid; grid-template-columns: auto fit-content(55%) minmax(0, 1fr); border-top: 1px solid var(--line); }
  table.mailboxes tr > * { border-top: 0; padding-bottom: 2px; }
  table.mailboxes :is(thead th:nth-child(n + 3), td:nth-child(8), td.note:empty) { display: none; }
  table.mailboxes tr > :is(th:nth-child(2), td.note) { grid-column: 2 / -1; width: auto; min-width: 0; overflow-wrap: anywhere; }
  table.mailboxes td:nth-child(3) { grid-column: 2; }
  table.mailboxes td:nth-child(5) { min-width: 0; }
  table.mailboxes .badge { white-space: normal; border-radius: 10px; }
  table.mailboxes .progress { grid-template-columns: minmax(20px, 1fr) auto; }
  table.waves, table.waves :is(thead, tbody) { display: block; }
  table.waves tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-top: 1px solid var(--line); }
  table.waves tr > * { border-top: 0; padding-bottom: 2px; }
  table.waves :is(thead th:nth-child(n + 3), td:nth-child(4):not(:has(strong)), td:is(:nth-child(5), :nth-child(6))) { display: none; }
  table.waves :is(td.note, td:nth-child(3):not(:has(+ td strong))) { grid-column: 1 / -1; min-width: 0; }
  table.waves td.note { padding-bottom: 8px; }
  table.stack, table.stack :is(tbody, tr, th, td) { display: block; }
  table.stack thead { position: absolute; clip-path: inset(50%); }
  table.stack tbody tr { padding: 6px 10px; border-top: 1px solid var(--line); }
  table.stack tbody tr:first-child { border-top: 0; }
  table.stack tbody tr > * { border: 0; padding: 2px 0; min-width: 0; text-align: left; overflow-wrap: anywhere; }
  table.stack :is(.number, .mx, time) { white-space: normal; }
  table.stack td:empty { display: none; }
  table.stack td::before { content: attr(data-label) / ""; display: block; color: var(--soft); font-size: 12.5px; }
}`
