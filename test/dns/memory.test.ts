import { zoneContract } from '../contracts/zone.ts'
import { memoryZone } from '../fakes/zone.ts'

zoneContract('memory', async () => {
  const { host, read, put } = memoryZone('contract.example')
  return {
    host,
    zone: 'contract.example',
    read: async (name, type) => read(name, type),
    put: async (name, type, one) => put(name, type, one),
    close: async () => {},
  }
})
