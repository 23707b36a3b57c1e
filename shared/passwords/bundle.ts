import { configure, TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'

configure({ useWebWorkers: false })

/** Files as one ZIP archive, encrypted with AES-256 (WinZip AE-2), which 7-Zip, WinZip and macOS archivers open. Their names stay readable. */
export async function sealedZip(files: Readonly<Record<string, string | Buffer>>, password: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 })
  for (const [name, content] of Object.entries(files))
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(new Uint8Array(content)))
  return writer.close()
}
