import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `copying`: copy one mailbox until it is current or the time is spent. */
app.storageQueue('copy-mailbox', {
  queueName: 'copying',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
