import type { Keeps } from './target.ts'

/** PidTagMessageFlags: a message made with it is no draft (MS-OXCMSG 2.2.1.6). */
const messageFlags = 'Integer 0x0E07'

/** PidTagLastVerbExecuted, PidTagIconIndex: what shows a message as answered (MS-OXOMSG 2.2.1). */
export const lastVerb = 'Integer 0x1081'
const icon = 'Integer 0x1080'
const answered = { verb: '102', icon: '261' }

/** PidTagMessageDeliveryTime. */
const received = 'SystemTime 0x0E06'

type Property = { id: string; value: string }

/** Read, flagged and answered of a message, as Graph’s JSON has them. */
export function flagged(flags: readonly string[]): { isRead: boolean; flag: { flagStatus: string } } {
  const has = (flag: string) => flags.includes(flag)
  return { isRead: has('\\Seen'), flag: { flagStatus: has('\\Flagged') ? 'flagged' : 'notFlagged' } }
}

/** The properties that a message needs beside them. Answered or not is always said, so that it can be taken back. */
export function answeredProperties(flags: readonly string[]): Property[] {
  const is = flags.includes('\\Answered')
  return [
    { id: lastVerb, value: is ? answered.verb : '0' },
    { id: icon, value: is ? answered.icon : '-1' },
  ]
}

/** What makes a message no draft, and old. `receivedAt` in Graph’s form; absent: it is received now. */
export function deliveredProperties(draft: boolean, receivedAt: string | undefined): Property[] {
  return [
    ...(draft ? [] : [{ id: messageFlags, value: '1' }]),
    ...(receivedAt === undefined ? [] : [{ id: received, value: receivedAt }]),
  ]
}

/** The flags of a message as Graph lists it, sorted. `verb`: PidTagLastVerbExecuted; 102 to 104 are replies and a forward. */
export function flagsOf(message: { isRead: boolean; isDraft: boolean; flagStatus: string | undefined; verb: number }): string[] {
  return [
    ...(message.verb === 102 || message.verb === 103 ? ['\\Answered'] : []),
    ...(message.isDraft ? ['\\Draft'] : []),
    ...(message.flagStatus === 'flagged' ? ['\\Flagged'] : []),
    ...(message.isRead ? ['\\Seen'] : []),
  ]
}

/** What a writer over Graph keeps: these flags, no keywords. */
export function keepsOf(flags: readonly string[], loses: readonly string[]): Keeps {
  const known = new Set(flags.map(flag => flag.toLowerCase()))
  return Object.assign((flag: string) => known.has(flag.toLowerCase()), { loses })
}
