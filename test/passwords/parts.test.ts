import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BlobReader, BlobWriter, TextWriter, ZipReader } from '@zip.js/zip.js'
import { Failure } from '../../shared/errors.ts'
import { sealedZip } from '../../shared/passwords/bundle.ts'
import { lettersPdf } from '../../shared/passwords/letters.ts'
import { newPassword, passwordBits } from '../../shared/passwords/make.ts'
import { codeOf, seal, sealing, tokenHash, tokenOf, unseal } from '../../shared/passwords/seal.ts'

describe('a password', () => {
  const made = Array.from({ length: 2_000 }, () => newPassword())

  it('has at least 80 bits', () => assert.ok(passwordBits >= 80, String(passwordBits)))
  it('is five groups of four, typed from paper without a doubt', () => {
    for (const one of made) {
      assert.match(one, /^([a-z\d]{4}-){4}[a-z\d]{4}$/)
      assert.doesNotMatch(one, /[0125oOlIizs]/)
    }
  })
  it('has what Microsoft Entra asks: three kinds of characters', () => {
    for (const one of made) assert.ok(/[a-z]/.test(one) && /\d/.test(one) && one.includes('-'), one)
  })
  it('is never twice the same, and uses every character', () => {
    assert.equal(new Set(made).size, made.length)
    assert.equal(new Set(made.join('')).size, 27 + 1)
  })
  it('is tried again when it has no digit', () => {
    let asked = 0
    const chance = (below: number) => (asked++ < 20 ? 0 : asked % below)
    assert.match(newPassword(chance), /\d/)
  })
})

describe('what is sealed', () => {
  const secret = 'a sealing secret of many characters'
  const about = { wave: 'w', address: 'a@x.test', number: 1 }
  const sealed = seal(secret, 'kmt4-x7wq', about)

  it('opens with its secret and for what it was sealed for', () => assert.equal(unseal(secret, sealed, about), 'kmt4-x7wq'))
  it('is another text each time', () => assert.notEqual(seal(secret, 'kmt4-x7wq', about).sealed, sealed.sealed))
  for (const [what, open] of [
    ['another secret', () => unseal(`${secret}!`, sealed, about)],
    ['another mailbox', () => unseal(secret, sealed, { ...about, address: 'b@x.test' })],
    ['another wave', () => unseal(secret, sealed, { ...about, wave: 'v' })],
    ['an earlier password', () => unseal(secret, sealed, { ...about, number: 2 })],
    ['another salt', () => unseal(secret, { ...sealed, salt: seal(secret, 'x', about).salt }, about)],
    ['a changed text', () => unseal(secret, { ...sealed, sealed: `${sealed.sealed.slice(0, -4)}AAAA` }, about)],
    ['nothing', () => unseal(secret, { ...sealed, sealed: '' }, about)],
  ] as const) {
    it(`does not open for ${what}, and says so without it`, () =>
      assert.throws(open, error => error instanceof Failure && error.code === 'SEAL' && !error.message.includes('kmt4')))
  }
  it('has a link of 128 bits and a code, the same each time and different for each', () => {
    const token = tokenOf(secret, sealed.salt, about)
    assert.equal(Buffer.from(token, 'base64url').length, 16)
    assert.equal(tokenOf(secret, sealed.salt, about), token)
    assert.notEqual(tokenOf(secret, sealed.salt, { ...about, number: 2 }), token)
    assert.notEqual(tokenHash(token), tokenHash(`${token}A`))
    assert.match(codeOf(secret, sealed.salt, about), /^\d{8}$/)
  })
  it('is not sealed with a short secret', () =>
    assert.throws(
      () => sealing('PASSWORD_SEAL', 'short'),
      error => error instanceof Failure && error.code === 'WEAK-SEAL',
    ))
})

describe('a bundle', () => {
  const letters = (['fr', 'nl', 'de', 'en'] as const).map(language => ({
    address: `${language}@x.test`,
    name: 'Zoë Müller-D’Hondt',
    password: 'kmt4-x7wq-9hpd-r4uv-e3aa',
    language,
    contact: 'Helpdesk, +32 2 555 00 00',
  }))

  it('is a ZIP whose files open with its password only, by AES-256', async () => {
    const zip = await sealedZip({ 'a.csv': 'x,kmt4-x7wq\r\n', 'b.pdf': Buffer.from('%PDF') }, 'right one')
    assert.ok(!Buffer.from(zip).includes('kmt4'))
    const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(zip)]))).getEntries()
    assert.deepEqual(
      entries.map(({ filename, encrypted, zipCrypto }) => ({ filename, encrypted, zipCrypto })),
      ['a.csv', 'b.pdf'].map(filename => ({ filename, encrypted: true, zipCrypto: false })),
    )
    const [csv] = entries
    assert.ok(csv && !csv.directory)
    // WinZip's extra field 0x9901: strength 3 is AES-256.
    assert.equal((csv as { extraFieldAES?: { strength: number } }).extraFieldAES?.strength, 3)
    assert.equal(await csv.getData(new TextWriter(), { password: 'right one' }), 'x,kmt4-x7wq\r\n')
    await assert.rejects(async () => csv.getData(new BlobWriter(), { password: 'wrong one' }))
  })
  it('has a letter each, one page a person', async () => {
    const pdf = (await lettersPdf(letters, 'w')).toString('latin1')
    assert.match(pdf, /^%PDF-1/)
    assert.equal(pdf.match(/\/Type \/Page\b/g)?.length, letters.length)
  })
})
