// Everything Relève runs on, in one resource group and one region. docs/deploying.md says how to deploy it and what it costs.
// Names and tags hold no personal data: they are visible outside the region.
targetScope = 'resourceGroup'

@description('The region of every resource. Mail passes through the app\'s memory here, and its metadata is kept here.')
@allowed(['francecentral', 'germanywestcentral', 'italynorth', 'northeurope', 'spaincentral', 'swedencentral', 'westeurope'])
param location string

@description('Begins every name: lower-case letters and digits.')
@minLength(2)
@maxLength(7)
param name string = 'releve'

@description('The environment of the Azure Developer CLI; it finds its resources by this tag.')
param environmentName string = name

@description('Three zones of the region, or one place. Never a second region.')
@allowed(['Standard_ZRS', 'Standard_LRS'])
param storageRedundancy string = 'Standard_ZRS'

@description('How long logs are kept, days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Memory of one instance, MB. 2048 comes with one core.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances for each function. Mailboxes copied at once = this times eight (host.json): keep it below what the old server bears.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 10

@description('Who may reach the app, as CIDR ranges; people who open links of notices, too. Empty: anybody, to the API with a key.')
param callers array = []

@description('Gives the app one fixed outgoing address, for the allow-lists of the old server and of the DNS servers.')
param fixedOutgoingAddress bool = false

@description('Address range of the virtual network, where there is one; /24 or wider.')
param networkRange string = '10.79.0.0/24'

@description('The mailbox that alarms are sent to: a shared one, not a person\'s. Empty: alarms show in the portal only.')
param alarmMailbox string = ''

@description('Object ids of the Entra groups whose members put secrets into the vault.')
param secretKeepers array = []

@description('Object ids of the Entra groups whose members read the tables with dashboards.')
param tableReaders array = []

@description('Azure DNS zones whose MX the app may change: { name, resourceGroup } each. Empty: none.')
param dnsZones array = []

@description('The Microsoft 365 tenant.')
param microsoft365TenantId string = tenant().tenantId

@description('The app registration that speaks to Graph and Exchange Online. Empty: the app\'s managed identity, which only its own tenant knows.')
param mailAppClientId string = ''

@description('Where people reach the app, for links in notices. Empty: its own host name.')
param publicBaseUrl string = ''

@description('Client id of the app registration by which people sign in to this app, in the tenant of the subscription. Empty: nobody signs in.')
param signInClientId string = ''

@description('Who may give orders and who may only look: { name, role, tokenSha256?, entities? } each. Empty: whoever has the key, or signs in.')
param operators array = []

@description('Name of the secret of that app registration in the vault. Empty: the managed identity.')
param mailAppSecretName string = ''

param graphBaseUrl string = 'https://graph.microsoft.com'
param exchangeBaseUrl string = 'https://outlook.office365.com'
// Not environment().authentication.loginEndpoint, which ends with a slash; another cloud passes its own.
#disable-next-line no-hardcoded-env-urls
param loginBaseUrl string = 'https://login.microsoftonline.com'

@description('Resolvers to find name servers by, host:port, comma-separated. Empty: Azure\'s.')
param dnsResolvers string = ''

@description('How long a worker may be silent before its work is started again, seconds.')
param quietSeconds int = 30

@description('When the sweeper runs: six-field NCRONTAB, UTC.')
param sweepSchedule string = '*/10 * * * * *'

@description('How long one invocation goes on with a mailbox before it hands over, seconds. Well below functionTimeout in host.json.')
param turnSeconds int = 300

var suffix = uniqueString(resourceGroup().id, name)
var tags = { 'azd-env-name': environmentName }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-${suffix}'
  location: location
  tags: tags
}

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: 'st${name}${suffix}'
    redundancy: storageRedundancy
    tags: tags
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${name}-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: 'Allow' }
  }
}

module network 'network.bicep' = if (fixedOutgoingAddress) {
  name: 'network'
  params: {
    location: location
    name: '${name}-${suffix}'
    range: networkRange
    tags: tags
  }
}

module watch 'watch.bicep' = {
  name: 'watch'
  params: {
    location: location
    name: '${name}-${suffix}'
    retentionDays: logRetentionDays
    alarmMailbox: alarmMailbox
    vaultName: vault.name
    tags: tags
  }
}

module roles 'roles.bicep' = {
  name: 'roles'
  params: {
    appPrincipalId: identity.properties.principalId
    storageName: storage.outputs.name
    vaultName: vault.name
    insightsName: watch.outputs.insightsName
    secretKeepers: secretKeepers
    tableReaders: tableReaders
  }
}

module dns 'dns-role.bicep' = [
  for zone in dnsZones: {
    name: 'dns-${uniqueString(zone.resourceGroup, zone.name)}'
    scope: resourceGroup(zone.resourceGroup)
    params: {
      appPrincipalId: identity.properties.principalId
      zoneName: zone.name
    }
  }
]

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: '${name}-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: '${name}-${suffix}'
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: fixedOutgoingAddress ? network!.outputs.subnetId : null
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.outputs.packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: []
      }
    }
    // FUNCTIONS_WORKER_RUNTIME and its kin are refused or ignored on this plan: the runtime stands in functionAppConfig.
    siteConfig: {
      minTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: empty(callers) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: [
        for (range, index) in callers: {
          name: 'caller-${index}'
          action: 'Allow'
          priority: 100 + index
          ipAddress: range
        }
      ]
      appSettings: [
        { name: 'AzureWebJobsStorage__accountName', value: storage.outputs.name }
        { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
        { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
        { name: 'PUBLIC_BASE_URL', value: publicBaseUrl }
        { name: 'SIGN_IN', value: empty(signInClientId) ? '' : 'platform' }
        { name: 'OPERATORS', value: empty(operators) ? '' : string(operators) }
        // The copy makes little that lives long, so what has gone old is collected soon: that keeps a worker below 250 MB.
        { name: 'languageWorkers__node__arguments', value: '--max-semi-space-size=4 --heap-growing-percent=60' }
        // Memory that a message had goes back to the system, not into a heap that only grows (glibc, mallopt(3)).
        { name: 'MALLOC_ARENA_MAX', value: '2' }
        { name: 'MALLOC_MMAP_THRESHOLD_', value: '131072' }
        { name: 'KEY_VAULT_URL', value: vault.properties.vaultUri }
        { name: 'AZURE_TENANT_ID', value: microsoft365TenantId }
        { name: 'AZURE_CLIENT_ID', value: empty(mailAppClientId) ? identity.properties.clientId : mailAppClientId }
        { name: 'AZURE_CLIENT_SECRET_NAME', value: mailAppSecretName }
        { name: 'GRAPH_BASE_URL', value: graphBaseUrl }
        { name: 'EXCHANGE_BASE_URL', value: exchangeBaseUrl }
        { name: 'LOGIN_BASE_URL', value: loginBaseUrl }
        { name: 'DNS_RESOLVERS', value: dnsResolvers }
        { name: 'QUIET_SECONDS', value: string(quietSeconds) }
        { name: 'SWEEP_SCHEDULE', value: sweepSchedule }
        { name: 'TURN_SECONDS', value: string(turnSeconds) }
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: watch.outputs.insightsConnection }
        { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identity.properties.clientId};Authorization=AAD' }
      ]
    }
  }
  dependsOn: [roles]
}

// People sign in here; the platform then tells the app their names, and takes such headers from nobody else. Scripts and links pass without.
resource signIn 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(signInClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: { clientId: signInClientId, openIdIssuer: '${loginBaseUrl}/${tenant().tenantId}/v2.0' }
        validation: { allowedAudiences: [signInClientId, 'api://${signInClientId}'] }
      }
    }
    httpSettings: { requireHttps: true }
  }
}

// Packages are uploaded by Entra identity only, never with a password.
@batchSize(1)
resource noPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = [
  for door in ['ftp', 'scm']: {
    parent: app
    name: door
    properties: { allow: false }
  }
]

output functionApp string = app.name
output url string = 'https://${app.properties.defaultHostName}'
output vaultUrl string = vault.properties.vaultUri
output storageAccount string = storage.outputs.name
output identityClientId string = identity.properties.clientId
output identityPrincipalId string = identity.properties.principalId
output outgoingAddress string = fixedOutgoingAddress ? network!.outputs.address : ''
