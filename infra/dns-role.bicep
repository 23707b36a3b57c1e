// DNS Zone Contributor on one Azure DNS zone, and only where main.bicep names it: to read and replace the MX of a domain that moves.
// The role cannot be narrowed to one type of record: name no zone that holds more than it must.

param appPrincipalId string
param zoneName string

var dnsZoneContributor = 'befefa01-2a29-4197-83a8-272ff33ce314'

resource zone 'Microsoft.Network/dnsZones@2018-05-01' existing = {
  name: zoneName
}

resource dnsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(zone.id, appPrincipalId, dnsZoneContributor)
  scope: zone
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dnsZoneContributor)
    description: 'Relève: switches the MX of the domains it moves.'
  }
}
