using System.Text.Json.Serialization;

namespace Gateway.Config;

/// <summary>Generated readers and writers of the configuration's records: no reflection, so Native AOT can publish them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GatewayConfig))]
internal sealed partial class ConfigJson : JsonSerializerContext;
