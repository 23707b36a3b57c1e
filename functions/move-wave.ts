import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `waves`: where a wave goes on once its mailboxes and domains have. */
app.storageQueue('move-wave', {
  queueName: 'waves',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
