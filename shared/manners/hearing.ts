import { Failure } from '../errors.ts'

/** Failures that were heard already: what breaks at the source comes out of the target's append as well. */
const heard = new WeakSet<Failure>()

/** The same session, with an ear on its failures; each is heard once, where it first came out. */
export function hearing<T extends object>(session: T, hear: (failure: Failure) => void): T {
  const listen = (error: unknown) => {
    if (error instanceof Failure && !heard.has(error)) {
      heard.add(error)
      hear(error)
    }
    return error
  }
  return new Proxy(session, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, given)
        if (result instanceof Promise) return result.catch(error => Promise.reject(listen(error)))
        return isStream(result) ? passedOn(result, listen) : result
      }
    },
  })
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

async function* passedOn(stream: AsyncIterable<unknown>, listen: (error: unknown) => unknown): AsyncIterable<unknown> {
  try {
    yield* stream
  } catch (error) {
    throw listen(error)
  }
}
