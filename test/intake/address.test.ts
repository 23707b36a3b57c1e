import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressFault } from '../../shared/intake/address.ts'

const good = [
  'a@b.test',
  'Anna.Maria@Town.Example',
  "o'neill+tag/x=y@sub.town.example",
  '!#$%&*-/=?^_`{|}~@town.example',
  `${'a'.repeat(64)}@town.example`,
  'a@xn--bcher-kva.example',
  'a@1and1.example',
  'postmaster@spf00.ville.example',
]

const bad: [string, RegExp][] = [
  ['', /is empty/],
  ['anna', /no @/],
  ['@town.example', /before the @/],
  ['anna@', /two parts/],
  ['anna@localhost', /two parts/],
  ['a b@town.example', /without spaces/],
  [' anna@town.example', /without spaces/],
  ['anna\u00a0@town.example', /without spaces/],
  ['anna\u200b@town.example', /invisible character U\+200B/],
  ['anna@town.example\n', /invisible character U\+000A/],
  ['anna@@town.example', /one @/],
  ['Anna <anna@town.example>', /without the name/],
  ['"anna b"@town.example', /without spaces/],
  ['"anna"@town.example', /quoted/],
  ['.anna@town.example', /cannot stand there/],
  ['anna.@town.example', /cannot stand there/],
  ['an..na@town.example', /cannot stand there/],
  ['anna(x)@town.example', /cannot stand there/],
  ['an,na@town.example', /cannot stand there/],
  ['hélène@town.example', /RFC 6531/],
  ['anna@bücher.example', /RFC 6531/],
  [`${'a'.repeat(65)}@town.example`, /at most 64 characters/],
  ['anna@[192.0.2.1]', /not an IP address/],
  ['anna@192.0.2.1', /letters, digits and inner hyphens/],
  ['anna@-town.example', /inner hyphens/],
  ['anna@town_hall.example', /inner hyphens/],
  ['anna@town..example', /inner hyphens/],
  ['anna@town.example.', /inner hyphens/],
  [`anna@${'a'.repeat(64)}.example`, /inner hyphens/],
  [`anna@${`${'a'.repeat(60)}.`.repeat(4)}example`, /at most 254/],
]

describe('an address', () => {
  for (const text of good) it(`is taken: ${text.slice(0, 40)}`, () => assert.equal(addressFault(text), undefined))
  for (const [text, why] of bad)
    it(`is refused: ${JSON.stringify(text).slice(0, 40)}`, () => assert.match(addressFault(text) ?? 'it was taken', why))
})
