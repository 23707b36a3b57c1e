import { paramsOf, unquoted } from './content-type.ts'

type Charset = (latin1: string) => { charset: string; bytes: Buffer }

/**
 * A value with parameters, its 8-bit ones as RFC 2231 has them: `filename*=utf-8''%C3%A9t%C3%A9.pdf`. 8-bit bytes elsewhere
 * stay. Undefined where the boundary has 8-bit bytes: every delimiter would have to change with it.
 */
export function encodedParameters(value: string, charset: Charset): string | undefined {
  let out = ''
  let at = 0
  for (const { start, end, name } of paramsOf(value)) {
    out += value.slice(at, start)
    at = end
    const segment = value.slice(start, end)
    const written = segment.slice(segment.indexOf('=') + 1).trim()
    const text = written.startsWith('"') ? unquoted(written) : written
    if (!/[\x80-\xff]/.test(text) || !/^[!-~]+$/.test(name)) {
      out += segment
      continue
    }
    if (name.toLowerCase() === 'boundary') return undefined
    const [, white = ' '] = /^(\s*)/.exec(segment) ?? []
    out += white + parameter(name, text.replaceAll(/\r?\n/g, ''), charset)
  }
  return out + value.slice(at)
}

function parameter(name: string, text: string, charset: Charset): string {
  if (name.endsWith('*')) return `${name}=${text.replaceAll(/[\x80-\xff]/g, percent)}`
  const { charset: label, bytes } = charset(text)
  const value = bytes.toString('latin1').replaceAll(/[^A-Za-z0-9!#$&+\-.^_`{}|~]/g, percent)
  const [, order] = name.split('*')
  if (order !== undefined) return `${name}*=${order === '0' ? `${label}''` : ''}${value}`
  if (value.length <= 120) return `${name}*=${label}''${value}`
  const pieces = value.match(/(?:%..|[^%]){1,25}/g) ?? []
  return pieces.map((piece, i) => `${name}*${i}*=${i === 0 ? `${label}''` : ''}${piece}`).join(';\r\n ')
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
