/** Azurite's reader of transactions, by the one method that matters here. */
export type TransactionReader = { prototype: { deserializeBatchRequest(body: string): unknown } }

/**
 * Azurite finds the JSON of a transaction's parts by a regular expression whose dot stops at U+2028 and U+2029, and answers 500 where the service
 * stores the text. Escaped they are the same JSON.
 */
export function readLineSeparators(reader: TransactionReader): void {
  const { deserializeBatchRequest } = reader.prototype
  reader.prototype.deserializeBatchRequest = function (body) {
    return deserializeBatchRequest.call(this, body.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'))
  }
}
