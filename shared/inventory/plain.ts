/** A text as it is compared: without case, accents, spaces and punctuation. */
export function plain(text: string): string {
  return flat(text).replaceAll(' ', '')
}

/** Its words, the same way. */
export function wordsOf(text: string): string[] {
  return flat(text).split(' ').filter(Boolean)
}

function flat(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
}
