import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { HttpRequest } from '@azure/functions'
import { readXlsx } from 'hucre/xlsx'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { coordinate, lookCoordinate, mostFormBytes } from '../../shared/commands/coordinate.ts'
import { waveRow } from '../../shared/commands/status.ts'
import { coordinatorWords } from '../../shared/coordinators/words.ts'
import { page as asPage, reader, sentForm } from '../../shared/http.ts'
import { languages } from '../../shared/intake/words.ts'
import { xlsxType } from '../../shared/inventory/workbook.ts'
import type { App } from '../../shared/ports.ts'
import { all } from '../../shared/store/store.ts'
import { axeFaults, brokenWords, openBrowser, openPage } from '../dashboard/browser.ts'
import { serve } from '../dashboard/site.ts'
import { answers, filled, right, sent } from '../inventory/house.ts'
import { federation, tokenOf, undated } from './federations.ts'

let app: App
let server: Awaited<ReturnType<typeof serve>>
let browser: Browser
const url = (token: string, language: string) => `${server.url}/api/coordinate/${token}?l=${language}`

before(async () => {
  server = await serve(async (incoming, response) => {
    const at = new URL(incoming.url ?? '', 'http://127.0.0.1')
    const { method = 'GET', headers: given } = incoming
    const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
    const body = method === 'POST' ? { body: { bytes: await buffer(incoming) } } : {}
    const query = Object.fromEntries(at.searchParams)
    const request = new HttpRequest({ method: method as 'GET', url: at.href, headers, query, ...body })
    const token = at.pathname.split('/').at(-1) ?? ''
    const answered =
      method === 'POST'
        ? await coordinate(app, token, () => sentForm(request, mostFormBytes), reader(request))
        : await lookCoordinate(app, token, reader(request), at.searchParams.get('of'))
    const { status = 200, headers: said, body: out } = asPage(answered)
    response.writeHead(status, said as Record<string, string>).end(out)
  })
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  server?.stop()
})

/** What axe finds, and what does not fit, nor on its line; with COORDINATOR_PICTURES=DIR a picture is left there. */
async function faultsOf(page: Page, picture: string): Promise<string[]> {
  const dir = process.env.COORDINATOR_PICTURES
  if (dir) await page.screenshot({ path: join(dir, `${picture}.png`), fullPage: true })
  const found = [...(await axeFaults(page)), ...(await brokenWords(page)).map(word => `“${word}” is broken`)]
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  return fits ? found : [...found, 'it is wider than the screen']
}

const give = (page: Page, bytes: Uint8Array) =>
  page.locator('input[type=file]').setInputFiles({ name: 'classeur.xlsx', mimeType: xlsxType, buffer: Buffer.from(bytes) })

const looks: Record<string, BrowserContextOptions> = {
  wide: { colorScheme: 'light' },
  'dark and narrow': { colorScheme: 'dark', viewport: { width: 320, height: 640 } },
}

for (const [look, options] of Object.entries(looks)) {
  describe(`in a browser, ${look}`, () => {
    for (const language of languages) {
      test(`${language}: at first, with wrong rows, with a right answer and after a yes, axe finds nothing`, async () => {
        ;({ app } = await federation())
        const words = coordinatorWords[language]
        const { page, wrong } = await openPage(browser, options)
        const found: Record<string, string[]> = {}
        const faults = async (state: string) => {
          found[state] = await faultsOf(page, `${language} ${look} ${state}`)
        }
        await page.goto(url(await tokenOf(app), language))
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        await faults('first')
        const bad = { ...right, 'anna@aid.example': { ...right['anna@aid.example'], Type: 'E9' }, 'contact@aid.example': {} }
        await give(page, await filled(await sent(app), answers(bad)))
        await page.getByRole('button', { name: words.send }).click()
        await page.getByRole('alert').waitFor()
        await faults('wrong')
        await give(page, await filled(await sent(app), answers(right)))
        await page.getByRole('button', { name: words.send }).click()
        await page.getByRole('status').waitFor()
        await faults('right')
        await page.locator('form:has(input[value=confirm]) button').click()
        await page.getByText(words.confirmed).waitFor()
        await faults('confirmed')
        await page.goto(url('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', language))
        await page.getByText(words.unknown).waitFor()
        await faults('unknown')
        assert.deepEqual(found, { first: [], wrong: [], right: [], confirmed: [], unknown: [] })
        assert.deepEqual(
          wrong.filter(line => !/40[0-9]|422|favicon/.test(line)),
          [],
        )
        await page.context().close()
      })
    }
  })
}

/** The longest words are German; whoever looks at pictures sees all languages. */
const longest = process.env.COORDINATOR_PICTURES ? languages : (['de'] as const)

for (const [look, options] of Object.entries(looks))
  for (const language of longest)
    test(`${language}, ${look}: another day is asked for; axe finds nothing before, where it is refused, and after`, async () => {
      ;({ app } = await federation({ playbook: undated }))
      const words = coordinatorWords[language]
      const { page } = await openPage(browser, options)
      const found: Record<string, string[]> = {}
      const ask = async (day: string, told: string) => {
        await page.getByLabel(words.wish).fill(day)
        await page.getByLabel(words.reason).fill('La fête du village')
        await page.getByRole('button', { name: words.ask }).click()
        await page.getByText(told).waitFor()
      }
      const faults = async (state: string) => {
        found[state] = await faultsOf(page, `${language} ${look} ${state}`)
      }
      await page.goto(url(await tokenOf(app), language))
      await faults('ask')
      await ask('2027-05-05', 'comptage')
      await faults('closed')
      await ask('2027-07-14', words.outside('').slice(-28))
      await faults('outside')
      await ask('2027-04-21', words.recorded)
      await page.getByText(words.reasonGiven('La fête du village')).waitFor()
      await faults('asked')
      assert.deepEqual(found, { ask: [], closed: [], outside: [], asked: [] })
      assert.equal((await waveRow(app, 'aid')).asked?.who, 'jo@aid.example')
      await page.context().close()
    })

test('without a script: the workbook is fetched and sent back, only the wrong rows come as a file, the date is chosen and confirmed', async () => {
  ;({ app } = await federation())
  const { page } = await openPage(browser, { javaScriptEnabled: false, acceptDownloads: true })
  const words = coordinatorWords.fr
  await page.goto(url(await tokenOf(app), 'fr'))
  const fetched = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
    return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) }
  }
  const workbook = await fetched(words.fetch)
  assert.equal(workbook.name, 'aid-aid.xlsx')
  const bad = { ...right, 'anna@aid.example': { ...right['anna@aid.example'], Type: 'E9' } }
  await give(page, await filled(workbook.bytes, answers(bad)))
  await page.getByRole('button', { name: words.send }).click()
  const rows = await fetched(words.wrongFile)
  assert.equal(rows.name, 'aid-aid-corrections.xlsx')
  assert.deepEqual(
    (await readXlsx(rows.bytes)).sheets[0]?.rows.map(row => row[0]),
    ['Cellule', 'Adresses!I2'],
  )
  await give(page, await filled(workbook.bytes, answers(right)))
  await page.getByRole('button', { name: words.send }).click()
  await page.getByText(/Votre réponse est enregistrée/).waitFor()
  await page.getByLabel(/19\smai\s2027/).check()
  await page.getByRole('button', { name: words.take }).click()
  await page.getByText(/Votre migration aura lieu le mercredi 19\smai\s2027/).waitFor()
  await page.getByRole('button', { name: /Je confirme la migration du mercredi 19\smai\s2027/ }).click()
  await page.getByText(words.confirmed).waitFor()
  const { approvals = [], day } = await waveRow(app, 'aid')
  assert.deepEqual([day, approvals.map(({ who, as }) => [who, as])], ['2027-05-19', [['jo@aid.example', 'coordinator']]])
  assert.deepEqual(
    (await all(app.store.answers.list({}))).map(({ who, version }) => [who, version]),
    [['jo@aid.example', 1]],
  )
  await page.context().close()
})

const plain = (text: string) => text.replaceAll(/\s|&nbsp;/gu, ' ')

describe('a form', () => {
  const post = async (body: BodyInit, headers: Record<string, string> = {}, language = 'en') => {
    ;({ app } = await federation())
    const token = await tokenOf(app)
    const answered = await fetch(url(token, language), { method: 'POST', body, headers })
    return { status: answered.status, html: await answered.text(), headers: answered.headers }
  }

  test('of another site is refused', async () => {
    const form = new URLSearchParams({ do: 'book', day: '2027-05-19' })
    assert.equal((await post(form, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await waveRow(app, 'aid')).day, '2027-04-07')
    assert.equal((await post(form, { 'sec-fetch-site': 'same-origin' })).status, 200)
  })

  test('that is too large is told so, on the page', async () => {
    const form = new FormData()
    form.set('do', 'answer')
    form.set('file', new Blob([new Uint8Array(mostFormBytes)]), 'big.xlsx')
    const { status, html, headers } = await post(form)
    assert.equal(status, 413)
    assert.match(html, /8 MB at most/)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.match(headers.get('cache-control') ?? '', /no-store/)
  })

  for (const language of languages)
    test(`whose file cannot be read says why in the reader’s language: ${language}`, async () => {
      const form = new FormData()
      form.set('do', 'answer')
      form.set('of', 'aid')
      form.set('file', new Blob(['PK no workbook'], { type: xlsxType }), 'answer.xlsx')
      const { status, html } = await post(form, {}, language)
      assert.equal(status, 400)
      const why =
        coordinatorWords[language].details['is not an .xlsx workbook that can be read: save it again as .xlsx without a password']
      assert.ok(why && plain(html).includes(`<p>${plain(why)}</p>`), html)
    })

  for (const [what, body, type] of [
    ['no form', '{"do":"confirm"}', 'application/json'],
    ['a form cut off', '--x\r\nContent-Disposition: form-data; name="do"\r\n\r\ncon', 'multipart/form-data; boundary=x'],
    ['a form without its boundary', 'do=confirm', 'multipart/form-data'],
  ] as const)
    test(`${what} changes nothing`, async () => {
      const { status, html } = await post(body, { 'content-type': type })
      assert.ok(status >= 400 && status < 500, String(status))
      assert.match(html, /role="alert"/)
      assert.deepEqual(await all(app.store.answers.list({})), [])
    })
})

test('every language has every word, in its own', () => {
  const flat = (words: object): [string, unknown][] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' ? flat(value).map(([inner, one]): [string, unknown] => [`${key}.${inner}`, one]) : [[key, value]],
    )
  const said = languages.map(language => new Map(flat(coordinatorWords[language])))
  for (const key of said[0]?.keys() ?? []) {
    const each = said.map(words => {
      const word = words.get(key)
      return typeof word === 'function' ? word('x', 'y', 'z') : word
    })
    assert.ok(each.every(Boolean) && new Set(each).size >= languages.length - 1, `${key}: ${each}`)
  }
})
