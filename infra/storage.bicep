// Storage: queues, tables, and the container that packages are deployed to. Queue and table names are those of shared/store/schema.ts.

param location string
param name string
param redundancy string
param tags object

// One per kind of work; beside each its poison queue, where the host puts what failed five times.
var queues = [
  'waves'
  'domains'
  'provisioning'
  'copying'
  'notices'
  'steps'
]
var tables = [
  'Playbooks'
  'Waves'
  'Mailboxes'
  'Folders'
  'Chunks'
  'Domains'
  'Notices'
  'Audit'
  'Passwords'
  'Links'
  'Forecasts'
  'Steps'
  'Slots'
  'Inventories'
  'Answers'
  'AnswerLines'
  'Landings'
  'NoticeBodies'
  'Acknowledgements'
  'Pages'
  'Paces'
  'Returns'
  'LedBacks'
  'Orders'
  'Tenants'
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    allowSharedKeyAccess: false // Entra identities only: there is no key that could leak
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: { deleteRetentionPolicy: { enabled: true, days: 7 } }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobs
  name: 'packages'
  properties: { publicAccess: 'None' }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for each in queues: {
    parent: queueService
    name: each
  }
]

resource poisonQueue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for each in queues: {
    parent: queueService
    name: '${each}-poison'
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for each in tables: {
    parent: tableService
    name: each
  }
]

output name string = account.name
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'
