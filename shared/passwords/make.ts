import { randomInt } from 'node:crypto'

const letters = 'abcdefghjkmnpqrtuvwxy'
const digits = '346789'
const characters = letters + digits
const groups = 5
const perGroup = 4

/** Bits of a password: each of 20 characters is one of 27. CNIL asks for 80 (délibération 2022-100). */
export const passwordBits = Math.log2(characters.length) * groups * perGroup

/**
 * A password that can be read out and typed from paper: five groups of four, small letters and digits without those that look alike
 * (0 o, 1 i l, 2 z, 5 s), joined by dashes. It has a letter, a digit and a sign, as Microsoft Entra asks.
 */
export function newPassword(chance: (below: number) => number = below => randomInt(below)): string {
  for (;;) {
    const group = () => Array.from({ length: perGroup }, () => characters[chance(characters.length)] ?? '').join('')
    const made = Array.from({ length: groups }, group).join('-')
    if (/[a-z]/.test(made) && /\d/.test(made)) return made
  }
}
