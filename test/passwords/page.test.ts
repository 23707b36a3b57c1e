import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { lookOnce, openOnce } from '../../shared/commands/once.ts'
import { secondFactor } from '../../shared/commands/passwords.ts'
import { languages } from '../../shared/intake/words.ts'
import { pageHeaders } from '../../shared/passwords/page.ts'
import { pageWords } from '../../shared/passwords/page-words.ts'
import type { App } from '../../shared/ports.ts'
import { axeFaults, openBrowser, openPage } from '../dashboard/browser.ts'
import { serve } from '../dashboard/site.ts'
import type { World } from '../fakes/world.ts'
import { anna, bob, provisioned, tokenFor } from './town.ts'

const house = `branding: { name: { fr: Ville, nl: Stad, de: Stadt, en: Town } }
contact: { name: Odile, address: odile@town.example }
`

let world: World
let app: App
let server: Awaited<ReturnType<typeof serve>>
let browser: Browser
const url = (token: string, more = '') => `${server.url}/api/once/${token}${more}`

before(async () => {
  ;({ world, app } = await provisioned('{ mode: one-time-link, secondFactor: code }', house))
  server = await serve(async (request, response) => {
    const at = new URL(request.url ?? '', 'http://127.0.0.1')
    const token = at.pathname.split('/').at(-1) ?? ''
    const reader = { asked: at.searchParams.get('l'), accepted: request.headers['accept-language'] ?? null }
    const code = new URLSearchParams(await text(request)).get('code') ?? undefined
    const page = request.method === 'POST' ? await openOnce(app, token, code, reader) : await lookOnce(app, token, reader)
    response.writeHead(page.status, pageHeaders).end(page.body)
  })
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  server?.stop()
})

test('nothing is loaded, run, kept, framed, indexed or told to others', async () => {
  const { headers } = await fetch(url('AAAAAAAAAAAAAAAAAAAAAA'))
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /script-src|unsafe|https?:/)
  assert.match(headers.get('cache-control') ?? '', /no-store/)
  assert.match(headers.get('x-robots-tag') ?? '', /noindex/)
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.match(policy, /frame-ancestors 'none'/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  describe(`in a browser, ${colorScheme}`, () => {
    for (const language of languages) {
      test(`${language}: before, after a wrong code, and when it is unknown, axe finds nothing`, async () => {
        const { page, wrong } = await openPage(browser, { colorScheme, viewport: { width: 360, height: 640 } })
        const words = pageWords[language]
        const asked: string[] = []
        page.on('request', request => asked.push(new URL(request.url()).host))
        const found: Record<string, string[]> = {}
        await page.goto(url(await tokenFor(app, bob), `?l=${language}`))
        found.ready = await axeFaults(page)
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        assert.equal(await page.title(), words.title)
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than a telephone')
        await page.goto(url('AAAAAAAAAAAAAAAAAAAAAA', `?l=${language}`))
        found.unknown = await axeFaults(page)
        await page.getByText(words.unknown).waitFor()
        assert.deepEqual(found, { ready: [], unknown: [] })
        assert.deepEqual(
          wrong.filter(line => !/404|favicon/.test(line)),
          [],
        )
        assert.equal(new Set(asked).size, 1, 'it asks another host for something')
        await page.context().close()
      })
    }
  })
}

test('a person types a wrong code, then the right one by keyboard alone, and reads the password; going back shows nothing', async () => {
  const { page } = await openPage(browser, { viewport: { width: 360, height: 640 } })
  const { code } = await secondFactor(app, 'town', anna, 'Odile')
  await page.goto(url(await tokenFor(app, anna), '?l=fr'))
  await page.getByLabel(pageWords.fr.askCode).fill(code === '00000000' ? '11111111' : '00000000')
  await page.keyboard.press('Enter')
  assert.match(await page.getByRole('alert').innerText(), /restants\s: 4/)
  assert.deepEqual(await axeFaults(page), [])
  await page.getByLabel(pageWords.fr.askCode).focus()
  await page.keyboard.type(code)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('output').innerText(), world.accounts.passwords.get(anna))
  assert.deepEqual(await axeFaults(page), [])
  await page.reload()
  await page.getByText(/déjà été ouvert/).waitFor()
  // It says to tell somebody: whom, and whose page it is.
  assert.equal(await page.locator('.house').innerText(), 'Ville')
  assert.equal(await page.getByRole('link', { name: 'odile@town.example' }).getAttribute('href'), 'mailto:odile@town.example')
  assert.deepEqual(await axeFaults(page), [])
  // The browser keeps nothing of it: it may not even offer to send the form again.
  await page.goBack().catch(() => undefined)
  assert.equal(await page.locator('output').count(), 0)
  await page.context().close()
})

test('every language has every word, in its own', () => {
  for (const [key, value] of Object.entries(pageWords.fr)) {
    const said = languages.map(language => {
      const words = pageWords[language] as unknown as Record<string, string | ((what: unknown) => string)>
      const word = words[key]
      return typeof word === 'function' ? word('x') : word
    })
    assert.ok(said.every(Boolean) && new Set(said).size === languages.length, `${key} ${typeof value}`)
  }
})
