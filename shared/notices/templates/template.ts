import type { Language } from '../../intake/words.ts'

/**
 * The words of one notice in every language, in the notation of `markup.ts`: the same blocks in the same order in each.
 * `for`: the readers it speaks to; `owner`: about one mailbox; `others`: about several, to people who look after them.
 */
export type Template = { for: 'owner' | 'others' | 'anybody' } & Readonly<Record<Language, string>>
