/** A file that goes along with a notice. */
export type Attachment = { filename: string; contentType: string; content: Buffer }
