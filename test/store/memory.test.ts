import { storeContract } from '../contracts/store.ts'
import { memoryStore } from '../fakes/store.ts'

storeContract('memory', async () => ({ store: memoryStore(), close: async () => {} }))
