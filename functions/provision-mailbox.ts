import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `provisioning`: make one target mailbox exist. */
app.storageQueue('provision-mailbox', {
  queueName: 'provisioning',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
