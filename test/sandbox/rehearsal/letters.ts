import PostalMime from 'postal-mime'
import { Wire } from '../mail/wire.ts'
import type { Side } from '../world/post.ts'
import type { World } from '../world.ts'

/** A notice as it reached its reader: where it lies (`out`: with somebody who has no mailbox here), and the links for him alone. */
export type Read = { to: string; place: Side | 'out'; messageId: string; subject: string; links: PersonalLink[] }
export type PersonalLink = { page: 'once' | 'acknowledge'; token: string }

/** Reads notices as their readers do: each answer has those that came since the one before. `looking`: who looks into his old and his new mailbox now. */
export type Letters = { next(looking: readonly string[]): Promise<Read[]> }

/** The letters of a world: residents read both mailboxes over IMAP, all others what was handed over for them. */
export function lettersOf(world: World): Letters {
  const seen = new Map<string, number>()
  let outside = 0
  const mailbox = async (place: Side, address: string): Promise<Read[]> => {
    const key = `${place} ${address}`
    const after = seen.get(key) ?? 0
    // Who is new has no old mailbox, and nobody a new one before his account is made.
    const wire = await Wire.open(world.signIn(place, address)).catch(() => undefined)
    if (!wire) return []
    const found: { uid: number; raw: Buffer }[] = []
    try {
      await wire.must('EXAMINE INBOX')
      const { untagged } = await wire.must(`UID SEARCH UID ${after + 1}:* HEADER Auto-Submitted "auto-generated"`)
      const uids = (untagged.find(({ text }) => text.startsWith('* SEARCH'))?.text ?? '').split(' ').slice(2).map(Number)
      for (const uid of uids.filter(uid => uid > after)) {
        const { untagged: [fetched] = [] } = await wire.must(`UID FETCH ${uid} (BODY.PEEK[])`)
        found.push({ uid, raw: fetched?.literals.at(-1) ?? Buffer.alloc(0) })
      }
    } finally {
      wire.close()
    }
    seen.set(key, Math.max(after, ...found.map(({ uid }) => uid)))
    return Promise.all(found.map(({ raw }) => readOne(address, place, raw)))
  }
  return {
    async next(looking) {
      const fresh = world.letters.slice(outside)
      outside += fresh.length
      const own = await Promise.all(looking.flatMap(address => [mailbox('old', address), mailbox('new', address)]))
      return [...(await Promise.all(fresh.map(({ to, raw }) => readOne(to, 'out', raw)))), ...own.flat()]
    },
  }
}

async function readOne(to: string, place: Read['place'], raw: Buffer): Promise<Read> {
  const { subject = '', messageId = '', text = '' } = await PostalMime.parse(raw)
  const links = [...text.matchAll(/\/api\/(once|acknowledge)\/([\w-]+)/g)].map(([, page, token = '']) => ({
    page: page as PersonalLink['page'],
    token,
  }))
  return { to, place, messageId, subject, links: [...new Map(links.map(one => [one.token, one])).values()] }
}
