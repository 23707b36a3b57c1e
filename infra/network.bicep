// One fixed outgoing address: a subnet for the app, and a NAT gateway on it. Ports 993, 587 and 53 leave through it.

param location string
param name string
param range string
param tags object

resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = {
  name: '${name}-outgoing'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Regional' }
  properties: { publicIPAddressVersion: 'IPv4', publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2024-07-01' = {
  name: '${name}-outgoing'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    // A slow APPEND of a large message is silent for minutes; a shorter wait would cut it.
    idleTimeoutInMinutes: 15
    publicIpAddresses: [{ id: address.id }]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [range] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: range
          natGateway: { id: gateway.id }
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
    ]
  }
}

output subnetId string = network.properties.subnets[0].id
output address string = address.properties.ipAddress
