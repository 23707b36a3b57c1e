/**
 * How many bytes a ZIP archive says that its parts unpack to: the sum over its central directory (APPNOTE 4.3.12). Undefined where there is no
 * directory, or where a part does not say its size, as an archive that means harm would not.
 */
export function unpackedBytes(archive: Uint8Array): number | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = endRecord(view)
  if (end === undefined) return undefined
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let parts = view.getUint16(end + 10, true); parts > 0; parts--) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return undefined
    const packed = view.getUint32(at + 20, true)
    const unpacked = view.getUint32(at + 24, true)
    if (unpacked === 0xffffffff || (unpacked === 0 && packed > 2)) return undefined
    total += unpacked
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}

/** Where the end record begins: the last 22 bytes, before them a comment of at most 64 KiB. */
function endRecord(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 65_535; at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return undefined
}
