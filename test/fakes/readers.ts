import type { NoticeChannel } from '../../shared/notices/channel.ts'

/** Readers of notices in memory. `letters`: what each got, in order. */
export type Readers = {
  readonly letters: { to: string; messageId: string; mime: Buffer }[]
  channel(canTell?: boolean): NoticeChannel
}

/** `canTell` false: a way that cannot say whether a letter has arrived. */
export function memoryReaders(): Readers {
  const letters: Readers['letters'] = []
  return {
    letters,
    channel: (canTell = true) => ({
      arrived: async messageId => canTell && letters.some(one => one.messageId === messageId),
      async send(to, mime) {
        const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(mime.toString('latin1'))?.[1] ?? ''
        letters.push({ to, messageId, mime })
      },
    }),
  }
}
