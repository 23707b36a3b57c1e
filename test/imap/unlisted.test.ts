import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openImapSource } from '../../shared/source/imap.ts'
import type { Listing, Source } from '../../shared/source/source.ts'
import { Engine } from '../copy/engine.ts'
import { isAsked, type Script, scripted } from './scripted.ts'

/** What a server does to message 2 of its three. `news`: it says that 2 was expunged while it lists. */
type Ways = {
  range?: boolean
  alone?: boolean
  search?: 'SEARCH' | 'ESEARCH' | 'NO'
  named?: boolean
  body?: boolean
  news?: string
}

const date = '"07-Apr-2025 14:00:00 +0000"'
const fetched = (uid: number, more = '') =>
  `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen) INTERNALDATE ${date} RFC822.SIZE 1${more})\r\n`

/** Counts three messages, of which 2 is the odd one. `asked`: what it was asked. */
function server({ range, alone, search = 'SEARCH', named, body, news = '' }: Ways, asked: string[]): Script {
  let counted = 3
  const script: Script = (line, say) => {
    const [tag, verb, sub] = line.split(' ')
    asked.push(line.slice((tag ?? '').length + 1))
    if (verb === 'EXAMINE') {
      say(`* ${counted} EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 4] ok\r\n`)
      if (news === 'unsaid') counted = 2
    } else if (sub === 'SEARCH') {
      if (search === 'NO') return say(`${tag} NO not here\r\n`)
      if (search === 'SEARCH') say(named ? '* SEARCH 1 2 3\r\n' : '* SEARCH 1 3\r\n')
      else say(`* ESEARCH (TAG "${tag}") UID ALL ${named ? '1:3' : '1,3'}\r\n`)
    } else if (sub === 'FETCH') {
      const bodies = line.includes('BODY')
      const isRange = line.includes(':*')
      for (const uid of [1, 2, 3].filter(uid => isAsked(line, uid)))
        if (uid !== 2 || (bodies ? body : isRange ? range : alone)) say(fetched(uid, bodies ? ` BODY[] "${uid}"` : ''))
      if (news.startsWith('*') && isRange) say(`${news}\r\n`)
    }
    say(`${tag} OK done\r\n`)
  }
  return Object.assign(script, { opens: true })
}

async function listed<T>(ways: Ways, work: (source: Source, asked: string[]) => Promise<T>): Promise<T> {
  const asked: string[] = []
  const at = await scripted(server(ways, asked))
  const source = openImapSource(at.endpoint, 'anna@town.example')
  try {
    return await work(source, asked)
  } finally {
    await source.close()
    at.close()
  }
}

async function heads(source: Source): Promise<{ uids: number[]; unlisted: number | undefined; listing: Listing }> {
  for await (const listing of source.list([{ path: 'INBOX', fromUid: 1 }]))
    return { uids: [...listing.heads].map(({ uid }) => uid), unlisted: listing.unlisted, listing }
  throw new Error('nothing was listed')
}

for (const search of ['SEARCH', 'ESEARCH'] as const)
  test(`a message that a server leaves out of its listing and names in ${search} is asked for by itself`, () =>
    listed({ alone: true, search, named: true }, async (source, asked) => {
      const { uids, unlisted, listing } = await heads(source)
      assert.deepEqual([uids, unlisted], [[1, 2, 3], undefined])
      assert.deepEqual(listing.heads.get(2), listing.heads.get(1) && { ...listing.heads.get(1), uid: 2 })
      assert.deepEqual(asked.at(-1), 'UID FETCH 2 (UID FLAGS INTERNALDATE RFC822.SIZE)')
    }))

const engine = async (source: Source) => {
  const engine = new Engine()
  engine.source.folder('INBOX').uidValidity = 1
  await engine.pass({ source })
  const { differences } = await engine.compare(false, undefined, source)
  return { outcomes: await engine.outcomes(), differences }
}

test('one of which it tells nothing but the UID is copied where it is handed out', () =>
  listed({ named: true, body: true }, async source => {
    assert.deepEqual(await engine(source), { outcomes: ['1 copied', '2 copied', '3 copied'], differences: [] })
  }))

test('one of which it tells nothing but the UID, and that it does not hand out, is a difference', () =>
  listed({ named: true }, async source => {
    const { outcomes, differences } = await engine(source)
    assert.deepEqual(outcomes, ['1 copied', '2 vanished', '3 copied'])
    assert.match(differences.join(), /^UID 2: is at the source, but was not handed out: .*retry$/)
  }))

for (const search of ['SEARCH', 'NO'] as const)
  test(`one that it counts and never names (${search}) is a difference, and not lost without a word`, () =>
    listed({ search }, async source => {
      assert.equal((await heads(source)).unlisted, 1)
      const { outcomes, differences } = await engine(source)
      assert.deepEqual(outcomes, ['1 copied', '3 copied'])
      assert.match(differences.join(), /^the old server counts 3 messages \(EXISTS\) and lists 2: /)
    }))

test('one that was expunged while the folder was listed is not missed, said or unsaid', async () => {
  await listed({ news: '* 2 EXPUNGE' }, async (source, asked) => {
    assert.equal((await heads(source)).unlisted, undefined)
    assert.ok(!asked.some(line => line.includes('SEARCH')), 'there is nothing to look for')
  })
  await listed({ news: 'unsaid' }, async source => {
    const { uids, unlisted } = await heads(source)
    assert.deepEqual([uids, unlisted], [[1, 3], undefined])
  })
})
