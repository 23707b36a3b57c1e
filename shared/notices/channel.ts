/** A way to a reader. Neither call may be made for a mailbox that is not in the wave. */
export type NoticeChannel = {
  /** Is a message with this Message-ID there already? False where this way cannot tell. */
  arrived(messageId: string): Promise<boolean>
  /** Hands over a whole message. Not idempotent. */
  send(to: string, mime: Buffer): Promise<void>
}
