import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { lookCoordinate } from '../../shared/commands/coordinate.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { federation, playbook, tokenOf } from '../coordinators/federations.ts'
import { house, sent } from './house.ts'

const marked = `${playbook}classification: { fr: INTERNE & SENSIBLE, en: INTERNAL }\n`

describe('what is marked in a playbook is marked wherever it leaves the house', () => {
  test('the report, in each of its forms', async () => {
    const { app } = await federation({ playbook: marked })
    const report = async (format: string) => (await waveReport(app, 'aid', format)).body
    assert.equal(JSON.parse(String(await report('json'))).classification, 'INTERNE & SENSIBLE')
    const [head = '', first = ''] = String(await report('csv')).split('\r\n')
    assert.match(head, /,unforeseen,classification$/)
    assert.match(first, /,INTERNE & SENSIBLE$/)
    const { sheets } = await readXlsx((await report('xlsx')) as Uint8Array)
    assert.deepEqual(sheets[0]?.rows[1], ['classification', 'INTERNE & SENSIBLE'])
  })

  test('the workbook, on its first sheet and on each page that is printed', async () => {
    const { app } = await federation({ playbook: marked })
    const { sheets } = await readXlsx(await sent(app))
    assert.equal(sheets[0]?.rows[0]?.[0], 'INTERNE & SENSIBLE')
    // In a header & begins a code, and && is the sign.
    assert.deepEqual([...new Set(sheets.map(sheet => sheet.headerFooter?.oddHeader))], ['&C&BINTERNE && SENSIBLE'])
  })

  test('the page of its reader', async () => {
    const { app } = await federation({ playbook: marked })
    const page = await lookCoordinate(app, await tokenOf(app), { asked: 'en', accepted: null }, null)
    assert.match(String(page.body), /<p class="house">.*INTERNAL/)
  })

  test('nothing is marked where the playbook has no marking', async () => {
    const { app } = await house()
    assert.doesNotMatch(String((await waveReport(app, 'aid', 'csv')).body), /classification/)
    assert.equal((await readXlsx(await sent(app))).sheets[0]?.headerFooter?.oddHeader, undefined)
  })
})
