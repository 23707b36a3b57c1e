/** Files as one ZIP archive, encrypted with AES-256 (WinZip AE-2), which 7-Zip, WinZip and macOS archivers open. Their names stay readable. */
export async function sealedZip(files: Readonly<Record<string, string | Buffer>>, password: string): Promise<Uint8Array> {
  // Large, and wanted seldom: loaded where an archive is written.
  const { configure, TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js')
  configure({ useWebWorkers: false })
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 })
  for (const [name, content] of Object.entries(files))
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(new Uint8Array(content)))
  return writer.close()
}
