import { parentPort, workerData } from 'node:worker_threads'
import { MortalGate, WeatherGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { type Blows, stopped } from './stopping.ts'

/* A thread that stops a town’s wave at each of these calls in turn, and tells how each ended. The test runner follows no promise here. */
const { by, when, at } = workerData as Blows
const way = { death: MortalGate, wire: WeatherGate }[by]
const endings: Awaited<ReturnType<typeof stopped>>[] = []
for (const call of at) endings.push(await stopped(town(), way, { at: call, when }))
parentPort?.postMessage(endings)
