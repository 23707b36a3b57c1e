import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as ledger from '../../shared/copy/ledger.ts'
import type { Wave, WaveRow } from '../../shared/dashboard/answers.ts'
import { waveActions } from '../../shared/dashboard/browser/allowed.ts'
import { formats } from '../../shared/dashboard/browser/formats.ts'
import { deNames } from '../../shared/dashboard/browser/names-de.ts'
import { frNames } from '../../shared/dashboard/browser/names-fr.ts'
import { nlNames } from '../../shared/dashboard/browser/names-nl.ts'
import { paceOf } from '../../shared/dashboard/browser/pace.ts'
import { ratesOf, withPoint } from '../../shared/dashboard/browser/rates.ts'
import { hashOf, type Route, routeOf } from '../../shared/dashboard/browser/route.ts'
import { byPolicy, share, urgencyOf } from '../../shared/dashboard/browser/standing.ts'

test('a route comes back from its address, whatever is in its names', () => {
  const routes: Route[] = [
    { view: 'waves' },
    { view: 'wave', wave: 'été/1 #2' },
    { view: 'wave', wave: 'w', mailbox: 'a/b%2F@x.example' },
    { view: 'exceptions', wave: 'w' },
  ]
  for (const route of routes) assert.deepEqual(routeOf(hashOf(route)), route)
  for (const odd of ['', '#', '#/nothing', '#/waves/', '#/waves//mailboxes/x']) assert.deepEqual(routeOf(odd), { view: 'waves' })
  assert.deepEqual(routeOf('#/waves/%E0%A4%A'), { view: 'wave', wave: '%E0%A4%A' })
})

test('a closed wave can be retried as long as it is not complete', () => {
  const actions = (state: Wave['state'], verdict: Wave['verdict']) =>
    waveActions(Object({ state, verdict, mailboxes: { total: 1, byState: { completed: 1 } }, domains: [] }))
  assert.ok(actions('closed', 'incomplete').includes('retry') && actions('closed', 'complete-with-exceptions').includes('retry'))
  assert.ok(!actions('closed', 'complete').includes('retry') && !actions('rolled-back', null).includes('retry'))
})

test('a rate is taken over the last ten seconds, and old points fall away', () => {
  let points = withPoint([], { at: 0, messages: 0 })
  for (let second = 2; second <= 30; second += 2)
    points = withPoint(points, { at: second * 1000, messages: second < 20 ? 0 : (second - 18) * 50 })
  assert.equal(ratesOf(points).at(-1)?.perSecond, 50)
  assert.equal(ratesOf(points)[3]?.perSecond, 0)
  assert.deepEqual(ratesOf(points.slice(0, 1)), [])
  assert.equal(withPoint(points, { at: 3_600_000, messages: 1 }).length, 1)
})

test('a percentage of 100 means all, and an empty mailbox is through once it is copied', () => {
  const { percent } = formats('en-GB', () => 0)
  assert.equal(percent(share({ found: 100_000, copied: 99_998, adopted: 0, excepted: 1 }, false)), '99%')
  assert.equal(percent(share({ found: 3, copied: 1, adopted: 1, excepted: 1 }, false)), '100%')
  assert.deepEqual(
    [
      share({ found: 0, copied: 0, adopted: 0, excepted: 0 }, false),
      share({ found: 0, copied: 0, adopted: 0, excepted: 0 }, true),
    ],
    [0, 1],
  )
})

test('waves that want a look stand above those that are over', () => {
  const wave = (state: string, held = 0, verdict: string | null = null) =>
    ({ state, verdict, mailboxes: { total: 3, byState: { held } } }) as unknown as WaveRow
  const given = [
    wave('closed', 0, 'complete'),
    wave('planned'),
    wave('preparing'),
    wave('rolled-back', 1),
    wave('closed', 0, 'incomplete'),
    wave('ready', 1),
  ]
  assert.deepEqual(given.map(urgencyOf), [4, 2, 1, 4, 0, 0])
})

test('sizes and times are written as the reader writes them', () => {
  const fr = formats('fr-BE', () => Date.UTC(2026, 0, 5))
  assert.deepEqual([fr.bytes(0), fr.bytes(1_450_000), fr.bytes(999e9), fr.span(3_723_000)].map(plain), [
    '0 ko',
    '1,5 Mo',
    '999 Go',
    '1 h 2 min',
  ])
  assert.equal(plain(formats('nl-BE', () => 0).day('2026-11-03')), 'dinsdag 3 november 2026')
})

const plain = (text: string) => text.replaceAll(/\s/gu, ' ')

test('the first of a month is an ordinal in French, and a number of its own kind in the others', () => {
  const all = ['fr-BE', 'fr-FR', 'nl-BE', 'de-DE', 'en-GB'].map(language => {
    const { day, at, date } = formats(language, () => Date.UTC(2026, 10, 20))
    return [day('2026-12-01'), at('2026-12-01T12:00:00Z'), date('2019-05-01T12:00:00Z'), day('2026-12-21')].map(plain)
  })
  const [belgian, french, dutch, german, english] = all.map(said => said.map(one => one.replace(/,? \d\d:\d\d$/, '')))
  assert.deepEqual(belgian, ['mardi 1er décembre 2026', 'mar. 1er déc.', '1er mai 2019', 'lundi 21 décembre 2026'])
  assert.deepEqual(french, belgian)
  assert.deepEqual(dutch, ['dinsdag 1 december 2026', 'di 1 dec', '1 mei 2019', 'maandag 21 december 2026'])
  assert.deepEqual(german, ['Dienstag, 1. Dezember 2026', 'Di., 1. Dez.', '1. Mai 2019', 'Montag, 21. Dezember 2026'])
  assert.deepEqual(english, ['Tuesday, 1 December 2026', 'Tue 1 Dec', '1 May 2019', 'Monday, 21 December 2026'])
})

test('what takes long to answer is asked for less often', () => {
  assert.deepEqual([paceOf({ waves: [] }, 10), paceOf({ waves: [] }, 4_000)], [15_000, 20_000])
})

test('the page calls the same outcomes a policy’s as the ledger does, and has a remedy for each in every language', () => {
  assert.deepEqual(byPolicy, ledger.byPolicy)
  for (const { remedies } of [frNames, nlNames, deNames])
    assert.deepEqual(Object.keys(remedies).sort(), Object.keys(ledger.remedies).sort())
})

test('what a cutover has left behind can be approved while it goes on', () => {
  const wave = { state: 'cutting-over', mailboxes: { byState: {} }, domains: [{ state: 'ready' }] } as unknown as Wave
  assert.ok(waveActions(wave).includes('approve'))
})

test('a wave that waits for an order, or for what is done elsewhere, is not said to need nobody', () => {
  const needs = (waitsFor?: string) => urgencyOf(Object({ state: 'cutting-over', mailboxes: { byState: {} }, waitsFor })) === 0
  const behind = 'somebody’s word: some of its domains were left behind (late.example is checking)'
  assert.ok(needs(`${behind}; POST …/approve with "step": "cutover" switches each as soon as it is ready`))
  assert.ok(needs('mailboxes whose new mail is to be led to the new side (GET …/routing.csv says where): a@b.example'))
  assert.ok(!needs('its domains: a.example is switching') && !needs('the hour of its cutover') && !needs())
})

test('a domain whose name servers fail can be tried at once, though it is not held', () => {
  const actions = (error?: object) =>
    waveActions(Object({ state: 'ready', mailboxes: { total: 1, byState: {} }, domains: [{ state: 'checking', error }] }))
  assert.ok(actions({ code: 'ETIMEDOUT' }).includes('retry') && !actions().includes('retry'))
})
