import { isUtf8 } from 'node:buffer'
import type { Part } from './mime.ts'

/** The charset that a message or part names for its own text, lower case; '' where it names none. */
export function declaredCharset({ content, parts }: Part): string {
  const own = content.params.get('charset')
  if (own) return own.toLowerCase()
  for (const part of parts) {
    const theirs = part.message ? '' : declaredCharset(part)
    if (theirs) return theirs
  }
  return ''
}

/** Charsets of one byte a character; any run of their bytes may be cut anywhere. */
const single = /^(?:iso-8859-\d+|windows-(?:125\d|874)|koi8-[ru]|macintosh|ibm866)$/

/**
 * In which charset raw 8-bit bytes are to be declared, and the bytes: valid UTF-8 is that; else the charset that the text itself
 * declares (those of several bytes a character are turned into UTF-8); else windows-1252, in which every byte means something.
 */
export function charsetOf(bytes: Buffer, declared: string): { charset: string; bytes: Buffer } {
  if (isUtf8(bytes)) return { charset: 'utf-8', bytes }
  const name = labelled(declared)
  if (single.test(name)) return { charset: name, bytes }
  if (name && name !== 'utf-8') {
    try {
      return { charset: 'utf-8', bytes: Buffer.from(new TextDecoder(name, { fatal: true }).decode(bytes)) }
    } catch {
      return { charset: 'windows-1252', bytes }
    }
  }
  return { charset: 'windows-1252', bytes }
}

function labelled(declared: string): string {
  try {
    return declared ? new TextDecoder(declared).encoding.replace('iso-8859-8-i', 'iso-8859-8') : ''
  } catch {
    return ''
  }
}
