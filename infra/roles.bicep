// Who may do what. Permissions in Microsoft Graph and Exchange are no Azure roles: grant-graph.sh and docs/deploying.md have them.

param appPrincipalId string
param storageName string
param vaultName string
param insightsName string
param secretKeepers array
param tableReaders array

var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var tableDataReader = '76199698-9eea-4c19-bc75-cec21354c6b6'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

var storageRoles = [
  {
    // The host keeps its locks, timers and keys in blobs, and fetches the package from one.
    id: blobDataOwner
    why: 'Relève: locks, timers, function keys and the package of the host.'
  }
  {
    // Not the narrower pair of reader and processor: those cannot send, and so neither kick work nor fill a poison queue.
    id: queueDataContributor
    why: 'Relève: takes and sends messages, poison queues too.'
  }
  {
    // Rows are written by ETag; missing tables are made at the start.
    id: tableDataContributor
    why: 'Relève: reads and writes its tables.'
  }
]

resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource storageRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in storageRoles: {
    name: guid(storage.id, appPrincipalId, role.id)
    scope: storage
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
      description: role.why
    }
  }
]

// Reads the values of secrets that a playbook names; cannot list, write or delete them.
resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, secretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    description: 'Relève: reads the passwords and keys its playbooks name.'
  }
}

// Telemetry by identity: Application Insights takes none without.
resource insightsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, appPrincipalId, metricsPublisher)
  scope: insights
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    description: 'Relève: sends its logs and metrics.'
  }
}

// People who put the passwords of the old server into the vault. Not the operators of waves: those never see a secret.
resource keeperRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for group in secretKeepers: {
    name: guid(vault.id, group, secretsOfficer)
    scope: vault
    properties: {
      principalId: group
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
      description: 'Relève: put and renew the secrets that playbooks name.'
    }
  }
]

// Dashboards (Power BI, Grafana) read the tables as these people.
resource readerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for group in tableReaders: {
    name: guid(storage.id, group, tableDataReader)
    scope: storage
    properties: {
      principalId: group
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataReader)
      description: 'Relève: read the tables with a dashboard.'
    }
  }
]
