/** 32 bytes in base64url, spelt as SHA-256 is: the last letter stands for four bits. */
const digest = /^[\w-]{42}[AEIMQUYcgkosw048]$/

/** Numbers and texts one after the other; a text is spelt at its first use only. */
export class Writer {
  private bytes = Buffer.allocUnsafe(32 * 1024)
  private length = 0
  private readonly known = new Map<string, number>()

  /** A whole number, of 7 bits a byte, lowest first. */
  number(value: number): void {
    this.room(8)
    let left = value < 0 ? -2 * value - 1 : 2 * value
    for (; left >= 128; left = Math.floor(left / 128)) this.bytes[this.length++] = (left % 128) + 128
    this.bytes[this.length++] = left
  }

  text(text: string): void {
    const known = this.known.get(text)
    this.number(known ?? this.known.size)
    if (known !== undefined) return
    this.known.set(text, this.known.size)
    const bytes = Buffer.byteLength(text)
    this.number(bytes)
    this.room(bytes)
    this.length += this.bytes.write(text, this.length)
  }

  /** Can it be written by `digest`? */
  static isDigest(text: string): boolean {
    return digest.test(text)
  }

  digest(text: string): void {
    this.room(32)
    this.length += this.bytes.write(text, this.length, 'base64url')
  }

  /** What was written, as a part of a larger buffer. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.length + bytes))
    this.bytes.copy(larger)
    this.bytes = larger
  }
}

/** Reads what a `Writer` wrote, in the same order. */
export class Reader {
  private readonly bytes: Buffer
  private at = 0
  private readonly known: string[] = []

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.bytes = Buffer.from(buffer, byteOffset, byteLength)
  }

  number(): number {
    let value = 0
    for (let unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++] ?? 0
      value += (byte & 127) * unit
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
  }

  text(): string {
    const index = this.number()
    const known = this.known[index]
    if (known !== undefined) return known
    const end = this.number() + this.at
    const text = this.bytes.toString('utf8', this.at, end)
    this.at = end
    this.known.push(text)
    return text
  }

  digest(): string {
    this.at += 32
    return this.bytes.toString('base64url', this.at - 32, this.at)
  }
}
