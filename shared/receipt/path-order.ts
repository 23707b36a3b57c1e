/** The order of folders in a receipt: their paths as UTF-8, byte by byte. */
export function byPath(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
