import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { poisonQueues } from '../shared/store/schema.ts'
import { holdPoisoned } from '../shared/work.ts'

/** The poison queues: a poisoned message becomes a hold, so that a person sees it where he looks anyway. */
for (const queueName of poisonQueues) {
  app.storageQueue(queueName, {
    queueName,
    connection: 'AzureWebJobsStorage',
    handler: async message => holdPoisoned(await theApp(), message),
  })
}
