import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { waveReport } from '../../shared/commands/report.ts'
import { writeSheets } from '../../shared/inventory/sheets.ts'
import { mailboxKey } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { calcSaves } from './office.ts'

/** The report of a wave that was moved, in which one mailbox has so many more folders of such a name, none of them brought. */
async function report(folders: number, name: string) {
  const world = new World(town())
  await world.run()
  const [mailbox] = await all(world.store.mailboxes.list({ partition: 'town' }))
  const [folder] = await all(world.store.folders.list({ partition: mailboxKey(mailbox ?? assert.fail()) }))
  assert.ok(mailbox && folder)
  const others = Array.from({ length: folders }, (_, i) => ({ ...folder, path: `${name}${i}`, state: 'listed' as const }))
  for (let i = 0; i < folders; i += 100) await world.store.folders.put(others.slice(i, i + 100))
  const body = (await waveReport(world.app(), 'town', 'xlsx')).body as Uint8Array
  const rows = (await readXlsx(body)).sheets.find(sheet => sheet.name === 'Mailboxes')?.rows ?? []
  const [its = []] = rows.filter(row => row[0] === mailbox.address)
  return { body, mailbox, why: String(its[12]), switched: its[10] }
}

describe('the report as a workbook', { timeout: 240_000 }, () => {
  test('has no text that is longer than a cell holds', async () => {
    const { why } = await report(800, 'Archives/of a folder with a long name ')
    assert.equal(why.length, 32_767)
    assert.match(why, /…$/)
  })

  test('is whole whatever a folder is called, and has its instants as instants, as LibreOffice shows them', async () => {
    const { body, mailbox, why, switched } = await report(2, '\uFFFEodd\uFFFF')
    assert.match(why, /“\uFFFDodd\uFFFD0” is listed/)
    assert.ok(switched instanceof Date && Math.abs(switched.getTime() - (mailbox.switchedAt ?? 0)) < 1000)
    const shown = (await calcSaves(body, 'csv', 2)).toString()
    assert.match(
      shown,
      new RegExp(`^${mailbox.address},user,completed,.*,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,.*\\uFFFDodd\\uFFFD0`, 'm'),
    )
  })
})

test('a workbook keeps what is no text as it is', async () => {
  const rows = [['007', 7, true, null, new Date('2026-03-29T01:30:00Z')]]
  const { sheets } = await readXlsx(await writeSheets({ sheets: [{ name: 'S', rows }] }))
  assert.deepEqual(sheets[0]?.rows, rows)
})
